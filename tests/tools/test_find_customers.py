"""find_customers: filters, and whose customers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.find_customers import find_customers

LAKE, PINE, REEF = "湖光酒店有限公司", "松针食品有限公司", "礁石游泳馆"


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({}, [LAKE, REEF, PINE]),
        ({"query": "湖光"}, [LAKE]),
        ({"query": "老客户"}, [LAKE]),
        ({"query": "无锡"}, [PINE]),
        ({"industry": "食品"}, [PINE]),
        ({"region": "苏州市"}, [LAKE, REEF]),
        ({"level": "a"}, [LAKE]),
        ({"tag": "老客户"}, [LAKE]),
        ({"tag": "%"}, []),
        ({"inactive_days": 5}, [LAKE, PINE]),
        ({"inactive_days": 30}, [PINE]),
        ({"has_open_opportunity": True}, [LAKE, REEF, PINE]),
        ({"has_open_opportunity": False}, []),
        ({"limit": 1}, [LAKE]),
    ],
)
def test_filters(world: World, args: dict[str, Any], found: list[str]) -> None:
    ran = world.run(find_customers, by="boss", **args)
    assert [link.label for link in ran.answer.shown] == found


def test_a_rep_sees_its_own(world: World) -> None:
    assert [link.label for link in world.run(find_customers).answer.shown] == [LAKE, PINE]


def test_the_headline_says_how_many_and_of_what(world: World) -> None:
    assert world.run(find_customers, inactive_days=30).answer.text == "30天没有沟通的客户共 1 家。"
    ran = world.run(find_customers, by="boss", language="en", region="苏州", limit=1)
    assert ran.answer.text == "2 customers (苏州); the first 1."


def test_a_row_has_the_last_contact_and_where_they_differ_the_owner(world: World) -> None:
    assert "3月9日(周一) | 莫言秋" in world.run(find_customers, by="boss").text


def test_none_is_said(world: World) -> None:
    assert world.run(find_customers, query="火星").answer.text == "没有找到火星的客户。"


def test_a_colleagues_customers_and_unknown_levels_are_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(find_customers, owner=world["mo"])
    with pytest.raises(ToolRefused):
        world.run(find_customers, level="Z")
