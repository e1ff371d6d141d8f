"""Due tasks become outbox rows, each due time exactly once, whoever looks and however often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select

from crm_store.records import OPEN, Task
from crm_store.schema import customers
from crm_store.unit_of_work import UnitOfWork

KIND = "reminder"
LATE_AFTER = timedelta(minutes=5)
MORNING = timedelta(hours=9)
"""When a task that is due on a day without an hour (midnight in the store's zone) is reminded of."""
AT_ONCE = 200


def remind(uow: UnitOfWork, *, late_after: timedelta = LATE_AFTER, limit: int = AT_ONCE) -> int:
    """Put a reminder for each open task that has fallen due into its assignee's outbox; returns how many are new.

    Runs as the system. The payload holds `task_id`, `title`, `customer` (name or None), `due_at` (ISO 8601 in the
    store's zone), `all_day`, and `late`: found more than `late_after` past the time, because nothing was running.
    """
    due = list(_due(uow, limit))
    names = _customer_names(uow, due)
    new = sum(_put(uow, task, names, late_after) for task in due)
    for task in due:
        uow.tasks.mark_reminded(task)
    return new


def _due(uow: UnitOfWork, limit: int) -> Iterator[Task]:
    c = uow.tasks.c
    unreminded = or_(c.reminded_for.is_(None), c.reminded_for != c.due_at)
    found = uow.tasks.find(c.status == OPEN, c.due_at <= uow.now, unreminded, order=(c.due_at,), limit=limit)
    return (task for task in found if _moment(uow, task) <= uow.now)


def _moment(uow: UnitOfWork, task: Task) -> datetime:
    assert task.due_at is not None
    return task.due_at + MORNING if _is_all_day(uow, task) else task.due_at


def _is_all_day(uow: UnitOfWork, task: Task) -> bool:
    assert task.due_at is not None
    return task.due_at.astimezone(uow.settings.timezone).time() == time()


def _put(uow: UnitOfWork, task: Task, names: dict[int, str], late_after: timedelta) -> bool:
    assert task.due_at is not None
    payload = {
        "task_id": task.id,
        "title": task.title,
        "customer": None if task.customer_id is None else names.get(task.customer_id),
        "due_at": task.due_at.astimezone(uow.settings.timezone).isoformat(),
        "all_day": _is_all_day(uow, task),
        "late": uow.now - _moment(uow, task) > late_after,
    }
    return uow.outbox.put(f"task:{task.id}:{task.due_at:%Y%m%dT%H%M%S}", KIND, task.assignee_id, payload)


def _customer_names(uow: UnitOfWork, due: list[Task]) -> dict[int, str]:
    ids = {task.customer_id for task in due if task.customer_id is not None}
    query = select(customers.c.id, customers.c.name).where(customers.c.id.in_(ids))
    return {record_id: name for record_id, name in uow.rows(query)} if ids else {}
