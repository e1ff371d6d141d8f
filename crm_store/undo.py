"""Taking a change set back: every record as it was before, or a refusal that says why."""

from __future__ import annotations

from typing import Any

from crm_store.audit import CREATE, DELETE, Change, ChangeSet
from crm_store.errors import UndoRefused
from crm_store.records import Record
from crm_store.repository import Repository
from crm_store.unit_of_work import UnitOfWork

UNDO = "undo"


def undo(uow: UnitOfWork, change_set: ChangeSet) -> list[Change]:
    """Take all changes of a change set back, newest first, and return what that did.

    Raises UndoRefused when it was taken back before or when a record has been changed since. A later change of other
    fields of the same record does not stand in the way; a record that was created is taken away only if nobody but
    the same user has touched it since.
    """
    if change_set.undone_by is not None:
        raise UndoRefused("这次修改已经撤销过了")
    uow.audit.kind = UNDO
    for change in reversed(change_set.changes):
        _take_back(uow, change, change_set)
    uow.audit.mark_undone(change_set.id)
    return list(uow.audit.changes)


def _take_back(uow: UnitOfWork, change: Change, change_set: ChangeSet) -> None:
    repository = uow.repository(change.record_type)
    if change.op == DELETE:
        assert change.before is not None
        repository.restore(change.before)
        return
    current = repository.get(change.record_id)
    if current is None:
        raise UndoRefused("这条记录已被删除,或者不再归您负责,无法撤销")
    if change.op == CREATE:
        _take_creation_back(uow, repository, change, change_set)
    else:
        _take_update_back(repository, current, change)


def _take_creation_back(uow: UnitOfWork, repository: Repository[Any], change: Change, change_set: ChangeSet) -> None:
    later = [s for s in uow.audit.history(change.record_type, change.record_id) if s.id > change_set.id]
    if any(s.user_id != uow.principal.user_id for s in later):
        raise UndoRefused("这条记录之后又被别人修改过,无法撤销;请直接删除或修改")
    repository.delete(change.record_id)


def _take_update_back(repository: Repository[Any], current: Record, change: Change) -> None:
    fields = change.changed_fields()
    if any(getattr(current, name) != getattr(change.after, name) for name in fields):
        raise UndoRefused("这条记录之后又被修改过,撤销会丢掉后来的修改;请直接说改成什么")
    repository.update(change.record_id, **{name: getattr(change.before, name) for name in fields})
