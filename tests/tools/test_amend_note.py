"""amend_note: replacing, adding, moving."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World, at
from tools.amend_note import amend_note
from tools.base import ToolRefused


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"summary": "改过"}, "summary", "改过"),
        ({"append": "还要看样机"}, "summary", "初次拜访,看了机房。还要看样机"),
        ({"summary": "改过", "append": "再加"}, "summary", "改过。再加"),
        ({"occurred_at": at(2, 2)}, "occurred_at", at(2, 2)),
        ({"attendees": ("秦越",)}, "attendees", ("秦越",)),
        ({"details": {"needs": "样机"}}, "details", {"needs": "样机"}),
    ],
)
def test_one_field_changes_and_nothing_else(world: World, args: dict[str, Any], field: str, value: Any) -> None:
    change = world.run(amend_note, note=world["hello"], **args).only
    assert getattr(change.after, field) == value
    assert change.changed_fields() == (field,)


def test_details_are_joined_and_an_empty_one_is_dropped(world: World) -> None:
    args: dict[str, Any] = {"details": {"budget": "", "decisions": "先试用"}}
    after: Any = world.run(amend_note, note=world["noise"], **args).only.after
    assert after.details == {"needs": "降噪", "decisions": "先试用"}


def test_another_customer_drops_the_old_ones_opportunity(world: World) -> None:
    after: Any = world.run(amend_note, note=world["noise"], customer=world["pine"]).only.after
    assert (after.customer_id, after.opportunity_id) == (world["pine"], None)


def test_the_answer_shows_old_and_new(world: World) -> None:
    ran = world.run(amend_note, note=world["hello"], append="还要看样机")
    assert "初次拜访,看了机房。 → 初次拜访,看了机房。还要看样机" in ran.text


@pytest.mark.parametrize("args", [{}, {"occurred_at": at(3, 12)}, {"summary": " "}])
def test_nothing_the_future_and_emptiness_are_refused(world: World, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(amend_note, note=world["hello"], **args)
