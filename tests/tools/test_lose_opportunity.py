"""lose_opportunity: stage, day and reason, of one or several."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.tools.world import World
from tools.lose_opportunity import lose_opportunity


def test_it_is_lost_today_with_its_reason(world: World) -> None:
    ran = world.run(lose_opportunity, opportunities=(world["pool"],), reason="交期太长")
    after: Any = ran.only.after
    assert (after.stage_id, after.lost_reason, after.closed_on) == (world["lost"], "交期太长", date(2026, 3, 11))
    assert ran.answer.text == "商机「湖光泳池改造」输单,原因: 交期太长"


def test_several_are_lost_together(world: World) -> None:
    ran = world.run(lose_opportunity, language="en", opportunities=(world["pool"], world["fire"]))
    assert len(ran.changes) == 2
    assert ran.answer.text == "Lost “湖光泳池改造, 湖光消防泵”"


def test_a_reason_can_be_added_later(world: World) -> None:
    change = world.run(lose_opportunity, opportunities=(world["gone"],), reason="预算取消").only
    assert change.changed_fields() == ("lost_reason",)


def test_one_that_is_lost_already_is_said(world: World) -> None:
    ran = world.run(lose_opportunity, opportunities=(world["gone"],))
    assert ran.changes == ()
    assert "没有改动" in ran.text
