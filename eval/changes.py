"""What a turn changed, told from the whole store before and after it, in the fields of FORMAT.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_store.world import Snapshot, diff

Change = dict[str, Any]


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """The records that differ in a field of FORMAT.md.

    What it has no field for stands under `extra` and is housekeeping, such as when a task was completed.
    """
    changes = [_in_format(change) for change in diff(before, after)]
    return [change for change in changes if change["op"] != "update" or change["record"] != change["before"]]


def positions_of_new(changes: Sequence[Change], known: Iterable[Change]) -> list[int]:
    """The positions in `changes` of those that are not among `known`."""
    rest = list(known)
    new: list[int] = []
    for position, change in enumerate(changes):
        if change in rest:
            rest.remove(change)
        else:
            new.append(position)
    return new


def _in_format(change: Change) -> Change:
    before = change["before"]
    return {**change, "record": _fields(change["record"]), "before": None if before is None else _fields(before)}


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "extra"}
