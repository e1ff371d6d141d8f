"""create_contact: what it stores, and duplicates."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.base import ToolRefused
from tools.create_contact import create_contact


def test_it_adds_a_person(world: World) -> None:
    ran = world.run(create_contact, customer=world["lake"], name="安然", title="会计", phone="19900000011")
    after: Any = ran.only.after
    assert (after.name, after.title, after.phone, after.customer_id) == ("安然", "会计", "19900000011", world["lake"])
    assert "已新建联系人「安然」" in ran.text
    assert "湖光酒店有限公司" in ran.text


def test_the_same_person_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="已经有联系人周岚"):
        world.run(create_contact, customer=world["lake"], name="周岚")


def test_a_namesake_with_another_phone_is_somebody_else(world: World) -> None:
    assert world.run(create_contact, customer=world["lake"], name="周岚", phone="19900000012").changes


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(create_contact, customer=world["reef"], name="安然")
