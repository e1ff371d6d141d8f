"""Name indexes by what a principal sees, kept fresh from the audit trail."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from crm_store.nameables import NAMED_TYPES, NameRow, names_of, visible_names
from crm_store.unit_of_work import UnitOfWork
from intents.names import Kind, Nameable, NameIndex

KEPT = 64
"""Indexes held at once; a service with more active users rebuilds (0.3 s at 10,000 names)."""
STALE = 500
"""Beyond so many changes the index is built anew."""


@dataclass(slots=True)
class _Entry:
    index: NameIndex
    seen: int


class NameCache:
    """One index for each distinct view of the data."""

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[object, ...], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def index_for(self, uow: UnitOfWork) -> NameIndex:
        """The names that this principal may see, as of this transaction."""
        principal = uow.principal
        key = (principal.role, principal.scope_ids, principal.user_id)
        newest = uow.audit.newest_entry_id()
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or newest - entry.seen > STALE:
                entry = _Entry(index=NameIndex.build(_nameable(row) for row in visible_names(uow)), seen=newest)
                self._entries[key] = entry
            elif newest > entry.seen:
                _refresh(entry, uow, newest)
            self._entries.move_to_end(key)
            while len(self._entries) > KEPT:
                self._entries.popitem(last=False)
            return entry.index


def _refresh(entry: _Entry, uow: UnitOfWork, newest: int) -> None:
    touched = {(kind, rid) for _, kind, rid in uow.audit.touched_since(entry.seen) if kind in NAMED_TYPES}
    if touched:
        rows = names_of(uow, touched)
        gone = [(Kind(kind), rid) for kind, rid in touched if (kind, rid) not in rows]
        entry.index = entry.index.with_changes([_nameable(row) for row in rows.values()], gone)
    entry.seen = newest


def _nameable(row: NameRow) -> Nameable:
    return Nameable(
        kind=Kind(row.record_type),
        id=row.id,
        name=row.name,
        aliases=(row.title,) if row.record_type == "lead" and row.title else row.aliases,
        customer_id=row.customer_id,
        title=row.title,
        region=row.region,
        industry=row.industry,
    )
