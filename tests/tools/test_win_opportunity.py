"""win_opportunity: stage, day and final amount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.win_opportunity import win_opportunity


def test_it_is_won_today_with_its_amount(world: World) -> None:
    ran = world.run(win_opportunity, opportunity=world["pool"], amount=388000)
    after: Any = ran.only.after
    assert (after.stage_id, after.amount, after.closed_on) == (world["won"], Decimal(388000), date(2026, 3, 11))
    assert ran.answer.text == "商机「湖光泳池改造」赢单,金额 38.8万"
    assert "阶段: 报价 → 成交" in ran.text


def test_the_day_may_be_given_but_not_in_the_future(world: World) -> None:
    after: Any = world.run(win_opportunity, opportunity=world["pool"], closed_on="2026-03-09").only.after
    assert after.closed_on == date(2026, 3, 9)
    with pytest.raises(ToolRefused):
        world.run(win_opportunity, opportunity=world["fire"], closed_on="2026-03-12")


def test_a_lost_one_that_is_won_loses_its_reason(world: World) -> None:
    after: Any = world.run(win_opportunity, opportunity=world["gone"]).only.after
    assert after.lost_reason is None


def test_one_that_is_won_already_is_said(world: World) -> None:
    ran = world.run(win_opportunity, language="en", opportunity=world["old"])
    assert ran.changes == ()
    assert ran.answer.text == "“湖光一期” already has stage 成交; nothing was changed."
