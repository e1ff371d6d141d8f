"""Taking a change set back: every record as it was before, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from crm_store.audit import CREATE, DELETE, Change, ChangeSet, ImportedRange
from crm_store.errors import UndoRefused
from crm_store.fields import FIELDS, HOUSEKEEPING, Kind
from crm_store.records import Record
from crm_store.repository import Repository
from crm_store.schema import RECORD_TABLES
from crm_store.unit_of_work import UnitOfWork

UNDO = "undo"
LARGEST_IMPORT = 5000
"""So many imported records are taken back one by one; for more, a backup is the way."""
_CHANGED = "这条记录之后又被修改过,撤销会丢掉后来的修改;请直接说改成什么"
_GONE = "这条记录已被删除,或者不再归您负责,无法撤销"


def undo(uow: UnitOfWork, change_set: ChangeSet) -> list[Change]:
    """Take all changes of a change set back, newest first, and return what that did.

    Raises UndoRefused, having changed nothing, when it was taken back before or a record has been changed since. A
    later change of other fields of the same record does not stand in the way; a record that was created is taken away
    only if nobody else has touched it since and nothing that came later hangs on it.
    """
    with uow.savepoint() as savepoint:
        uow.audit.kind = UNDO
        if not uow.audit.mark_undone(change_set.id):
            raise UndoRefused("这次修改已经撤销过了")
        for change in reversed(change_set.changes):
            _take_back(uow, change, change_set)
        for imported in reversed(change_set.imported):
            _take_import_back(uow, imported)
        return list(savepoint.changes)


def _take_back(uow: UnitOfWork, change: Change, change_set: ChangeSet) -> None:
    repository = uow.repository(change.record_type)
    if change.op == DELETE:
        _take_deletion_back(repository, change)
        return
    current = repository.get(change.record_id) or _given_away(uow, repository, change, change_set)
    if current is None:
        raise UndoRefused(_GONE)
    if change.op == CREATE:
        _take_creation_back(uow, repository, change, change_set)
    else:
        _take_update_back(repository, current, change)


def _take_deletion_back(repository: Repository[Any], change: Change) -> None:
    assert change.before is not None
    row = repository.raw(change.record_id)
    if row is None or row.deleted_at is None or row.version != change.before.version + 1:
        raise UndoRefused(_CHANGED)
    repository.restore(change.before)
    if repository.get(change.record_id) is None:
        raise UndoRefused(_GONE)


def _given_away(uow: UnitOfWork, repository: Repository[Any], change: Change, change_set: ChangeSet) -> Record | None:
    """A record that this very change took out of the sight of who made it, if nobody has touched it since."""
    row = repository.raw(change.record_id)
    mine = change_set.user_id == uow.principal.user_id
    untouched = row is not None and change.after is not None and row.version == change.after.version
    return row if mine and untouched and row is not None and row.deleted_at is None else None


def _take_creation_back(uow: UnitOfWork, repository: Repository[Any], change: Change, change_set: ChangeSet) -> None:
    later = [s for s in uow.audit.history(change.record_type, change.record_id) if s.id > change_set.id]
    if any(s.user_id != uow.principal.user_id for s in later):
        raise UndoRefused("这条记录之后又被别人修改过,无法撤销;请直接删除或修改")
    if any(_hanging_on(uow, change)):
        raise UndoRefused("后来又有别的记录挂在它下面,无法撤销;请先撤销或删除那些记录")
    repository.delete(change.record_id)


def _hanging_on(uow: UnitOfWork, change: Change) -> Iterator[bool]:
    """For each kind of reference to the record, whether a living record has one."""
    mentions = [(t, f) for t, fields in FIELDS.items() for f in fields if f.target == change.record_type]
    for record_type, field in mentions:
        if field.kind is Kind.REF and record_type not in HOUSEKEEPING:
            table = RECORD_TABLES[record_type]
            hanging = (table.c[field.column] == change.record_id) & table.c.deleted_at.is_(None)
            yield any(True for _ in uow.rows(select(table.c.id).where(hanging).limit(1)))


def _take_update_back(repository: Repository[Any], current: Record, change: Change) -> None:
    fields = change.changed_fields()
    if any(getattr(current, name) != getattr(change.after, name) for name in fields):
        raise UndoRefused(_CHANGED)
    repository.put_back(current, {name: getattr(change.before, name) for name in fields})


def _take_import_back(uow: UnitOfWork, imported: ImportedRange) -> None:
    if imported.last_id - imported.first_id >= LARGEST_IMPORT:
        raise UndoRefused("导入的记录太多,无法逐条撤销;请从备份恢复")
    repository = uow.repository(imported.record_type)
    records = repository.find(repository.c.id.between(imported.first_id, imported.last_id))
    if len(records) != imported.last_id - imported.first_id + 1 or any(record.version != 1 for record in records):
        raise UndoRefused("导入的记录后来有修改或删除,无法整批撤销")
    for record in records:
        repository.delete(record.id)
