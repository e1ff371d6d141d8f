"""The whole store as FORMAT.md records at one moment, and what changed between two such moments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_store.audit import CREATE, DELETE, UPDATE
from crm_store.fields import FIELDS, HOUSEKEEPING
from crm_store.natural import Shape, all_rows, preloaded
from crm_store.unit_of_work import UnitOfWork

COMPARED = {t: [f.column for f in fields] for t, fields in FIELDS.items() if t not in HOUSEKEEPING}


class SeenRecord(Shape):
    """A FORMAT.md record that knows its stored values, so that a renamed customer does not change its contacts."""

    def __init__(self, shape: Shape, stored: tuple[Any, ...]) -> None:
        super().__init__(shape)
        self.stored = stored


Snapshot = Mapping[str, Mapping[int, SeenRecord]]


def snapshot(uow: UnitOfWork) -> Snapshot:
    """Every living record by type and id, read from the tables themselves; logged interactions left out."""
    rows = all_rows(uow, COMPARED)
    natural = preloaded(uow, rows)
    return {
        record_type: {
            row.id: SeenRecord(natural.record(record_type, row), _stored(record_type, row))
            for row in found
            if row.deleted_at is None
        }
        for record_type, found in rows.items()
    }


def diff(before: Snapshot, after: Snapshot) -> list[dict[str, Any]]:
    """The changes between two snapshots (`op`, `type`, `record`, `before`), by type and id."""
    changes = []
    for record_type in COMPARED:
        old, new = before.get(record_type, {}), after.get(record_type, {})
        for record_id in sorted(old.keys() | new.keys()):
            changes += _change(record_type, old.get(record_id), new.get(record_id))
    return changes


def _stored(record_type: str, row: Any) -> tuple[Any, ...]:
    return (*(getattr(row, column) for column in COMPARED[record_type]), row.extra)


def _change(record_type: str, old: SeenRecord | None, new: SeenRecord | None) -> list[dict[str, Any]]:
    if old is not None and new is not None and old.stored == new.stored:
        return []
    op = CREATE if old is None else DELETE if new is None else UPDATE
    record = new if new is not None else old
    assert record is not None
    return [{"op": op, "type": record_type, "record": dict(record), "before": None if old is None else dict(old)}]
