"""What a turn changed, told from the whole store before and after it, in the fields of FORMAT.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_store.fields import FIELDS, Kind, key_column
from crm_store.world import Snapshot, diff

Change = dict[str, Any]
_REFERENCES = {
    t: [f for f in fields if f.kind in (Kind.REF, Kind.REFS) and not f.kept_in_extra] for t, fields in FIELDS.items()
}
_KEYS = {t: f.name for t, fields in FIELDS.items() for f in fields if f.column == key_column(t)}


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """The records that differ, without what FORMAT.md has no field for.

    A record that only calls another by its new name has not changed itself: references in the world are names, those in
    the store are ids.
    """
    changes = [_in_format(change) for change in diff(before, after)]
    renamed = _renamed(changes)
    return [change for change in changes if change["op"] != "update" or not _is_same(change, renamed)]


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
    """The change without `extra`, which holds housekeeping such as when a task was completed."""
    before = change["before"]
    return {**change, "record": _fields(change["record"]), "before": None if before is None else _fields(before)}


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "extra"}


def _renamed(changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """New names by (record type, old name)."""
    names: dict[tuple[str, str], str] = {}
    for change in changes:
        key = _KEYS.get(change["type"])
        if change["op"] == "update" and key is not None and change["before"][key] != change["record"][key]:
            names[change["type"], change["before"][key]] = change["record"][key]
    return names


def _is_same(change: Change, renamed: Mapping[tuple[str, str], str]) -> bool:
    before = dict(change["before"])
    for field in _REFERENCES[change["type"]]:
        value, target = before[field.name], field.target or ""
        if isinstance(value, list):
            before[field.name] = [renamed.get((target, name), name) for name in value]
        elif value is not None:
            before[field.name] = renamed.get((target, value), value)
    return bool(before == change["record"])
