"""update_customer: profile, words, level, and handing over."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import NotPermitted
from tests.tools.world import World
from tools.base import ToolRefused
from tools.update_customer import update_customer


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"level": "b级"}, "level", "B"),
        ({"add_tags": ("重点", "老客户")}, "tags", ("老客户", "重点")),
        ({"remove_tags": ("老客户",)}, "tags", ()),
        ({"add_aliases": ("湖光大酒店",)}, "aliases", ("湖光", "湖光大酒店")),
        ({"phone": "0512-1"}, "phone", "0512-1"),
        ({"industry": ""}, "industry", None),
        ({"name": "湖光大酒店有限公司"}, "name", "湖光大酒店有限公司"),
    ],
)
def test_one_field_changes_and_nothing_else(world: World, args: dict[str, Any], field: str, value: Any) -> None:
    change = world.run(update_customer, customer=world["lake"], **args).only
    assert getattr(change.after, field) == value
    assert change.changed_fields() == (field,)


def test_the_answer_shows_old_and_new(world: World) -> None:
    ran = world.run(update_customer, customer=world["lake"], level="B")
    assert ran.answer.text == "已更新客户「湖光酒店有限公司」: 等级 A → B"


def test_handing_over_takes_open_tasks_and_deals_along(world: World) -> None:
    ran = world.run(update_customer, by="boss", customer=world["lake"], owner=world["mo"])
    changed = {(change.record_type, change.record_id) for change in ran.changes}
    assert changed == {
        ("customer", world["lake"]),
        ("task", world["report"]),
        ("task", world["visit"]),
        ("opportunity", world["pool"]),
        ("opportunity", world["fire"]),
    }
    assert world.get("task", "report").assignee_id == world["mo"]
    assert world.get("task", "done").assignee_id == world["lin"]
    assert world.get("opportunity", "old").owner_id == world["lin"]


def test_a_rep_may_give_its_customer_to_a_teammate_only(world: World) -> None:
    ran = world.run(update_customer, customer=world["pine"], owner=world["mo"])
    assert "负责人: 林舟 → 莫言秋" in ran.text
    with pytest.raises(NotPermitted):
        world.run(update_customer, customer=world["lake"], owner=world["far"])


def test_what_already_is_so_is_said(world: World) -> None:
    ran = world.run(update_customer, language="en", customer=world["lake"], level="A")
    assert ran.changes == ()
    assert ran.answer.text == "“湖光酒店有限公司” already has level A; nothing was changed."


@pytest.mark.parametrize("args", [{}, {"level": "S"}, {"name": ""}])
def test_nothing_or_nonsense_is_refused(world: World, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_customer, customer=world["lake"], **args)
