"""create_opportunity: defaults, made-up names, duplicates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.base import ToolRefused
from tools.create_opportunity import create_opportunity


def test_it_begins_in_the_first_stage_and_belongs_to_the_user(world: World) -> None:
    args: dict[str, Any] = {"amount": 152000, "expected_close_date": "2026-05-31"}
    ran = world.run(create_opportunity, customer=world["pine"], name="松针冷库", **args)
    after: Any = ran.only.after
    assert (after.stage_id, after.owner_id, after.amount) == (world["meet"], world["lin"], Decimal(152000))
    assert after.expected_close_date == date(2026, 5, 31)
    for shown in ("已新建商机「松针冷库」", "松针食品有限公司", "15.2万", "5月31日(周日)", "初谈"):
        assert shown in ran.text


def test_a_name_is_made_of_customer_and_product(world: World) -> None:
    after: Any = world.run(create_opportunity, customer=world["pine"], products=(world["pump"],)).only.after
    assert (after.name, after.product_ids) == ("松针静音水泵P2", (world["pump"],))


def test_a_made_up_name_is_never_taken_twice(world: World) -> None:
    names = [world.run(create_opportunity, customer=world["pine"]).only.record.name for _ in range(3)]
    assert names == ["松针商机", "松针商机2", "松针商机3"]


def test_an_open_one_of_that_name_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="湖光泳池改造"):
        world.run(create_opportunity, customer=world["lake"], name="湖光泳池改造")
    assert world.run(create_opportunity, customer=world["lake"], name="湖光一期").changes


def test_a_managers_belongs_to_who_looks_after_the_customer(world: World) -> None:
    after: Any = world.run(create_opportunity, by="boss", customer=world["reef"], name="礁石二期").only.after
    assert after.owner_id == world["mo"]


def test_one_created_as_won_is_closed_today(world: World) -> None:
    after: Any = world.run(create_opportunity, customer=world["pine"], stage=world["won"]).only.after
    assert after.closed_on == date(2026, 3, 11)


def test_a_negative_amount_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="负数"):
        world.run(create_opportunity, customer=world["pine"], amount=-1)


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(create_opportunity, customer=world["reef"])
