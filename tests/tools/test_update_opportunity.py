"""update_opportunity: stages, amounts, dates, products, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.update_opportunity import update_opportunity


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"amount": 400000}, "amount", Decimal(400000)),
        ({"amount_add": -10000}, "amount", Decimal(350000)),
        ({"amount_factor": "0.95"}, "amount", Decimal(342000)),
        ({"amount": 100, "amount_factor": "0.333"}, "amount", Decimal("33.30")),
        ({"expected_close_date": "2026-04-12"}, "expected_close_date", date(2026, 4, 12)),
        ({"shift_days": -3}, "expected_close_date", date(2026, 3, 28)),
        ({"name": "泳池二期"}, "name", "泳池二期"),
    ],
)
def test_one_field_changes_and_nothing_else(world: World, args: dict[str, Any], field: str, value: Any) -> None:
    change = world.run(update_opportunity, opportunities=(world["pool"],), **args).only
    assert getattr(change.after, field) == value
    assert change.changed_fields() == (field,)


def test_the_answer_shows_old_and_new(world: World) -> None:
    ran = world.run(update_opportunity, opportunities=(world["pool"],), amount=400000, stage=world["test"])
    assert ran.answer.text == "已更新商机「湖光泳池改造」: 阶段 报价 → 试用、金额 36万 → 40万"
    card = ran.answer.cards[0]
    assert card.change == "update"
    assert [(fact.before, fact.value) for fact in card.facts] == [("报价", "试用"), ("36万", "40万")]


def test_the_answer_speaks_english(world: World) -> None:
    ran = world.run(update_opportunity, language="en", opportunities=(world["pool"],), amount=400000)
    assert ran.answer.text == "Updated opportunity “湖光泳池改造”: amount CNY 360,000 → CNY 400,000"


def test_a_step_moves_along_the_open_stages(world: World) -> None:
    assert (
        world.run(update_opportunity, opportunities=(world["fire"],), stage_step=1).only.after.stage_id == world["test"]
    )


@pytest.mark.parametrize(("deal", "step"), [("pool", 1), ("fire", -1), ("old", 1)])
def test_a_step_never_leaves_the_open_stages(world: World, deal: str, step: int) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_opportunity, opportunities=(world[deal],), stage_step=step)


def test_a_closed_one_that_is_reopened_loses_day_and_reason(world: World) -> None:
    after: Any = world.run(update_opportunity, opportunities=(world["gone"],), stage=world["offer"]).only.after
    assert (after.stage_id, after.closed_on, after.lost_reason) == (world["offer"], None, None)


def test_the_stage_won_closes_it_today(world: World) -> None:
    after: Any = world.run(update_opportunity, opportunities=(world["pool"],), stage=world["won"]).only.after
    assert after.closed_on == date(2026, 3, 11)


def test_products_are_added_and_removed(world: World) -> None:
    args: dict[str, Any] = {"add_products": (world["panel"],), "remove_products": (world["pump"],)}
    after: Any = world.run(update_opportunity, opportunities=(world["pool"],), **args).only.after
    assert after.product_ids == (world["panel"],)


def test_several_change_in_one_call(world: World) -> None:
    ran = world.run(update_opportunity, opportunities=(world["pool"], world["fire"]), expected_close_date="2026-06-01")
    assert len(ran.changes) == 2
    assert "已更新 2 个商机" in ran.text
    assert [link.id for link in ran.answer.shown] == [world["pool"], world["fire"]]


def test_what_already_is_so_is_said_and_not_written(world: World) -> None:
    ran = world.run(update_opportunity, opportunities=(world["pool"],), amount=360000)
    assert ran.changes == ()
    assert ran.answer.text == "「湖光泳池改造」本来就是 金额 36万,没有改动。"
    assert [link.id for link in ran.answer.shown] == [world["pool"]]


@pytest.mark.parametrize(
    ("deal", "args"),
    [
        ("pool", {}),
        ("pool", {"amount": -1}),
        ("pool", {"amount_add": -400000}),
        ("line", {"amount_add": 10000}),
        ("line", {"shift_days": 3}),
    ],
)
def test_what_can_not_be_worked_out_is_refused(world: World, deal: str, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_opportunity, opportunities=(world[deal],), **args)
