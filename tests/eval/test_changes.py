"""What changed is told from the store itself, in the fields of FORMAT.md."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.snapshots import SeenRecord
from crm_store.world import Snapshot
from eval.changes import changes_between, positions_of_new

CONTACT = {"customer": "甲公司", "name": "厉敏", "phone": "1"}


def store(**contacts: dict[str, Any] | None) -> Snapshot:
    """A store with these contacts; None stands for none."""
    found = {number: record for number, record in enumerate(contacts.values()) if record is not None}
    seen = {n: SeenRecord(record, tuple(map(str, record.items()))) for n, record in found.items()}
    return {"contact": seen}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (None, CONTACT, {"op": "create", "type": "contact", "record": CONTACT, "before": None}),
        (CONTACT, None, {"op": "delete", "type": "contact", "record": CONTACT, "before": CONTACT}),
        (
            CONTACT,
            {**CONTACT, "phone": "2"},
            {"op": "update", "type": "contact", "record": {**CONTACT, "phone": "2"}, "before": CONTACT},
        ),
    ],
    ids=["create", "delete", "update"],
)
def test_a_change_has_the_record_and_what_it_was(
    before: dict[str, Any] | None, after: dict[str, Any] | None, change: dict[str, Any]
) -> None:
    assert changes_between(store(one=before), store(one=after)) == [change]


def test_nothing_changed_is_no_change() -> None:
    assert changes_between(store(one=CONTACT), store(one=dict(CONTACT))) == []


def test_what_the_format_has_no_field_for_is_no_change() -> None:
    more = {**CONTACT, "extra": {"completed_at": "2026-01-01"}}
    assert changes_between(store(one=CONTACT), store(one=more)) == []
    (change,) = changes_between(store(one=more), store(one={**more, "phone": "2"}))
    assert (change["record"], change["before"]) == ({**CONTACT, "phone": "2"}, CONTACT)


def test_new_changes_are_found_among_equal_ones() -> None:
    one = {"op": "create", "record": {"title": "甲"}}
    other = {"op": "create", "record": {"title": "乙"}}
    assert positions_of_new([one, other, one], [one]) == [1, 2]
