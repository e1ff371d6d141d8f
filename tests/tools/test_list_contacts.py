"""list_contacts: by role in whatever words, by person, by topic."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.base import ToolRefused
from tools.list_contacts import list_contacts


@pytest.mark.parametrize(
    ("customer", "role", "name"),
    [
        ("lake", "采购", "周岚"),
        ("lake", "采购负责人", "周岚"),
        ("lake", "管采购的", "周岚"),
        ("lake", "procurement", "周岚"),
        ("lake", "决策人", "秦越"),
        ("lake", "拍板的人", "秦越"),
        ("lake", "说了算的", "秦越"),
        ("lake", "工程部", "陶陶"),
        ("pine", "谁说了算", "何必"),
        ("pine", "老板", "何必"),
    ],
)
def test_a_role_finds_the_person_and_only_that_person(world: World, customer: str, role: str, name: str) -> None:
    ran = world.run(list_contacts, customer=world[customer], role=role)
    assert [link.label for link in ran.answer.shown] == [name]
    assert name in ran.answer.text


def test_the_headline_has_the_phone(world: World) -> None:
    answer = world.run(list_contacts, customer=world["lake"], role="采购").answer
    assert answer.text == "湖光酒店有限公司「采购」是 周岚(采购经理、采购),电话 19900000001。"


def test_a_role_that_nobody_plays_shows_all(world: World) -> None:
    ran = world.run(list_contacts, customer=world["lake"], role="法务")
    assert "没有标明「法务」的联系人" in ran.answer.text
    assert len(ran.answer.shown) == 3


@pytest.mark.parametrize(
    ("contact", "args", "text"),
    [
        ("zhou", {"topic": "phone"}, "湖光酒店有限公司 周岚的电话: 19900000001"),
        ("tao", {"topic": "phone"}, "没有登记陶陶的电话。"),
        ("tao", {"topic": "email"}, "湖光酒店有限公司 陶陶的邮箱: tao@lake.example"),
        ("qin", {"topic": "title"}, "湖光酒店有限公司 秦越的职务: 总经理"),
        ("zhou", {}, "湖光酒店有限公司 周岚(采购经理、采购),电话 19900000001。"),
        ("zhou", {"language": "en", "topic": "phone"}, "周岚 (湖光酒店有限公司), phone: 19900000001"),
    ],
)
def test_one_contact_by_topic(world: World, contact: str, args: dict[str, Any], text: str) -> None:
    assert world.run(list_contacts, contact=world[contact], **args).answer.text == text


def test_all_of_a_customer(world: World) -> None:
    ran = world.run(list_contacts, customer=world["lake"])
    assert [link.label for link in ran.answer.shown] == ["周岚", "秦越", "陶陶"]


def test_nobody_on_record_is_said(world: World) -> None:
    assert "还没有登记联系人" in world.run(list_contacts, by="mo", customer=world["reef"]).text


def test_a_role_over_all_customers(world: World) -> None:
    ran = world.run(list_contacts, role="厂长")
    assert [link.label for link in ran.answer.shown] == ["何必"]


def test_neither_customer_nor_person_nor_role_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(list_contacts)


def test_somebody_elses_contacts_do_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(list_contacts, by="far", contact=world["zhou"])
