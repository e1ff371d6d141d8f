"""Writes that wait at the same time share one commit, and nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from crm_store.database import Database
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM, Origin
from crm_store.records import RECORD_TYPES
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Clock, Company

ORIGIN = Origin(channel="test")


class Held:
    """A write that keeps the writer's thread until the others wait behind it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()

    def work(self, uow: UnitOfWork) -> str:
        self.begun.set()
        assert self.go.wait(10)
        return uow.leads.add(name="首条").name


def adding(name: str) -> Callable[[UnitOfWork], str]:
    return lambda uow: uow.leads.add(name=name).name


def failing(uow: UnitOfWork) -> str:
    uow.leads.add(name="坏")
    with uow.savepoint():
        uow.outbox.put("bad", "note", 1, {})
    raise ValueError("坏")


@pytest.fixture(autouse=True)
def as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group stays open however slow the machine is."""
    monkeypatch.setattr("crm_store.group_commit.SECONDS", 60)


async def group(store: Store, works: list[Callable[[UnitOfWork], str]]) -> list[Any]:
    """What comes of writes that all wait while the first is at work."""
    held = Held()
    first = asyncio.create_task(store.write(SYSTEM, ORIGIN, held.work))
    await asyncio.to_thread(held.begun.wait)
    others = [asyncio.create_task(store.write(SYSTEM, ORIGIN, work)) for work in works]
    await asyncio.sleep(0)
    held.go.set()
    return await asyncio.gather(first, *others, return_exceptions=True)


def names(store: Store) -> list[str]:
    return sorted(lead.name for lead in store.read_now(SYSTEM, lambda uow: uow.leads.find()))


def commits(database: Database) -> list[str]:
    """Makes the writer's connections say when they commit."""
    from sqlalchemy import event

    said: list[str] = []

    @event.listens_for(database.engine, "connect")
    def listen(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(lambda sql: said.append(sql) if sql == "COMMIT" else None)

    return said


on_sqlite = pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)  # PostgreSQL commits by itself


@on_sqlite
async def test_those_who_wait_are_committed_together(company: Company) -> None:
    database = Database(company.url)
    said = commits(database)
    store = Store(database, Clock())
    before = names(store)
    done = await group(store, [adding("甲"), adding("乙"), adding("丙")])
    assert done == ["首条", "甲", "乙", "丙"]
    assert said == ["COMMIT"]
    assert names(store) == sorted([*before, "首条", "甲", "乙", "丙"])
    store.close()


@on_sqlite
async def test_one_that_fails_leaves_the_others_of_its_group(company: Company) -> None:
    store = Store(Database(company.url), Clock())
    before = names(store)
    entries = len(store.read_now(SYSTEM, lambda uow: uow.audit.recent(limit=100)))
    done = await group(store, [adding("甲"), failing, adding("乙")])
    assert done[:2] == ["首条", "甲"]
    assert done[3] == "乙"
    assert isinstance(done[2], ValueError)
    assert names(store) == sorted([*before, "首条", "甲", "乙"])
    assert store.read_now(SYSTEM, lambda uow: uow.outbox.undelivered()) == []
    assert len(store.read_now(SYSTEM, lambda uow: uow.audit.recent(limit=100))) == entries + 3
    store.close()


@on_sqlite
async def test_a_first_that_fails_does_not_hold_up_who_waits(company: Company) -> None:
    store = Store(Database(company.url), Clock())
    held = Held()

    def fails(uow: UnitOfWork) -> str:
        held.work(uow)
        raise ValueError("坏")

    first = asyncio.create_task(store.write(SYSTEM, ORIGIN, fails))
    await asyncio.to_thread(held.begun.wait)
    second = asyncio.create_task(store.write(SYSTEM, ORIGIN, adding("甲")))
    await asyncio.sleep(0)
    held.go.set()
    done = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(done[0], ValueError)
    assert done[1] == "甲"
    assert "甲" in names(store)
    assert "首条" not in names(store)
    store.close()


@on_sqlite
async def test_nobody_is_answered_before_the_commit(company: Company) -> None:
    store = Store(Database(company.url), Clock())
    other = sqlite3.connect(company.url.removeprefix("sqlite:///"))

    async def seen(name: str) -> int:
        await store.write(SYSTEM, ORIGIN, adding(name))
        return int(other.execute("SELECT count(*) FROM leads WHERE name = ?", (name,)).fetchone()[0])

    assert await asyncio.gather(*(seen(f"并发{number}") for number in range(12))) == [1] * 12
    other.close()
    store.close()


@on_sqlite
async def test_a_group_that_can_not_be_committed_is_lost_whole_and_caches_start_anew(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_store import database as module

    store = Store(Database(company.url), Clock())
    before = names(store)
    position = store.read_now(SYSTEM, lambda uow: uow.audit.newest_entry_id())
    ending = module._end
    refused: list[bool] = []

    def full(connection: Any, *, keep: bool) -> None:
        if keep and not refused:
            refused.append(True)
            raise StoreError("满了")
        ending(connection, keep=keep)

    monkeypatch.setattr(module, "_end", full)
    done = await group(store, [adding("甲"), failing])
    assert [type(each) for each in done] == [StoreError, StoreError, ValueError]
    assert names(store) == before
    await store.write(SYSTEM, ORIGIN, adding("乙"))
    touched = store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(position))
    assert {(kind, record_id) for _, kind, record_id in touched} == {(kind, 0) for kind in RECORD_TYPES}
    assert store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(touched[-1][0])) == []
    await store.write(SYSTEM, ORIGIN, adding("丙"))
    later = store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(touched[-1][0]))
    assert [kind for _, kind, _ in later] == ["lead"]
    store.close()


CHILD = """
import asyncio, sys
from crm_store.database import Database
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from tests.crm_store.conftest import Clock

store = Store(Database(sys.argv[1], pool_size=1), Clock())

async def writer(mark):
    for number in range(100):
        name = f"{mark}-{number}"
        await store.write(SYSTEM, Origin(channel="child"), lambda uow: both(uow, name))
        print(name, flush=True)

def both(uow, name):
    uow.leads.add(name=name)
    uow.outbox.put(name, "note", 1, {})

async def main():
    await asyncio.gather(*map(writer, range(8)))

asyncio.run(main())
"""


@pytest.mark.slow
@on_sqlite
def test_kill_9_loses_and_halves_nothing_of_a_group_that_was_told(company: Company) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, company.url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(101)]
    child.kill()
    told += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.wait()
    child.stdout.close()
    leads = [name for name in names(company.store) if "-" in name]
    sent = company.store.read_now(SYSTEM, lambda uow: uow.outbox.undelivered(limit=1000))
    assert len(leads) == len(set(leads)) == len(sent)
    assert set(told) <= set(leads)
    assert len(leads) <= len(told) + 8
