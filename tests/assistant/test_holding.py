"""Which changes wait for 确认, and what a confirmation is bound to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.holding import digest, reason_to_hold
from crm_store.audit import CREATE, DELETE, UPDATE, Change
from crm_store.records import Record
from tests.assistant.world import Talk

LOST = frozenset({6})


@pytest.fixture
def deal(talk: Talk) -> Any:
    """An opportunity of the world."""
    return talk.get("opportunity", 1)


def change(before: Record | None, after: Record | None, *, kind: str = "opportunity") -> Change:
    """The change from one state of a record to another."""
    op = CREATE if before is None else DELETE if after is None else UPDATE
    record = after or before
    assert record is not None
    return Change(op=op, record_type=kind, record_id=record.id, before=before, after=after)


def test_one_update_is_not_held(deal: Any) -> None:
    assert reason_to_hold([change(deal, replace(deal, name="新名"))], LOST) is None


def test_several_changes_of_one_record_are_not_held(deal: Any) -> None:
    named = replace(deal, name="新名")
    assert reason_to_hold([change(deal, named), change(named, replace(named, stage_id=3))], LOST) is None


def test_creating_many_is_not_held(deal: Any) -> None:
    assert reason_to_hold([change(None, replace(deal, id=i)) for i in (7, 8, 9)], LOST) is None


def test_a_creation_beside_one_update_is_not_held(deal: Any) -> None:
    assert reason_to_hold([change(None, replace(deal, id=7)), change(deal, replace(deal, name="新名"))], LOST) is None


def test_updating_two_records_is_held(deal: Any) -> None:
    other = replace(deal, id=7)
    changes = [change(each, replace(each, name="新名")) for each in (deal, other)]
    assert reason_to_hold(changes, LOST) == "many"


def test_a_deletion_is_held(deal: Any) -> None:
    assert reason_to_hold([change(deal, None)], LOST) == "delete"


def test_losing_is_held(deal: Any) -> None:
    assert reason_to_hold([change(deal, replace(deal, stage_id=6))], LOST) == "lose"


def test_a_change_of_a_deal_that_was_lost_before_is_not_held(deal: Any) -> None:
    lost = replace(deal, stage_id=6)
    assert reason_to_hold([change(lost, replace(lost, lost_reason="价格"))], LOST) is None


def test_a_deal_that_is_created_as_lost_is_held(deal: Any) -> None:
    assert reason_to_hold([change(None, replace(deal, stage_id=6))], LOST) == "lose"


def test_giving_a_record_to_somebody_else_is_held(deal: Any) -> None:
    assert reason_to_hold([change(deal, replace(deal, owner_id=2))], LOST) == "reassign"


def test_taking_a_lead_that_nobody_owns_is_not_held(talk: Talk) -> None:
    lead = replace(talk.get("lead", 1), owner_id=None)
    assert reason_to_hold([change(lead, replace(lead, owner_id=1), kind="lead")], LOST) is None


CALLS = [{"tool": "update_opportunity", "args": {"opportunities": [1], "amount": "5"}}]


def test_a_digest_does_not_depend_on_the_order_of_arguments(deal: Any) -> None:
    turned = [{"args": {"amount": "5", "opportunities": [1]}, "tool": "update_opportunity"}]
    changes = [change(deal, replace(deal, name="新名"))]
    assert digest(CALLS, changes, 1, "talk") == digest(turned, changes, 1, "talk")


@pytest.mark.parametrize("other", ["arguments", "version", "user", "conversation"])
def test_a_digest_is_bound_to(deal: Any, other: str) -> None:
    after = replace(deal, name="新名", updated_at=datetime(2026, 5, 13, tzinfo=UTC))
    newer = replace(deal, version=deal.version + 1)
    args: dict[str, Any] = {"calls": CALLS, "changes": [change(deal, after)], "user_id": 1, "conversation_id": "talk"}
    changed: dict[str, Any] = {
        "arguments": {"calls": [{"tool": "update_opportunity", "args": {"opportunities": [1], "amount": "6"}}]},
        "version": {"changes": [change(newer, after)]},
        "user": {"user_id": 2},
        "conversation": {"conversation_id": "other"},
    }
    assert digest(**args) != digest(**{**args, **changed[other]})
