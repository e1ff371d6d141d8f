"""create_customer: what it stores, and duplicates."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import NotPermitted
from tests.tools.world import World
from tools.base import ToolRefused
from tools.create_customer import create_customer


def test_it_creates_a_customer_of_the_user(world: World) -> None:
    ran = world.run(create_customer, name="云台茶业有限公司", aliases=("云台",), level="b", region="杭州")
    after: Any = ran.only.after
    assert (after.name, after.owner_id, after.level, after.aliases) == (
        "云台茶业有限公司",
        world["lin"],
        "B",
        ("云台",),
    )
    assert "已新建客户「云台茶业有限公司」" in ran.text
    assert "地区: 杭州" in ran.text


@pytest.mark.parametrize("name", ["湖光酒店", "湖光酒店 有限公司", "湖光"])
def test_one_that_exists_is_refused_and_named(world: World, name: str) -> None:
    with pytest.raises(ToolRefused, match="湖光酒店有限公司"):
        world.run(create_customer, name=name)


def test_the_same_phone_is_a_duplicate_too(world: World) -> None:
    with pytest.raises(ToolRefused, match="礁石游泳馆"):
        world.run(create_customer, by="mo", name="新礁石", phone="0512-88000001")


def test_a_duplicate_may_be_allowed(world: World) -> None:
    assert world.run(create_customer, name="湖光", allow_duplicate=True).changes


def test_a_customer_that_the_user_may_not_see_is_not_given_away(world: World) -> None:
    assert world.run(create_customer, name="沙丘物业公司").changes


@pytest.mark.parametrize("args", [{"name": " "}, {"name": "云台", "level": "D"}])
def test_a_wrong_name_or_level_is_refused(world: World, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(create_customer, **args)


def test_a_rep_may_not_create_for_somebody_else(world: World) -> None:
    with pytest.raises(NotPermitted):
        world.run(create_customer, name="云台", owner=world["mo"])
