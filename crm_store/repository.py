"""One repository a record type: reads are filtered by the principal's scope, writes are checked and audited."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, Update, bindparam, func, select, update

from crm_store.audit import CREATE, DELETE, UPDATE, AuditTrail
from crm_store.errors import RecordNotVisible, TooLong, VersionConflict
from crm_store.prepared import add, id_marks, in_batches, prepared
from crm_store.principal import Principal
from crm_store.records import RECORD_TYPES, Record
from crm_store.schema import RECORD_TABLES
from crm_store.scope import scope_marks, scope_values, visible, visible_row
from crm_store.sight import Sight

R = TypeVar("R", bound=Record)
MOST_AT_HAND = 200
"""Longer lists are not kept: who reads those (an export, a sum) does not come back to one of them."""
Shape = tuple[type[Record], tuple[str, ...], list[Any], dict[str, int]]


@functools.cache
def _shape(record_type: str) -> Shape:
    """The class, field names, columns and longest texts of a record type."""
    table, cls = RECORD_TABLES[record_type], RECORD_TYPES[record_type]
    names = tuple(f.name for f in dataclasses.fields(cls))
    lengths = {name: getattr(table.c[name].type, "length", None) for name in names}
    longest = {name: length for name, length in lengths.items() if length is not None}
    return cls, names, [table.c[name] for name in names], longest


class Repository(Generic[R]):
    """Records of one type as one principal sees them."""

    record_type: str

    def __init__(
        self, connection: Connection, principal: Principal, audit: AuditTrail, now: datetime, sight: Sight
    ) -> None:
        self._connection = connection
        self._principal = principal
        self._audit = audit
        self._now = now
        self._sight = sight
        self._seen: dict[int, int] = {}
        self._at_hand: dict[int, R] = sight.records(self.record_type)
        self._table: Table = RECORD_TABLES[self.record_type]
        shape = _shape(self.record_type)
        self._class, self._names, self._columns, self._longest = shape

    @property
    def c(self) -> Any:
        """The columns, for conditions inside the store."""
        return self._table.c

    def get(self, record_id: int) -> R | None:
        """The record, or None where it does not exist for this principal."""
        known: R | None = self._at_hand.get(record_id)
        return known if known is not None else self._looked_up(record_id)

    def _looked_up(self, record_id: int) -> R | None:
        """The record as the database has it now."""
        found = self._prepared("get", self._by_id, id=record_id)
        return found[0] if found else None

    def _by_id(self, scope: Sequence[Any] | None) -> Select[Any]:
        one = self._table.c.id == bindparam("id")
        return select(*self._columns).where(visible_row(self.record_type, scope), one)

    def _prepared(self, key: str, build: Callable[[Sequence[Any] | None], Select[Any]], **values: Any) -> list[R]:
        """Records by a statement that is compiled once; `build` gets parameters that stand for the scope's ids."""
        scope = self._principal.scope_ids
        size = None if scope is None else len(scope)
        statement = prepared(self._connection, (self.record_type, key, size), lambda: build(scope_marks(size)))
        if scope is not None:
            values.update(scope_values(scope))
        return self._seen_now(statement.rows(self._connection, values))

    def require(self, record_id: int) -> R:
        """The record. Raises RecordNotVisible."""
        return self._required(self.get(record_id), record_id)

    def _required(self, found: R | None, record_id: int) -> R:
        if found is None:
            raise RecordNotVisible(self.record_type, record_id)
        return found

    def many(self, record_ids: Iterable[int]) -> dict[int, R]:
        """The visible ones among `record_ids`, by id."""
        wanted = set(record_ids)
        found = {i: known for i in sorted(wanted) if (known := self._at_hand.get(i)) is not None}
        for batch in in_batches(wanted.difference(found)):
            part = self._prepared(f"many {len(batch)}", partial(self._by_ids, len(batch)), **batch)
            found.update({record.id: record for record in part})
        return found

    def _by_ids(self, size: int, scope: Sequence[Any] | None) -> Select[Any]:
        few = self._table.c.id.in_(id_marks(size))
        return select(*self._columns).where(visible_row(self.record_type, scope), few)

    def find(
        self,
        *conditions: ColumnElement[bool],
        order: Sequence[Any] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[R]:
        """Visible records that meet all conditions."""
        query = select(*self._columns).where(visible(self.record_type, self._principal), *conditions)
        query = query.order_by(*(order or (self._table.c.id,)))
        if limit is not None:
            query = query.limit(limit)
        if offset:
            query = query.offset(offset)
        return self._seen_now(self._connection.execute(query))

    def count(self, *conditions: ColumnElement[bool]) -> int:
        """How many visible records meet all conditions."""
        query = select(func.count()).select_from(self._table)
        return self._connection.execute(
            query.where(visible(self.record_type, self._principal), *conditions)
        ).scalar_one()

    def add(self, **fields: Any) -> R:
        """Create a record. Raises NotPermitted, RecordNotVisible (of what it hangs on)."""
        self._check_add(fields)
        self._check_lengths(fields)
        draft = self._class(id=0, **{**fields, "created_at": self._now, "updated_at": self._now})
        values = {name: getattr(draft, name) for name in self._names if name != "id"}
        made = add(self._connection, self._table, {**values, **self._derived(fields)})
        record: R = self._class(id=made, **values)  # type: ignore[assignment]
        self._written(record, fields)
        self._audit.record(CREATE, self.record_type, None, record)
        return record

    def update(self, record_id: int, *, expected_version: int | None = None, **fields: Any) -> R:
        """Change fields; equal values change nothing. Raises RecordNotVisible, NotPermitted, VersionConflict.

        Without `expected_version` the record must still be as this unit of work read it, if it did.
        """
        expected = expected_version if expected_version is not None else self._seen.get(record_id)
        before = self._required(self._looked_up(record_id), record_id)
        if expected is not None and before.version != expected:
            raise VersionConflict(self.record_type, record_id)
        self._check_update(before, fields)
        self._check_lengths(fields)
        return self.put_back(before, fields)

    def put_back(self, before: R, fields: dict[str, Any]) -> R:
        """Change fields without asking whether the principal may: for `update`, which has asked, and for undo."""
        changed = {name: value for name, value in fields.items() if getattr(before, name) != value}
        if not changed:
            return before
        after = dataclasses.replace(before, **changed, version=before.version + 1, updated_at=self._now)
        self._write(before, after, changed)
        self._audit.record(UPDATE, self.record_type, before, after)
        return after

    def delete(self, record_id: int) -> R:
        """Hide a record for everybody; `restore` brings it back. Raises RecordNotVisible, NotPermitted."""
        before = self._required(self._looked_up(record_id), record_id)
        self._check_update(before, {})
        after = dataclasses.replace(before, version=before.version + 1, deleted_at=self._now)
        self._write(before, after, {"deleted_at": self._now})
        self._audit.record(DELETE, self.record_type, before, None)
        return before

    def restore(self, record: R) -> R:
        """Bring a deleted record back as it was in `record` (an audit entry's before)."""
        row = self.raw(record.id)
        if row is None:
            raise RecordNotVisible(self.record_type, record.id)
        after = dataclasses.replace(record, version=row.version + 1, deleted_at=None, updated_at=self._now)
        self._write(row, after, {n: getattr(after, n) for n in self._names if n not in ("id", "version")})
        self._audit.record(CREATE, self.record_type, None, after)
        return after

    def all_of_customer(self, customer_id: int) -> list[R]:
        """Every living record of a customer, whoever may see it; for a merge, which leaves nothing behind."""
        hanging = (self._table.c.customer_id == customer_id) & self._table.c.deleted_at.is_(None)
        return [self._of(row) for row in self._connection.execute(select(*self._columns).where(hanging))]

    def defaults(self) -> dict[str, Any]:
        """What the fields of a new record hold that are not given; for the bulk path."""
        given = {f.name for f in dataclasses.fields(self._class) if _has_no_default(f)}
        nothing: dict[str, Any] = dict.fromkeys(given)
        empty = self._class(**nothing)
        return {name: getattr(empty, name) for name in self._names if name not in given}

    def derived_columns(self, columns: dict[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
        """`_derived`, for whole columns; for the bulk path."""
        return {}

    def raw(self, record_id: int) -> R | None:
        """The row as it is, deleted or out of sight. For undo, which judges visibility itself."""
        row = self._connection.execute(select(*self._columns).where(self._table.c.id == record_id)).one_or_none()
        return None if row is None else self._of(row)

    def _write(self, before: R, after: R, changed: dict[str, Any]) -> None:
        values = {**changed, **self._derived(changed), "version": after.version, "updated_at": self._now}
        statement = prepared(self._connection, (self.record_type, "update", *values), lambda: self._updating(values))
        new = {f"new_{name}": value for name, value in values.items()}
        if statement.changed(self._connection, {**new, "old_id": before.id, "old_version": before.version}) != 1:
            raise VersionConflict(self.record_type, before.id)
        self._seen[before.id] = after.version
        self._sight.forget_records()
        self._written(after, changed)

    def _updating(self, values: Iterable[str]) -> Update:
        c = self._table.c
        as_read = (c.id == bindparam("old_id")) & (c.version == bindparam("old_version"))
        new = {name: bindparam(f"new_{name}", type_=c[name].type) for name in values}
        return update(self._table).where(as_read).values(new)

    def _of(self, row: Any) -> R:
        record: R = self._class(**dict(zip(self._names, row, strict=True)))  # type: ignore[assignment]
        self._seen[record.id] = record.version
        return record

    def _seen_now(self, rows: Iterable[Any]) -> list[R]:
        """Records that the principal sees; `get` need not ask for them again."""
        found = [self._of(row) for row in rows]
        if len(found) <= MOST_AT_HAND:
            self._at_hand.update((record.id, record) for record in found)
        return found

    def forget_versions(self) -> None:
        """The unit of work was taken back to an earlier point: what was seen since is no longer so."""
        self._seen.clear()

    def _check_lengths(self, fields: dict[str, Any]) -> None:
        """SQLite would take any length; what it takes, PostgreSQL has to take too."""
        for name, longest in self._longest.items():
            value = fields.get(name)
            if isinstance(value, str) and len(value) > longest:
                raise TooLong(name, longest)

    def _derived(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Columns that are computed from others (search keys)."""
        return {}

    def _written(self, record: R, changed: Iterable[str]) -> None:
        """Keep what is stored elsewhere in step with a changed record."""

    def _check_add(self, fields: dict[str, Any]) -> None:
        """Raise NotPermitted or RecordNotVisible when the principal may not create this."""

    def _check_update(self, before: R, fields: dict[str, Any]) -> None:
        """Raise NotPermitted or RecordNotVisible when the principal may not change this."""


def _has_no_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
