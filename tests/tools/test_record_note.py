"""record_note: what it stores, what it refuses, what it shows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from crm_store.errors import RecordNotVisible
from tests.tools.world import World, at
from tools.base import ToolRefused
from tools.record_note import record_note


def test_it_records_what_was_said(world: World) -> None:
    ran = world.run(
        record_note,
        customer=world["lake"],
        summary="同意降噪方案",
        occurred_at=at(3, 10),
        attendees=("周岚",),
        details={"budget": "38万"},
        opportunity=world["pool"],
    )
    note = ran.only.record
    assert (note.summary, note.author_id, note.details) == ("同意降噪方案", world["lin"], {"budget": "38万"})
    for shown in ("湖光酒店有限公司", "3月10日(周二)09:00", "同意降噪方案", "周岚", "预算: 38万", "湖光泳池改造"):
        assert shown in ran.text


def test_it_speaks_english(world: World) -> None:
    ran = world.run(record_note, language="en", customer=world["lake"], summary="ok", occurred_at=at(3, 10))
    assert "Created note “ok”" in ran.text


def test_a_time_later_today_is_let_through_and_tomorrow_is_refused(world: World) -> None:
    assert world.run(record_note, customer=world["lake"], summary="刚谈完", occurred_at=at(3, 11, 12)).changes
    with pytest.raises(ToolRefused, match="还没到"):
        world.run(record_note, customer=world["lake"], summary="谈完", occurred_at=at(3, 12))


def test_an_opportunity_of_another_customer_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(record_note, customer=world["pine"], summary="x", occurred_at=at(3, 10), opportunity=world["pool"])


def test_unknown_details_are_not_accepted(world: World) -> None:
    with pytest.raises(ValidationError):
        world.run(record_note, customer=world["lake"], summary="x", occurred_at=at(3, 10), details={"mood": "好"})


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(record_note, customer=world["reef"], summary="x", occurred_at=at(3, 10))
