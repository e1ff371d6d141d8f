"""record_order: amount, day, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.record_order import record_order


def test_without_an_amount_the_list_price_counts(world: World) -> None:
    ran = world.run(record_order, customer=world["lake"], product=world["pump"], quantity=4)
    after: Any = ran.only.after
    assert (after.amount, after.ordered_on) == (Decimal(48000), date(2026, 3, 11))
    for shown in ("已新建订单「静音水泵P2」", "湖光酒店有限公司", "数量: 4", "4.8万"):
        assert shown in ran.text


def test_amount_and_day_may_be_given(world: World) -> None:
    args: dict[str, Any] = {"amount": 45000, "ordered_on": "2026-03-02"}
    after: Any = world.run(
        record_order, customer=world["lake"], product=world["service"], quantity="1.5", **args
    ).only.after
    assert (after.quantity, after.amount, after.ordered_on) == (Decimal("1.5"), Decimal(45000), date(2026, 3, 2))


@pytest.mark.parametrize("args", [{"product": "service"}, {"amount": -1}, {"ordered_on": "2026-03-12"}])
def test_no_price_a_negative_one_and_the_future_are_refused(world: World, args: dict[str, Any]) -> None:
    given: dict[str, Any] = {**args, "product": world[args.get("product", "pump")]}
    with pytest.raises(ToolRefused):
        world.run(record_order, customer=world["lake"], quantity=1, **given)
