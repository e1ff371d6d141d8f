"""The one declared bulk path: validated columns go to the driver whole, audited as one entry per batch and type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise, repeat
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, func, select, text

from crm_store.audit import AuditTrail
from crm_store.bulk_copy import copy_in
from crm_store.names import name_key
from crm_store.repository import Repository
from crm_store.schema import RECORD_TABLES, alias_keys
from crm_store.texts import to_json

Columns = dict[str, Sequence[Any]]


class BulkWriter:
    """Adds many records of one type at once; the caller has validated them and checked that the principal may."""

    def __init__(
        self, connection: Connection, audit: AuditTrail, repository: Callable[[str], Repository[Any]], now: datetime
    ) -> None:
        self._connection = connection
        self._audit = audit
        self._repository = repository
        self._now = now

    def add(self, record_type: str, columns: Columns, count: int) -> Sequence[int]:
        """Add `count` records given column by column, in the types of `records`; returns their ids in order."""
        if not count:
            return ()
        repository = self._repository(record_type)
        ids = self._reserve(record_type, count)
        complete = {**_defaults(repository, count), **columns, **repository.derived_columns(columns)}
        stamped = {**complete, **{name: Same(self._now, count) for name in ("created_at", "updated_at")}}
        self._insert(RECORD_TABLES[record_type], {"id": ids, **stamped}, count)
        if record_type == "customer":
            self._add_alias_keys(ids, complete["aliases"])
        for first, last in _runs(ids):
            self._audit.record_import(record_type, first, last)
        return ids

    def _reserve(self, record_type: str, count: int) -> Sequence[int]:
        table = RECORD_TABLES[record_type]
        if self._connection.dialect.name == "sqlite":  # one writer: nobody takes an id in between
            last = self._connection.execute(select(func.max(table.c.id))).scalar_one() or 0
            return range(last + 1, last + 1 + count)
        taken = text(f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) FROM generate_series(1, :count)")
        return list(self._connection.execute(taken, {"count": count}).scalars())

    def _add_alias_keys(self, ids: Sequence[int], aliases: Sequence[tuple[str, ...]]) -> None:
        if not any(aliases):
            return
        pairs = [(name_key(alias), i) for i, names in zip(ids, aliases, strict=True) for alias in names]
        if pairs:
            keys, customers = zip(*pairs, strict=True)
            self._insert(alias_keys, {"key": keys, "customer_id": customers}, len(pairs))

    def _insert(self, table: Table, columns: Columns, count: int) -> None:
        stored = [self._stored(table.c[name].type, values) for name, values in columns.items()]
        if self._connection.dialect.name == "postgresql":
            copy_in(self._connection, table.name, list(columns), stored)
            return
        marks = ",".join("?" * len(columns))
        names = ",".join(f'"{name}"' for name in columns)
        cursor = self._connection.connection.cursor()
        try:
            rows: Any = zip(*stored, strict=True)  # sqlite3 takes any iterator
            cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
        finally:
            cursor.close()

    def _stored(self, kind: Any, values: Sequence[Any]) -> Sequence[Any]:
        """The values as the driver takes them; a column of one value is converted once."""
        convert = _converter(kind, self._connection.dialect)
        if convert is None or isinstance(values, range):
            return values
        if isinstance(values, Same):
            return Same(convert(values[0]), len(values))
        return [convert(value) for value in values]


class Same(Sequence[Any]):
    """One value, many times."""

    def __init__(self, value: Any, count: int) -> None:
        self._value = value
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return self._value

    def __iter__(self) -> Iterator[Any]:
        return repeat(self._value, self._count)


def _converter(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a record's value into the driver's; None where they are the same."""
    if isinstance(getattr(kind, "impl_instance", kind), JSON):
        prepare = getattr(kind, "process_bind_param", None)
        return to_json if prepare is None else lambda value: to_json(prepare(value, dialect))
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _defaults(repository: Repository[Any], count: int) -> dict[str, Same]:
    return {name: Same(value, count) for name, value in repository.defaults().items()}


def _runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The unbroken runs in rising ids, as (first, last)."""
    if isinstance(ids, range):
        yield ids[0], ids[-1]
        return
    first = ids[0]
    for one, following in pairwise(ids):
        if following != one + 1:
            yield first, one
            first = following
    yield first, ids[-1]
