"""Worlds: the whole store as one `world.json` with its `collateral/`, in and out without loss (FORMAT.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_store.duplicates import OnDuplicate
from crm_store.fields import FIELDS, HOUSEKEEPING, PLURALS, Field, key_column
from crm_store.loading import Batch, Loader, Problems, unknown_keys
from crm_store.natural import NaturalKeys, Shape, all_rows, preloaded
from crm_store.parsing import is_storable_json
from crm_store.settings_table import DEFAULT_TIMEZONE
from crm_store.snapshots import Snapshot, diff, snapshot
from crm_store.unit_of_work import UnitOfWork

__all__ = ["Report", "Snapshot", "diff", "dump_world", "load_world", "snapshot"]

Report = Callable[[str, int], None]
"""Told after each batch: the record type and how many of it were loaded just now."""

_SETTINGS = ("now", "timezone", "seller")
_EXTRA = "world_extra"
_KNOWN = {*_SETTINGS, "extra", *(PLURALS[t] for t in FIELDS if t not in HOUSEKEEPING)}
_BATCH = 10_000
_NAMED_ONCE = ("user", "stage", "customer", "product")
"""Types whose records are referred to by a name that therefore belongs to one of them only."""
_ALWAYS_NEEDED = ("user", "stage", "product")
_MAY_BE_HIDDEN = ("customer", "opportunity", "lead")


def load_world(uow: UnitOfWork, world: Mapping[str, Any], report: Report | None = None) -> int:
    """Add everything of a parsed `world.json` to the store and return the number of records.

    Raises ImportRejected, naming each place and reason; the unit of work then must not be committed.
    """
    problems = Problems()
    lists = {record_type: _list(world, record_type, problems) for record_type in FIELDS}
    _keep_settings(uow, world, problems)
    problems.refuse()
    loader = Loader(uow, problems, OnDuplicate.ADD)
    total = 0
    for record_type, records in lists.items():
        for begin in range(0, len(records), _BATCH):
            part = records[begin : begin + _BATCH]
            loader.load(_batch(record_type, part, begin))
            total += len(part)
            if report is not None:
                report(record_type, len(part))
        problems.refuse()
    return total


def dump_world(uow: UnitOfWork) -> dict[str, Any]:
    """The whole store as `world.json`.

    Left out are deleted records, what hangs on a deleted customer, and a mention of a deleted opportunity or lead. A
    deleted user, stage or product stays while living records need its name.
    """
    rows = all_rows(uow, FIELDS)
    natural = preloaded(uow, rows)
    _make_names_unique(natural, rows)
    shown = _shown(rows)
    shown["stage"].sort(key=lambda row: row.position)
    lists = {PLURALS[t]: [_named(natural, t, row) for row in found] for t, found in shown.items()}
    extra = dict(uow.settings.get(_EXTRA, {}))
    for record_type in HOUSEKEEPING:
        found = lists.pop(PLURALS[record_type])
        if found:
            extra[PLURALS[record_type]] = found
    return {**_settings(uow), **lists, **({"extra": extra} if extra else {})}


def _settings(uow: UnitOfWork) -> dict[str, Any]:
    known = {key: uow.settings.get(key) for key in _SETTINGS}
    now = known["now"] or uow.now.astimezone(uow.settings.timezone).isoformat()
    return {"now": now, "timezone": known["timezone"] or DEFAULT_TIMEZONE, "seller": known["seller"]}


def _named(natural: NaturalKeys, record_type: str, row: Any) -> Shape:
    """A record's shape, under the name that `_make_names_unique` gave it."""
    shape = natural.record(record_type, row)
    if record_type in _NAMED_ONCE and "name" in shape and key_column(record_type) == "name":
        shape["name"] = natural.name(record_type, row.id)
    return shape


def _make_names_unique(natural: NaturalKeys, rows: Mapping[str, Sequence[Any]]) -> None:
    """Number the later ones of living records with the same name: a file refers to them by nothing else."""
    for record_type in _NAMED_ONCE:
        if key_column(record_type) == "name":
            seen: Counter[str] = Counter()
            for row in rows[record_type]:
                if row.deleted_at is None:
                    seen[row.name] += 1
                    if seen[row.name] > 1:
                        natural.rename(record_type, row.id, f"{row.name} ({seen[row.name]})")


def _shown(rows: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The rows to write, by type; their references lead to rows that are written too."""
    shown: dict[str, list[Any]] = {}
    for record_type, found in rows.items():
        hidden = {t: _ids(rows[t]) - _ids(shown[t]) for t in _MAY_BE_HIDDEN if t in shown}
        references = [f for f in FIELDS[record_type] if f.target in hidden]
        alive = (row for row in found if row.deleted_at is None or record_type in _ALWAYS_NEEDED)
        kept = (row for row in alive if not _hangs_on_hidden(row, references, hidden))
        shown[record_type] = [_without_hidden(row, references, hidden) for row in kept]
    for record_type in _ALWAYS_NEEDED:
        needed = set(_mentioned(shown, record_type))
        shown[record_type] = [r for r in shown[record_type] if r.deleted_at is None or r.id in needed]
    return shown


def _ids(rows: Sequence[Any]) -> set[int]:
    return {row.id for row in rows}


def _hangs_on_hidden(row: Any, references: Sequence[Field], hidden: Mapping[str, set[int]]) -> bool:
    return any(f.required and getattr(row, f.column) in hidden[f.target or ""] for f in references)


def _without_hidden(row: Any, references: Sequence[Field], hidden: Mapping[str, set[int]]) -> Any:
    lost = {f.column: None for f in references if getattr(row, f.column) in hidden[f.target or ""]}
    return SimpleNamespace(**{**row._mapping, **lost}) if lost else row


def _mentioned(shown: Mapping[str, Sequence[Any]], target: str) -> Iterator[int]:
    for record_type, rows in shown.items():
        for field in (f for f in FIELDS[record_type] if f.target == target):
            for row in rows:
                value = getattr(row, field.column)
                yield from value if isinstance(value, tuple) else (value,)


def _list(world: Mapping[str, Any], record_type: str, problems: Problems) -> list[dict[str, Any]]:
    name = PLURALS[record_type]
    source: Any = world
    if record_type in HOUSEKEEPING:
        source = world.get("extra") or {}
    found = source.get(name) if isinstance(source, Mapping) else None
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        problems.add(name, "应当是一列对象")
        return []
    return found


def _keep_settings(uow: UnitOfWork, world: Mapping[str, Any], problems: Problems) -> None:
    zone = world.get("timezone") or DEFAULT_TIMEZONE
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        problems.add("timezone", f"没有时区“{zone}”")
        return
    uow.settings.put("timezone", zone)
    for key in ("now", "seller"):
        if world.get(key) is not None:
            uow.settings.put(key, world[key])
    extra = {k: v for k, v in unknown_keys(world, _KNOWN).items() if k not in {PLURALS[t] for t in HOUSEKEEPING}}
    if not is_storable_json(extra):
        problems.add("extra", "有无法保存的字符(NUL 或不完整的字符)")
    elif extra:
        uow.settings.put(_EXTRA, {**uow.settings.get(_EXTRA, {}), **extra})


def _batch(record_type: str, records: Sequence[dict[str, Any]], begin: int) -> Batch:
    fields = FIELDS[record_type]
    known = [f.name for f in fields if not f.kept_in_extra]
    extras = [unknown_keys(record, known) for record in records]
    used = {key for record in records for key in record} | {key for extra in extras for key in extra}
    values = {f.name: _column(f, records, extras) for f in fields if f.name in used}
    return Batch(
        record_type=record_type,
        count=len(records),
        values=values,
        extra=extras if any(extras) else None,
        place=lambda index, name: f"{PLURALS[record_type]}[{begin + index}]" + (f".{name}" if name else ""),
    )


def _column(field: Field, records: Sequence[dict[str, Any]], extras: Sequence[dict[str, Any]]) -> list[Any]:
    if field.kept_in_extra:
        return [extra.pop(field.name, None) for extra in extras]
    return [record.get(field.name) for record in records]
