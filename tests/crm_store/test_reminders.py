"""Each due time is reminded of once: after restarts, by two processes, after a change of plan."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crm_store.database import Database
from crm_store.principal import SYSTEM, Origin
from crm_store.reminders import remind
from crm_store.store import Store
from tests.crm_store.conftest import Company

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # 回访, 9:00 in Shanghai
ORIGIN = Origin(channel="reminders")


def look(company: Company) -> int:
    return company.store.write_now(SYSTEM, ORIGIN, remind)


def payloads(company: Company) -> list[dict[str, Any]]:
    return [row.payload for row in company.read("ann", lambda uow: uow.outbox.for_me(kind="reminder"))]


def wait_until(company: Company, moment: datetime) -> None:
    company.clock.move(seconds=(moment - company.clock.now()).total_seconds())


def test_a_task_is_reminded_of_once_when_it_falls_due(company: Company) -> None:
    wait_until(company, DUE - timedelta(seconds=1))
    assert look(company) == 0
    wait_until(company, DUE)
    assert [look(company), look(company)] == [1, 0]
    assert payloads(company) == [
        {
            "task_id": company.id("task", "回访"),
            "title": "回访",
            "customer": "银杏纸业有限公司",
            "due_at": "2026-11-25T09:00:00+08:00",
            "all_day": False,
            "late": False,
        }
    ]


def test_what_fell_due_while_nothing_ran_is_marked_late(company: Company) -> None:
    wait_until(company, DUE + timedelta(hours=2))
    look(company)
    assert [p["late"] for p in payloads(company)] == [True]


def test_a_new_due_time_is_reminded_of_again(company: Company) -> None:
    wait_until(company, DUE)
    look(company)
    later = DUE + timedelta(days=1)
    company.write("ann", lambda uow: uow.tasks.update(company.id("task", "回访"), due_at=later))
    assert look(company) == 0
    wait_until(company, later)
    assert look(company) == 1


@pytest.mark.parametrize("end", ["done", "cancelled", "deleted"])
def test_a_task_that_is_over_is_not_reminded_of(company: Company, end: str) -> None:
    task = company.id("task", "回访")
    if end == "deleted":
        company.write("ann", lambda uow: uow.tasks.delete(task))
    else:
        company.write("ann", lambda uow: uow.tasks.update(task, status=end))
    wait_until(company, DUE)
    assert look(company) == 0


def test_a_day_without_an_hour_is_reminded_of_in_the_morning(company: Company) -> None:
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    company.write("ann", lambda uow: uow.tasks.add(title="交报告", assignee_id=uow.principal.user_id, due_at=midnight))
    wait_until(company, midnight + timedelta(hours=8, minutes=59))
    assert look(company) == 0
    wait_until(company, midnight + timedelta(hours=9))
    assert look(company) == 1
    assert [(p["all_day"], p["late"]) for p in payloads(company)] == [(True, False)]


def test_two_processes_that_look_at_once_remind_once(company: Company) -> None:
    wait_until(company, DUE)
    others = [Store(Database(company.url, pool_size=1), company.clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda store: store.write_now(SYSTEM, ORIGIN, remind), others))
    for store in others:
        store.close()
    assert sum(found) == 1
    assert len(payloads(company)) == 1


def test_a_reminder_is_no_change_of_the_task(company: Company) -> None:
    task = company.id("task", "回访")
    wait_until(company, DUE)
    look(company)
    assert company.read("ann", lambda uow: uow.tasks.require(task)).version == 1
    assert company.read("boss", lambda uow: [s.channel for s in uow.audit.history("task", task)]) == ["import"]
