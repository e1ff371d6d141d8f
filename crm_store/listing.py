"""Lists of one record type for people who browse: equality and range filters, a search word, order, pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from crm_store.audit import ChangeSet
from crm_store.fields import FIELDS, Field, Kind, key_column
from crm_store.records import Record
from crm_store.schema import RECORD_TABLES, change_sets
from crm_store.unit_of_work import UnitOfWork

SEARCHED: dict[str, tuple[str, ...]] = {
    "user": ("name", "key"),
    "stage": ("name",),
    "customer": ("name", "phone"),
    "contact": ("name", "phone"),
    "product": ("name", "category"),
    "opportunity": ("name",),
    "order": (),
    "note": ("summary",),
    "task": ("title",),
    "lead": ("name", "company", "phone"),
    "interaction": ("summary",),
}
"""The columns in which a search word is looked for, by record type."""

_EQUAL = (Kind.TEXT, Kind.REF, Kind.FLAG, Kind.WHOLE)
_RANGED = (Kind.NUMBER, Kind.DAY, Kind.INSTANT)
_TOO_LONG = ("address", "website", "summary", "title", "lost_reason", "recurrence")
_CALLED = {"user": "name", "stage": "name", "task": "title"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What to list. `equal` and the ranges are by column; ranges include both ends; `order` is a column, '-' first for
    descending; `after` continues behind a record id when the order is by id."""

    equal: Mapping[str, Any] = field(default_factory=dict)
    at_least: Mapping[str, Any] = field(default_factory=dict)
    at_most: Mapping[str, Any] = field(default_factory=dict)
    word: str | None = None
    order: str = "id"
    after: int | None = None
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some records, and whether there are more behind them."""

    records: tuple[Record, ...]
    more: bool


def filterable(record_type: str) -> tuple[Field, ...]:
    """The fields whose columns may be compared for equality."""
    return tuple(f for f in FIELDS[record_type] if f.kind in _EQUAL and f.column not in _TOO_LONG)


def ranged(record_type: str) -> tuple[Field, ...]:
    """The fields whose columns may be compared with a smallest and a largest value."""
    return tuple(f for f in FIELDS[record_type] if f.kind in _RANGED)


def orders(record_type: str) -> tuple[str, ...]:
    """The columns that a list may be ordered by."""
    single = [f.column for f in (*filterable(record_type), *ranged(record_type))]
    return ("id", "created_at", "updated_at", *single)


def page(uow: UnitOfWork, record_type: str, wanted: Wanted) -> Page:
    """The visible records that fit, at most `limit`. Only columns that the functions above name may be used."""
    repository = uow.repository(record_type)
    found = repository.find(
        *_conditions(record_type, wanted),
        order=_order(record_type, wanted.order),
        limit=wanted.limit + 1,
        offset=wanted.offset,
    )
    return Page(records=tuple(found[: wanted.limit]), more=len(found) > wanted.limit)


def count(uow: UnitOfWork, record_type: str, wanted: Wanted) -> int:
    """How many visible records fit, whatever the page; on a million records this takes tens of milliseconds."""
    return uow.repository(record_type).count(*_conditions(record_type, dataclasses.replace(wanted, after=None)))


def labels(uow: UnitOfWork, record_type: str, records: Iterable[Record]) -> dict[str, dict[int, str]]:
    """What the records that these refer to are called, by column: {'owner_id': {7: '…'}}; one query a record type.

    Names of records out of sight are shown too (FORMAT.md: of a customer that a rep doesn't own, the name).
    """
    rows = list(records)
    references = [f for f in FIELDS[record_type] if f.target is not None]
    wanted: dict[str, set[int]] = {}
    for each in references:
        wanted.setdefault(each.target or "", set()).update(i for row in rows for i in _ids(row, each))
    names = {target: _names(uow, target, ids) for target, ids in wanted.items()}
    return {each.column: names[each.target or ""] for each in references}


def own_changes(uow: UnitOfWork, *, limit: int) -> list[ChangeSet]:
    """The newest change sets that the principal itself made, newest first; `audit.recent` has the whole team's."""
    own = select(change_sets.c.id).where(change_sets.c.user_id == uow.principal.user_id)
    ids = [row[0] for row in uow.rows(own.order_by(change_sets.c.id.desc()).limit(limit))]
    found = (uow.audit.load(change_set_id) for change_set_id in ids)
    return [each for each in found if each is not None]


def _ids(row: Record, reference: Field) -> Sequence[int]:
    value = getattr(row, reference.column)
    if reference.kind is Kind.REFS:
        return tuple(value)
    return () if value is None else (value,)


def _names(uow: UnitOfWork, target: str, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    table = RECORD_TABLES[target]
    called = table.c[_CALLED.get(target, key_column(target))]
    return {row[0]: str(row[1]) for row in uow.rows(select(table.c.id, called).where(table.c.id.in_(ids)))}


def _conditions(record_type: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    c = RECORD_TABLES[record_type].c
    found: list[ColumnElement[bool]] = [c[name] == value for name, value in wanted.equal.items()]
    found += [c[name] >= value for name, value in wanted.at_least.items()]
    found += [c[name] <= value for name, value in wanted.at_most.items()]
    if wanted.after is not None:
        found.append(c.id < wanted.after if wanted.order.startswith("-") else c.id > wanted.after)
    if wanted.word:
        found.append(_contains(record_type, wanted.word))
    return found


def _contains(record_type: str, word: str) -> ColumnElement[bool]:
    columns = [RECORD_TABLES[record_type].c[name] for name in SEARCHED[record_type]]
    matches = [column.contains(word, autoescape=True) for column in columns]
    condition = matches[0]
    for match in matches[1:]:
        condition = condition | match
    return condition


def _order(record_type: str, order: str) -> list[Any]:
    c = RECORD_TABLES[record_type].c
    name = order.removeprefix("-")
    columns = (c[name],) if name == "id" else (c[name], c.id)
    return [column.desc() if order.startswith("-") else column.asc() for column in columns]
