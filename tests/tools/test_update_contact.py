"""update_contact: one field at a time, and a change of company."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.update_contact import update_contact


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"title": "副总经理"}, "title", "副总经理"),
        ({"phone": "19900000013"}, "phone", "19900000013"),
        ({"phone": ""}, "phone", None),
        ({"role": "决策人"}, "role", "决策人"),
        ({"name": "周澜"}, "name", "周澜"),
    ],
)
def test_one_field_changes_and_nothing_else(world: World, args: dict[str, Any], field: str, value: Any) -> None:
    change = world.run(update_contact, contact=world["zhou"], **args).only
    assert getattr(change.after, field) == value
    assert change.changed_fields() == (field,)


def test_the_answer_shows_old_and_new(world: World) -> None:
    ran = world.run(update_contact, contact=world["zhou"], phone="19900000013")
    assert ran.answer.text == "已更新联系人「周岚」: 电话 19900000001 → 19900000013"


def test_a_person_may_change_company(world: World) -> None:
    after: Any = world.run(update_contact, contact=world["zhou"], customer=world["pine"]).only.after
    assert after.customer_id == world["pine"]


def test_nothing_to_change_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_contact, contact=world["zhou"])
