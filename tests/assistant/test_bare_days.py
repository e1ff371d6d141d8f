"""A day of the month said without its month: in an answer, a correction, a move."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("那就30号", "2026-06-30T15:00"),
        ("三十号上午十点", "2026-06-30T10:00"),
        ("月底吧", "2026-06-30T15:00"),
        ("没有31号啊 29号", "2026-06-29T15:00"),
        ("7月1号", "2026-07-01T15:00"),
    ],
)
async def test_the_day_that_takes_the_place_of_one_that_does_not_exist(chat: Talk, answer: str, due: str) -> None:
    assert (await chat.say("6月31号下午三点给枫桥送琴凳,提醒我")).outcome is Outcome.ASKED
    assert only_change(await chat.say(answer), "create", "task")["due_at"][:16] == due


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("改成20号", "2026-06-20"),
        ("说错了,是二十号", "2026-06-20"),
        ("推到28号", "2026-06-28"),
        ("往后推到10号", "2026-07-10"),
        ("提前到10号", "2026-06-10"),
        ("提前到28号", "2026-05-28"),
        ("改到5月20号", "2026-05-20"),
    ],
)
async def test_a_task_of_next_month_is_moved_within_reach_of_its_day(chat: Talk, said: str, due: str) -> None:
    await chat.say("6月15号下午三点提醒我给枫桥送琴凳")
    assert only_change(await chat.say(said), "update", "task")["due_at"][:10] == due


@pytest.mark.parametrize(("said", "due"), [("改成20号", "2026-05-20"), ("推到28号", "2026-05-28")])
async def test_a_task_of_this_month_stays_in_it(chat: Talk, said: str, due: str) -> None:
    await chat.say("5月25号下午三点提醒我给枫桥送琴凳")
    assert only_change(await chat.say(said), "update", "task")["due_at"][:10] == due


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("枫桥琴房更新预计签约改到20号", "2026-06-20"),
        ("云岫音乐厅三角琴签约日推到28号", "2026-07-28"),
        ("云岫音乐厅三角琴签约提前到25号", "2026-06-25"),
    ],
)
async def test_the_day_of_signing_moves_from_its_own_month(chat: Talk, said: str, day: str) -> None:
    assert only_change(await chat.say(said), "update", "opportunity")["expected_close_date"] == day


@pytest.mark.parametrize(
    "said", ["提醒我明早九点半给枫桥回电话 呃不对 是十点", "明天上午九点半提醒我给枫桥回电话 说错了 十点"]
)
async def test_an_hour_taken_back_at_the_end(chat: Talk, said: str) -> None:
    task = only_change(await chat.say(said), "create", "task")
    assert (task["due_at"][:16], "不对" in task["title"], "错" in task["title"]) == ("2026-05-14T10:00", False, False)


@pytest.mark.parametrize(
    ("said", "level"), [("把枫桥的等级调成诶级", "A"), ("云岫改成必级", "B"), ("云岫降到西级", "C")]
)
async def test_a_level_as_it_is_heard(chat: Talk, said: str, level: str) -> None:
    assert only_change(await chat.say(said), "update", "customer")["level"] == level
