"""product_info: list prices."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World
from tools.product_info import product_info


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ({"product": "pump"}, "静音水泵P2的目录价是 1.2万。"),
        ({"product": "service"}, "年度保养没有目录价。"),
        ({"query": "k8"}, "控制柜K8的目录价是 6.8万。"),
        ({"category": "水泵"}, "静音水泵P2的目录价是 1.2万。"),
        ({"query": "火箭"}, "没有找到这样的产品。"),
        ({}, "共 3 个产品:"),
        ({"product": "pump", "language": "en"}, "The list price of 静音水泵P2 is CNY 12,000."),
    ],
)
def test_a_price_is_told_in_the_headline(world: World, args: dict[str, Any], text: str) -> None:
    given: dict[str, Any] = {key: world[value] if key == "product" else value for key, value in args.items()}
    assert world.run(product_info, **given).answer.text == text


def test_the_list_has_category_and_price(world: World) -> None:
    assert "控制柜K8 | 电控 | 6.8万" in world.run(product_info).text
