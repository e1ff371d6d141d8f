"""Nothing acknowledged is lost or doubled: many writers, kill -9, backup under load."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_store.backup import backup, restore
from crm_store.database import Database
from crm_store.errors import StoreError, VersionConflict
from crm_store.migrations import HEAD, current, upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import dump_world, snapshot
from tests.crm_store.conftest import START, Clock, Company

WRITERS, EACH = 32, 5
ORIGIN = Origin(channel="test")
CHILD = """
import sys
from crm_store.database import Database
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from tests.crm_store.conftest import Clock

store = Store(Database(sys.argv[1], pool_size=1), Clock())

def work(uow, number):
    uow.leads.add(name=f"线索{number}")
    uow.outbox.put(f"lead:{number}", "note", 1, {})

for number in range(100):
    store.write_now(SYSTEM, Origin(channel="child"), lambda uow: work(uow, number))
    print(number, flush=True)
"""


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


async def test_concurrent_writers_lose_nothing(company: Company) -> None:
    customer = company.id("customer", "银杏纸业有限公司")

    def increment(uow: UnitOfWork) -> None:
        count = uow.customers.require(customer).extra.get("count", 0)
        uow.customers.update(customer, extra={"count": count + 1})

    async def writer() -> None:
        done = 0
        while done < EACH:
            try:
                await company.store.write(SYSTEM, ORIGIN, increment)
            except VersionConflict:
                continue
            done += 1

    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    assert company.read("ann", lambda uow: uow.customers.require(customer)).extra == {"count": WRITERS * EACH}


def test_writers_of_several_processes_lose_nothing(company: Company) -> None:
    stores = [Store(Database(company.url, pool_size=1), Clock()) for _ in range(4)]

    def write(store: Store, mark: int) -> None:
        for number in range(10):
            store.write_now(SYSTEM, ORIGIN, adding(f"{mark}-{number}"))

    threads = [threading.Thread(target=write, args=(store, mark)) for mark, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert company.read("boss", lambda uow: uow.leads.count()) == 2 + 40


def adding(name: str) -> Callable[[UnitOfWork], object]:
    """A unit of work that adds one lead."""
    return lambda uow: uow.leads.add(name=name)


@pytest.mark.slow
def test_kill_9_loses_and_doubles_nothing_acknowledged(company: Company) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, company.url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = [int(child.stdout.readline()) for _ in range(37)]
    child.kill()
    acknowledged += [int(line) for line in child.stdout]
    child.wait()
    child.stdout.close()

    def found(uow: UnitOfWork) -> tuple[list[str], int, int]:
        leads = [lead.name for lead in uow.leads.find() if lead.name.startswith("线索")]
        return leads, len(uow.outbox.undelivered(limit=200)), len(uow.audit.recent(limit=200)) - 1

    leads, messages, change_sets = company.read("boss", found)
    assert len(leads) == len(set(leads)) == messages == change_sets
    assert {f"线索{number}" for number in acknowledged} <= set(leads)
    assert len(leads) <= len(acknowledged) + 1


def test_a_backup_under_load_is_whole_and_can_be_restored(company: Company, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            company.store.write_now(SYSTEM, ORIGIN, pair)

    def pair(uow: UnitOfWork) -> None:
        uow.leads.add(name="甲")
        uow.leads.add(name="乙")

    thread = threading.Thread(target=write)
    thread.start()
    database = Database(company.url)
    try:
        backup(database, tmp_path / "backup", no_progress)
    finally:
        stop.set()
        thread.join()
    restore(database, tmp_path / "backup", no_progress, START)
    database.close()
    names = company.read("boss", lambda uow: [lead.name for lead in uow.leads.find()])
    assert len([n for n in names if n.startswith("甲")]) == len([n for n in names if n.startswith("乙")])


def test_a_restore_brings_everything_back_and_tells_caches(company: Company, tmp_path: Path) -> None:
    database = Database(company.url)
    backup(database, tmp_path / "backup", no_progress)
    before = company.store.read_now(SYSTEM, dump_world)
    company.write("ann", lambda uow: uow.customers.delete(company.id("customer", "银杏纸业有限公司")))
    company.write("ann", lambda uow: uow.leads.add(name="后来的"))
    position = company.store.read_now(SYSTEM, lambda uow: uow.audit.newest_entry_id())
    restore(database, tmp_path / "backup", no_progress, START)
    database.close()
    assert company.store.read_now(SYSTEM, dump_world) == before
    touched = company.store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(position))
    assert ("customer", 0) in {(record_type, record_id) for _, record_type, record_id in touched}
    assert company.write("ann", lambda uow: uow.leads.add(name="新的")).id > 0
    assert company.store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(touched[-1][0]))


def test_what_is_no_backup_is_refused_and_nothing_changes(company: Company, tmp_path: Path) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    (tmp_path / "no").write_bytes(b"not a backup at all")
    database = Database(company.url)
    with pytest.raises(StoreError, match="不是本系统的备份"):
        restore(database, tmp_path / "no", no_progress, START)
    database.close()
    assert company.store.read_now(SYSTEM, snapshot) == before


def test_migrations_bring_an_empty_database_to_the_tables_of_the_program(empty_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from crm_store.schema import metadata

    database = Database(empty_url)
    assert database.read_now(current) == HEAD
    assert database.read_now(lambda c: compare_metadata(MigrationContext.configure(c), metadata)) == []
    database.close()
    assert upgrade(empty_url) is False


def test_a_database_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    from sqlalchemy import text

    database = Database(empty_url)
    database.write_now(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    database.close()
    with pytest.raises(StoreError):
        upgrade(empty_url)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        Database(url)


def test_positions_skip_no_change_that_commits_late(company: Company) -> None:
    """PostgreSQL gives entry ids before it commits: what is read in between must not be skipped for ever."""
    if company.url.startswith("sqlite"):  # one writer: there is no in between
        start = company.store.read_now(SYSTEM, lambda uow: uow.audit.newest_entry_id())
        company.write("ann", lambda uow: uow.leads.add(name="x"))
        assert len(company.store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(start))) == 1
        return
    assert _seen_while_another_is_open(company) == {"早开始", "晚开始"}


def _seen_while_another_is_open(company: Company) -> set[str]:
    names: dict[int, str] = {}
    position = company.store.read_now(SYSTEM, lambda uow: uow.audit.newest_entry_id())

    def look(position: int) -> int:
        touched = company.store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(position))
        ids = [record_id for _, record_type, record_id in touched if record_type == "lead"]
        names.update(company.store.read_now(SYSTEM, lambda uow: {i: x.name for i, x in uow.leads.many(ids).items()}))
        return touched[-1][0] if touched else position

    def slow(uow: UnitOfWork) -> None:
        nonlocal position
        uow.leads.add(name="早开始")
        company.write("boss", lambda other: other.leads.add(name="晚开始"))
        position = look(position)
        assert set(names.values()) == {"晚开始"}

    company.store.write_now(SYSTEM, ORIGIN, slow)
    look(position)
    return set(names.values())


def test_a_busy_database_is_said_so_and_serves_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sqlite3

    monkeypatch.setattr("crm_store.database.BUSY_SECONDS", 0.05)
    path = tmp_path / "busy.db"
    upgrade(f"sqlite:///{path}")
    store = Store(Database(f"sqlite:///{path}"), Clock())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="正忙"):
        store.write_now(SYSTEM, ORIGIN, adding("甲"))
    other.execute("ROLLBACK")
    other.close()
    store.write_now(SYSTEM, ORIGIN, adding("乙"))
    assert store.read_now(SYSTEM, lambda uow: [lead.name for lead in uow.leads.find()]) == ["乙"]
    store.close()
