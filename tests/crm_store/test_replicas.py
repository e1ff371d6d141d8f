"""Several processes on one database: migrations, increments and reminders come out as with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_store.database import Database
from crm_store.errors import VersionConflict
from crm_store.migrations import HEAD, current, upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.reminders import KIND, LATE_AFTER, remind
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, Company

WRITERS = 32
DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def replicas(company: Company) -> Iterator[list[Store]]:
    stores = [Store(Database(company.url, pool_size=4), company.clock) for _ in range(2)]
    yield stores
    for store in stores:
        store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table; the SQLite file does not even exist."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path}/new/folder/store.db"


def test_processes_that_start_at_once_on_an_empty_database_all_find_its_tables(blank_url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(upgrade, [blank_url] * 3))
    assert sorted(made) == [False, False, True]
    database = Database(blank_url)
    assert database.read_now(current) == HEAD
    database.close()
    assert upgrade(blank_url) is False


def test_increments_of_several_processes_lose_nothing(company: Company, replicas: list[Store]) -> None:
    customer = company.id("customer", "银杏纸业有限公司")

    def increment(uow: UnitOfWork) -> None:
        found = uow.customers.require(customer)
        extra = {"count": found.extra.get("count", 0) + 1}
        uow.customers.update(customer, expected_version=found.version, extra=extra)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: until_done(replicas[number % 2], increment), range(WRITERS)))
    found = company.read("ann", lambda uow: uow.customers.require(customer))
    assert (found.extra, found.version) == ({"count": WRITERS}, WRITERS + 1)
    versions = [e.changes[0].record.version for e in company.read("boss", lambda uow: uow.audit.recent(limit=WRITERS))]
    assert versions == [*range(WRITERS + 1, 1, -1)]


def until_done(store: Store, work: Callable[[UnitOfWork], None]) -> None:
    """Repeat a unit of work as long as another one is faster."""
    while True:
        try:
            store.write_now(SYSTEM, ORIGIN, work)
        except VersionConflict:
            continue
        return


def test_reminders_are_put_once_whichever_process_looks_next(company: Company, replicas: list[Store]) -> None:
    company.clock.move(seconds=(DUE - company.clock.now()).total_seconds())
    looks = [store.write_now(SYSTEM, Origin(channel="reminders"), remind) for store in (*replicas, *replicas)]
    assert looks == [1, 0, 0, 0]


@pytest.mark.parametrize(("after", "late"), [(LATE_AFTER, False), (LATE_AFTER + timedelta(seconds=1), True)])
def test_a_reminder_is_late_when_it_is_found_later_than_allowed(company: Company, after: timedelta, late: bool) -> None:
    company.clock.move(seconds=(DUE + after - company.clock.now()).total_seconds())
    company.store.write_now(SYSTEM, Origin(channel="reminders"), remind)
    rows = company.read("ann", lambda uow: uow.outbox.for_me(kind=KIND))
    assert [row.payload["late"] for row in rows] == [late]
    assert company.read("bob", lambda uow: uow.outbox.for_me()) == []
