"""performance: what each person won and did in a period."""

from __future__ import annotations

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.performance import performance


def test_a_rep_sees_its_own(world: World) -> None:
    ran = world.run(performance)
    assert ran.answer.text == "林舟赢单 1 个,共 20万。"
    assert "林舟 | 赢单 20万(1 个) | 在跟 48.55万(3 个) | 纪要 3 | 完成待办 1 | 逾期 1" in ran.text


def test_a_manager_sees_the_team_best_first(world: World) -> None:
    ran = world.run(performance, by="boss")
    assert [link.label for link in ran.answer.shown] == ["林舟", "莫言秋", "古月"]
    assert "最多的是林舟(20万)" in ran.answer.text


def test_a_period_counts_what_happened_in_it(world: World) -> None:
    ran = world.run(performance, begin="2026-03-01", end="2026-03-31")
    assert "赢单 0元(0 个) | 在跟 48.55万(3 个) | 纪要 1 | 完成待办 1" in ran.text
    assert ran.answer.text == "林舟3月1日(周日)至3月31日(周二)赢单 0 个,共 0元。"


def test_in_english(world: World) -> None:
    ran = world.run(performance, language="en", begin="2026-02-01", end="2026-02-28")
    assert ran.answer.text == "林舟 won 1 deal Feb 1 (Sun) to Feb 28 (Sat), CNY 200,000."


def test_a_colleagues_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(performance, owners=(world["mo"],))
