"""A unit of work that was opened for reading writes nowhere, whichever table it tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crm_store.database import Database
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM
from crm_store.schema import metadata
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company

WRITES: dict[str, Callable[[UnitOfWork], object]] = {
    "add": lambda uow: uow.leads.add(name="某人"),
    "update": lambda uow: uow.leads.update(1, source="展会"),
    "delete": lambda uow: uow.leads.delete(1),
    "restore": lambda uow: uow.leads.restore(uow.leads.require(1)),
    "outbox": lambda uow: uow.outbox.put("k", "note", 1, {}),
    "seen": lambda uow: uow.outbox.mark_seen([1]),
    "inbox": lambda uow: uow.inbox.record("web", "m1", "c1", {}),
    "conversation": lambda uow: uow.conversations.open("c1", "web"),
    "message": lambda uow: uow.conversations.append("c1", "user", "m1", "x", {}),
    "pending": lambda uow: uow.pendings.hold("p", "c1", calls=[], digest="d", shown={}, words=None),
    "credential": lambda uow: uow.credentials.issue(1, "link", timedelta(hours=1)),
    "setting": lambda uow: uow.settings.put("seller", "别家"),
    "document": lambda uow: uow.documents.put("a.md", b"# a"),
    "reminded": lambda uow: uow.tasks.mark_reminded(uow.tasks.find(uow.tasks.c.due_at.is_not(None))[0]),
}


def everything(company: Company) -> dict[str, int]:
    """How many rows each table has."""
    database = Database(company.url)
    tables = metadata.sorted_tables
    try:
        return database.read_now(
            lambda c: {t.name: c.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
        )
    finally:
        database.close()


def refused(company: Company, write: Callable[[UnitOfWork], object]) -> bool:
    try:
        company.read("boss", write)
    except StoreError:
        return True
    return False


def test_no_way_of_writing_works_in_a_read(company: Company) -> None:
    before = everything(company)
    assert [name for name, write in WRITES.items() if not refused(company, write)] == []
    assert everything(company) == before


def test_a_savepoint_is_no_way_round(company: Company) -> None:
    def work(uow: UnitOfWork) -> None:
        with uow.savepoint():
            uow.leads.add(name="某人")

    with pytest.raises(StoreError):
        company.read("boss", work)
    assert company.read("boss", lambda uow: uow.leads.count()) == 2


async def test_after_a_refused_write_the_store_goes_on(company: Company) -> None:
    with pytest.raises(StoreError):
        await company.store.read(SYSTEM, WRITES["add"])
    assert await company.store.read(SYSTEM, lambda uow: uow.leads.count()) == 2
