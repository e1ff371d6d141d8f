"""The audit trail: what each change set did to each record, and what taking it back needs to know."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, union_all, update

from crm_store.group_commit import LOSSES, Losses
from crm_store.prepared import add, prepared
from crm_store.principal import Origin, Principal
from crm_store.records import RECORD_TYPES, Record
from crm_store.schema import RECORD_TABLES, BigId, Hundredths, Instant, Tuple, audit_entries, change_sets

CREATE, UPDATE, DELETE = "create", "update", "delete"
IMPORT = "import"
EVERYTHING = 0
"""In `touched_since`, the record id that stands for all records of a type: too many to name."""
ERA = 1 << 48
"""What a lost group of writes (SQLite) adds to a position: the ids of its entries are given to others."""
_NAMED_ONE_BY_ONE = 1000
_BOOKKEEPING = ("version", "created_at", "updated_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One record before and after; None where it did not exist (or was deleted)."""

    op: str
    record_type: str
    record_id: int
    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it now stands, or as it last stood."""
        found = self.after or self.before
        assert found is not None
        return found

    def changed_fields(self) -> tuple[str, ...]:
        """Names of the fields that differ, bookkeeping left out."""
        if self.before is None or self.after is None:
            return ()
        names = (f.name for f in dataclasses.fields(self.record))
        return tuple(n for n in names if n not in _BOOKKEEPING and getattr(self.before, n) != getattr(self.after, n))


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRange:
    """The records that one batch of an import made; they have no entry of their own."""

    record_type: str
    first_id: int
    last_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSet:
    """What one message (or import, merge, undo) did, in order."""

    id: int
    kind: str
    user_id: int | None
    channel: str
    conversation_id: str | None
    message_id: str | None
    words: str | None
    at: datetime
    undone_by: int | None
    changes: tuple[Change, ...]
    imported: tuple[ImportedRange, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A point in a unit of work's audit trail."""

    set_id: int | None
    kind: str
    count: int


class AuditTrail:
    """Writes audit entries in the transaction of the change itself, and reads them back."""

    def __init__(self, connection: Connection, principal: Principal, origin: Origin, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._origin = origin
        self._now = now
        self._set_id: int | None = None
        self.kind = "do"
        self.changes: list[Change] = []

    @property
    def change_set_id(self) -> int | None:
        """Id of this unit of work's change set; None while nothing has changed."""
        return self._set_id

    def mark(self) -> Mark:
        """Where the trail stands, for `since` and `rewind`."""
        return Mark(set_id=self._set_id, kind=self.kind, count=len(self.changes))

    def since(self, mark: Mark) -> tuple[Change, ...]:
        """The changes after `mark`."""
        return tuple(self.changes[mark.count :])

    def rewind(self, mark: Mark) -> None:
        """Forget what came after `mark`; the caller has rolled the database back to it."""
        self._set_id, self.kind = mark.set_id, mark.kind
        del self.changes[mark.count :]

    def record(self, op: str, record_type: str, before: Record | None, after: Record | None) -> None:
        """Add one entry; the change set is opened with the first."""
        shown = after or before
        assert shown is not None
        self.changes.append(Change(op=op, record_type=record_type, record_id=shown.id, before=before, after=after))
        add(
            self._connection,
            audit_entries,
            {
                "change_set_id": self._open_set(),
                "record_type": record_type,
                "record_id": shown.id,
                "last_id": None,
                "op": op,
                "before": None if before is None else to_plain(before),
                "after": None if after is None else to_plain(after),
                "version": shown.version,
            },
        )

    def record_import(self, record_type: str, first_id: int, last_id: int) -> None:
        """Add one entry for all records of an imported batch; only the bulk path calls this."""
        add(
            self._connection,
            audit_entries,
            {
                "change_set_id": self._open_set(),
                "record_type": record_type,
                "record_id": first_id,
                "last_id": last_id,
                "op": IMPORT,
                "before": None,
                "after": None,
                "version": 1,
            },
        )

    def _open_set(self) -> int:
        if self._set_id is None:
            self._set_id = self._add_set()
        return self._set_id

    def _add_set(self) -> int:
        return add(
            self._connection,
            change_sets,
            {
                "user_id": self._principal.user_id or None,
                "kind": self.kind,
                "channel": self._origin.channel,
                "conversation_id": self._origin.conversation_id,
                "message_id": self._origin.message_id,
                "words": self._origin.words,
                "at": self._now,
            },
        )

    def load(self, change_set_id: int) -> ChangeSet | None:
        """One change set of this principal, with its changes."""
        row = self._connection.execute(
            select(change_sets).where(change_sets.c.id == change_set_id, self._own())
        ).one_or_none()
        return None if row is None else self._with_changes(row)

    def recent(self, *, conversation_id: str | None = None, limit: int = 20) -> list[ChangeSet]:
        """The newest change sets of this principal, newest first; undone and undoing ones included."""
        query = select(change_sets).where(self._own()).order_by(change_sets.c.id.desc()).limit(limit)
        if conversation_id is not None:
            query = query.where(change_sets.c.conversation_id == conversation_id)
        return [self._with_changes(row) for row in self._connection.execute(query)]

    def history(self, record_type: str, record_id: int, *, limit: int = 50) -> list[ChangeSet]:
        """The change sets that touched one record, newest first. The caller checks that it is visible."""
        entry = audit_entries.c
        of_record = (entry.record_type == record_type) & (entry.record_id == record_id) & entry.last_id.is_(None)
        imported = (entry.record_type == record_type) & (entry.record_id <= record_id) & (entry.last_id >= record_id)
        ids = union_all(select(entry.change_set_id).where(of_record), select(entry.change_set_id).where(imported))
        rows = self._connection.execute(
            select(change_sets).where(change_sets.c.id.in_(ids)).order_by(change_sets.c.id.desc()).limit(limit)
        )
        return [self._with_changes(row) for row in rows]

    def mark_undone(self, change_set_id: int) -> bool:
        """Say that this unit of work takes `change_set_id` back; False when that was done before."""
        waiting = (change_sets.c.id == change_set_id) & change_sets.c.undone_by.is_(None)
        done = self._connection.execute(update(change_sets).where(waiting).values(undone_by=self._open_set()))
        return done.rowcount == 1

    def newest_entry_id(self) -> int:
        """Where a cache that is filled now starts: give it to `touched_since` later. Anybody's changes count.

        On SQLite that is the newest entry's id (in its `ERA`). On PostgreSQL, where entries don't commit in the order
        of their ids, it is the newest transaction before the oldest that is still running.
        """
        if self._connection.dialect.name == "sqlite":
            return self._era() * ERA + self._newest()
        return self._finished()

    def touched_since(self, position: int) -> list[tuple[int, str, int]]:
        """(position, record type, record id) of everybody's changes after `position`, oldest first.

        Go on from the last position given. While another transaction runs, PostgreSQL gives changes that committed
        before it again: to read a name twice does no harm. A record id of 0 (`EVERYTHING`) means that so many were
        imported that all of that type are better read anew.
        """
        if self._connection.dialect.name == "sqlite":
            return self._touched_in_era(*divmod(position, ERA))
        horizon = self._finished()
        rows = prepared(self._connection, "touched since", _touched_by_tx).rows(
            self._connection, {"position": position}
        )
        return [
            (min(at, horizon), record_type, record_id)
            for at, record_type, first, last in rows
            for record_id in _named(first, last)
        ]

    def _touched_in_era(self, era: int, newest: int) -> list[tuple[int, str, int]]:
        """What was touched after the entry `newest`; all, when a group was lost since: its ids are given once more."""
        present = self._era()
        if era != present:
            position = present * ERA + self._newest()
            return [(position, record_type, EVERYTHING) for record_type in RECORD_TABLES]
        rows = prepared(self._connection, "touched since", _touched_in_order).rows(
            self._connection, {"position": newest}
        )
        return [
            (present * ERA + at, record_type, record_id)
            for at, record_type, first, last in rows
            for record_id in _named(first, last)
        ]

    def _era(self) -> int:
        losses: Losses = self._connection.info[LOSSES]
        return losses.count

    def _newest(self) -> int:
        return self._connection.execute(select(func.max(audit_entries.c.id))).scalar_one() or 0

    def _finished(self) -> int:
        """The newest transaction id such that it and all before it have ended."""
        query: Select[Any] = select(literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
        return int(self._connection.execute(query).scalar_one()) - 1

    def _own(self) -> Any:
        scope = self._principal.scope_ids
        return change_sets.c.id.is_not(None) if scope is None else change_sets.c.user_id.in_(scope)

    def _with_changes(self, row: Any) -> ChangeSet:
        query = select(audit_entries).where(audit_entries.c.change_set_id == row.id).order_by(audit_entries.c.id)
        entries = self._connection.execute(query).all()
        return ChangeSet(
            id=row.id,
            kind=row.kind,
            user_id=row.user_id,
            channel=row.channel,
            conversation_id=row.conversation_id,
            message_id=row.message_id,
            words=row.words,
            at=row.at,
            undone_by=row.undone_by,
            changes=tuple(_change(entry) for entry in entries if entry.last_id is None),
            imported=tuple(_imported(entry) for entry in entries if entry.last_id is not None),
        )


def _touched(order: Any) -> Select[Any]:
    entry = audit_entries.c
    query: Select[Any] = select(order, entry.record_type, entry.record_id, entry.last_id)
    return query.where(order > bindparam("position", type_=BigId)).order_by(order, entry.id)


def _touched_in_order() -> Select[Any]:
    return _touched(audit_entries.c.id)


def _touched_by_tx() -> Select[Any]:
    return _touched(audit_entries.c.tx)


def _change(entry: Any) -> Change:
    return Change(
        op=entry.op,
        record_type=entry.record_type,
        record_id=entry.record_id,
        before=from_plain(entry.record_type, entry.before),
        after=from_plain(entry.record_type, entry.after),
    )


def _imported(entry: Any) -> ImportedRange:
    return ImportedRange(record_type=entry.record_type, first_id=entry.record_id, last_id=entry.last_id)


def _named(first: int, last: int | None) -> Iterable[int]:
    if last is None:
        return (first,)
    return range(first, last + 1) if last - first < _NAMED_ONE_BY_ONE else (EVERYTHING,)


def to_plain(record: Record) -> dict[str, Any]:
    """A record as JSON values: times in ISO 8601, money as a decimal string."""
    kind: Any = type(record)
    return {name: _plain(getattr(record, name)) for name in _names_of(kind)}


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))


def _plain(value: Any) -> Any:
    if value is None or value.__class__ in _AS_THEY_ARE:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def from_plain(record_type: str, plain: dict[str, Any] | None) -> Record | None:
    """The inverse of `to_plain`; fields that a newer version added take their defaults."""
    if plain is None:
        return None
    columns = RECORD_TABLES[record_type].c
    cls = RECORD_TYPES[record_type]
    known = {f.name for f in dataclasses.fields(cls)}
    return cls(**{name: _typed(columns[name].type, value) for name, value in plain.items() if name in known})


_AS_THEY_ARE = frozenset({str, int, bool, float, dict, list})


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Hundredths):
        return Decimal(value)
    if isinstance(kind, Tuple):
        return tuple(value)
    return date.fromisoformat(value) if kind.python_type is date else value
