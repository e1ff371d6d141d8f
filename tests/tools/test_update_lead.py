"""update_lead: one field at a time."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.tools.world import World
from tools.base import ToolRefused
from tools.update_lead import update_lead


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"status": "unqualified"}, "status", "unqualified"),
        ({"phone": "19900000031"}, "phone", "19900000031"),
        ({"company": ""}, "company", None),
        ({"source": "老客户"}, "source", "老客户"),
    ],
)
def test_one_field_changes_and_nothing_else(world: World, args: dict[str, Any], field: str, value: Any) -> None:
    change = world.run(update_lead, lead=world["ring"], **args).only
    assert getattr(change.after, field) == value
    assert change.changed_fields() == (field,)


def test_the_answer_shows_old_and_new(world: World) -> None:
    ran = world.run(update_lead, lead=world["ring"], status="unqualified")
    assert ran.answer.text == "已更新线索「柳静」: 状态 新线索 → 已作废"


def test_a_lead_without_owner_can_be_taken(world: World) -> None:
    after: Any = world.run(update_lead, by="far", lead=world["free"], owner=world["far"]).only.after
    assert after.owner_id == world["far"]


def test_nothing_to_change_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_lead, lead=world["ring"])


def test_converting_is_another_tool(world: World) -> None:
    with pytest.raises(ValidationError):
        world.run(update_lead, lead=world["ring"], status="converted")
