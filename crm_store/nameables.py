"""Everything that a user can call by name, as plain rows for an in-memory name index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from crm_store.audit import EVERYTHING
from crm_store.prepared import id_marks, in_batches
from crm_store.records import OPEN
from crm_store.references import chunks
from crm_store.schema import RECORD_TABLES
from crm_store.scope import scope_marks, scope_values, visible, visible_row
from crm_store.unit_of_work import UnitOfWork

NAMED_TYPES = ("customer", "contact", "product", "opportunity", "lead", "task", "user", "stage")
_NAME = {"task": "title"}
_ALSO: dict[str, dict[str, str]] = {
    "customer": {"aliases": "aliases", "region": "region", "industry": "industry"},
    "contact": {"customer_id": "customer_id", "title": "title"},
    "product": {"industry": "category"},
    "opportunity": {"customer_id": "customer_id"},
    "lead": {"customer_id": "customer_id", "title": "company"},
    "task": {"customer_id": "customer_id"},
    "user": {},
    "stage": {},
}
_MOST_CHANGES = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class NameRow:
    """One name. `title` is a contact's title or a lead's company; a product's `industry` is its category."""

    record_type: str
    id: int
    name: str
    aliases: tuple[str, ...] = ()
    customer_id: int | None = None
    title: str | None = None
    region: str | None = None
    industry: str | None = None


def visible_names(uow: UnitOfWork, record_types: Iterable[str] = NAMED_TYPES) -> list[NameRow]:
    """The names that the principal may see; of tasks the open ones, of users the active ones."""
    return [row for record_type in record_types for row in _rows(uow, record_type)]


def names_of(uow: UnitOfWork, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], NameRow]:
    """The present names of (record type, id) keys; a key that is absent is deleted, closed or out of sight."""
    wanted: dict[str, set[int]] = {}
    for record_type, record_id in keys:
        if record_type in _ALSO:
            wanted.setdefault(record_type, set()).add(record_id)
    found = (row for record_type, ids in wanted.items() for row in _by_id(uow, record_type, sorted(ids)))
    return {(row.record_type, row.id): row for row in found}


@dataclass(frozen=True, kw_only=True, slots=True)
class NameChanges:
    """What a cache of names has to do: take `rows`, drop `gone`, remember `position`.

    `start_anew` means that too much has changed (an import, a restored backup) to say it name by name.
    """

    position: int
    rows: list[NameRow]
    gone: list[tuple[str, int]]
    start_anew: bool = False


def names_since(uow: UnitOfWork, position: int) -> NameChanges:
    """The changes of visible names since `position`, which is `audit.newest_entry_id()` or an earlier answer's.

    With a customer come the names that hang on it: who may see the one may see the others.
    """
    touched = uow.audit.touched_since(position)
    newest = touched[-1][0] if touched else position
    keys = {(record_type, record_id) for _, record_type, record_id in touched if record_type in _ALSO}
    if len(keys) > _MOST_CHANGES or any(record_id == EVERYTHING for _, record_id in keys):
        return NameChanges(position=newest, rows=[], gone=[], start_anew=True)
    keys |= set(_hanging_on(uow, sorted(record_id for record_type, record_id in keys if record_type == "customer")))
    found = names_of(uow, keys)
    return NameChanges(position=newest, rows=list(found.values()), gone=sorted(keys - found.keys()))


def _hanging_on(uow: UnitOfWork, customer_ids: list[int]) -> Iterator[tuple[str, int]]:
    """The keys of what hangs on customers, whoever may see it: a key that is out of sight is one to drop."""
    for record_type in ("contact", "opportunity", "task"):
        table = RECORD_TABLES[record_type]
        for part in chunks(customer_ids):
            query = select(table.c.id).where(table.c.customer_id.in_(part), table.c.deleted_at.is_(None))
            yield from ((record_type, row[0]) for row in uow.rows(query))


def _by_id(uow: UnitOfWork, record_type: str, ids: list[int]) -> Iterator[NameRow]:
    scope = uow.principal.scope_ids
    size = None if scope is None else len(scope)
    theirs = {} if scope is None else scope_values(scope)
    for batch in in_batches(ids):
        key = ("nameables", record_type, size, len(batch))
        rows = uow.prepared_rows(key, partial(_some, record_type, size, len(batch)), {**theirs, **batch})
        yield from _named(record_type, rows)


def _some(record_type: str, scope_size: int | None, size: int) -> Select[Any]:
    sees = visible_row(record_type, scope_marks(scope_size))
    return _query(record_type, sees).where(RECORD_TABLES[record_type].c.id.in_(id_marks(size)))


def _rows(uow: UnitOfWork, record_type: str) -> Iterator[NameRow]:
    return _named(record_type, uow.rows(_query(record_type, visible(record_type, uow.principal))))


def _named(record_type: str, rows: Iterable[Any]) -> Iterator[NameRow]:
    also = _ALSO[record_type]
    for record_id, name, *values in rows:
        yield NameRow(record_type=record_type, id=record_id, name=name, **dict(zip(also, values, strict=True)))


def _query(record_type: str, sees: ColumnElement[bool]) -> Select[Any]:
    table = RECORD_TABLES[record_type]
    name = table.c[_NAME.get(record_type, "name")]
    columns = (table.c[column] for column in _ALSO[record_type].values())
    query = select(table.c.id, name, *columns).where(sees)
    if record_type == "task":
        query = query.where(table.c.status == OPEN)
    if record_type == "user":
        query = query.where(table.c.active.is_(True))
    return query
