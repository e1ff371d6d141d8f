"""What changing a field entails: done by the tools that people's words reach too, so that both ways have one effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from channels.problems import Problem
from crm_store.editing import change
from crm_store.records import Record
from crm_store.unit_of_work import UnitOfWork
from tools.base import ToolContext, View
from tools.set_task_status import SetTaskStatus, set_task_status
from tools.update_opportunity import UpdateOpportunity, update_opportunity


def change_record(uow: UnitOfWork, record_type: str, before: Record, fields: dict[str, Any]) -> Record:
    """Change fields, with what follows from it. Raises what `crm_store.editing.change` and the tools raise."""
    plain = {name: value for name, value in fields.items() if (record_type, name) not in _ENTAILING}
    change(uow, record_type, before.id, plain)
    for name, value in fields.items():
        if (record_type, name) in _ENTAILING and getattr(before, name) != value:
            _ENTAILING[record_type, name](uow, before.id, value)
    changed: Record = uow.repository(record_type).require(before.id)
    return changed


def refuse_twin(uow: UnitOfWork, record_type: str, fields: dict[str, Any]) -> None:
    """Raise Problem duplicate where a customer to be created seems to be there already."""
    if record_type != "customer":
        return
    same = uow.customers.same_as(fields["name"], fields.get("phone"), fields.get("aliases") or ())
    if same:
        raise Problem("duplicate", details=[{"id": each.id, "name": each.name} for each in same])


def _set_status(uow: UnitOfWork, record_id: int, status: str) -> None:
    """Completing notes when; the next of a recurring task is made."""
    set_task_status.function(_context(uow), SetTaskStatus.model_validate({"tasks": (record_id,), "status": status}))


def _move(uow: UnitOfWork, record_id: int, stage_id: int) -> None:
    """Winning and losing note the day, reopening forgets it."""
    if uow.stages.get(stage_id) is None:
        raise Problem("invalid_body", details=[{"field": "stage_id", "message": "there is no such record"}])
    update_opportunity.function(_context(uow), UpdateOpportunity(opportunities=(record_id,), stage=stage_id))


def _context(uow: UnitOfWork) -> ToolContext:
    return ToolContext(crm=uow, view=View(language="zh", zone=uow.settings.timezone, now=uow.now))


_ENTAILING: dict[tuple[str, str], Callable[[UnitOfWork, int, Any], None]] = {
    ("task", "status"): _set_status,
    ("opportunity", "stage_id"): _move,
}
