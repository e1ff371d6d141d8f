"""Stores to test with, on SQLite and on PostgreSQL, and the small company that lives in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from crm_store.database import Database
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.store import Store, principal_of
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import load_world

T = TypeVar("T")
ORIGIN = Origin(channel="test", conversation_id="c1", message_id="m1", words="试一试")
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

COMPANY: dict[str, Any] = {
    "now": "2026-11-23T10:00:00+08:00",
    "timezone": "Asia/Shanghai",
    "seller": "青禾软件",
    "stages": [
        {"key": "talk", "name": "洽谈", "probability": 20},
        {"key": "offer", "name": "报价", "probability": 60},
        {"key": "won", "name": "赢单", "probability": 100},
        {"key": "lost", "name": "输单", "probability": 0},
    ],
    "users": [
        {"id": "ann", "name": "安宁", "role": "rep", "team": "东区"},
        {"id": "bob", "name": "卜波", "role": "rep", "team": "东区"},
        {"id": "meg", "name": "孟格", "role": "manager", "team": "东区"},
        {"id": "far", "name": "方然", "role": "rep", "team": "西区"},
        {"id": "boss", "name": "总管", "role": "admin"},
    ],
    "customers": [
        {"name": "银杏纸业有限公司", "aliases": ["银杏"], "industry": "造纸", "level": "A", "owner": "ann",
         "phone": "13900000001"},
        {"name": "白桦家具有限公司", "aliases": ["白桦"], "industry": "家具", "level": "B", "owner": "bob"},
        {"name": "胡杨能源有限公司", "aliases": [], "industry": "能源", "owner": "far"},
    ],
    "contacts": [
        {"customer": "银杏纸业有限公司", "name": "尹行", "title": "厂长", "phone": "13900000002"},
        {"customer": "胡杨能源有限公司", "name": "胡岩"},
    ],
    "products": [{"name": "排产软件", "category": "软件", "list_price": 120000}, {"name": "培训", "list_price": 800.5}],
    "opportunities": [
        {"name": "银杏排产", "customer": "银杏纸业有限公司", "stage": "talk", "amount": 240000, "owner": "ann",
         "products": ["排产软件"], "expected_close_date": "2026-12-20"},
        {"name": "白桦一期", "customer": "白桦家具有限公司", "stage": "offer", "amount": 99999.5, "owner": "bob",
         "products": []},
        {"name": "胡杨试点", "customer": "胡杨能源有限公司", "stage": "won", "amount": 50000, "owner": "far",
         "products": ["培训"], "closed_on": "2026-11-02"},
    ],
    "orders": [
        {"customer": "银杏纸业有限公司", "product": "培训", "quantity": 2, "amount": 1601,
         "ordered_on": "2025-03-04"},
    ],
    "notes": [
        {"customer": "银杏纸业有限公司", "author": "ann", "occurred_at": "2026-11-12T15:00:00+08:00",
         "summary": "想先试两条线", "opportunity": "银杏排产", "attendees": ["尹行"], "details": {"needs": "排产"}},
    ],
    "tasks": [
        {"title": "回访", "customer": "银杏纸业有限公司", "due_at": "2026-11-25T09:00:00+08:00", "assignee": "ann",
         "status": "open", "priority": "high"},
        {"title": "帮忙看方案", "customer": "银杏纸业有限公司", "assignee": "bob", "status": "open",
         "priority": "normal"},
    ],
    "leads": [
        {"name": "路人甲", "company": "某厂", "status": "new"},
        {"name": "路人乙", "status": "working", "owner": "far"},
    ],
}  # fmt: skip


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **by: float) -> None:
        self._now += timedelta(**by)


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """A store with COMPANY in it, and ways to use it as one of its people."""

    url: str
    store: Store
    clock: Clock

    def principal(self, key: str) -> Principal:
        found = self.store.read_now(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(key)))
        assert found is not None
        return found

    def read(self, key: str, work: Callable[[UnitOfWork], T]) -> T:
        return self.store.read_now(self.principal(key), work)

    def write(self, key: str, work: Callable[[UnitOfWork], T]) -> T:
        return self.store.write_now(self.principal(key), ORIGIN, work)

    def id(self, record_type: str, name: str) -> int:
        column = {"user": "key", "stage": "key", "task": "title", "note": "summary"}.get(record_type, "name")
        found = self.store.read_now(
            SYSTEM, lambda uow: uow.repository(record_type).find(uow.repository(record_type).c[column] == name)
        )
        assert len(found) == 1
        return int(found[0].id)


def fill(url: str) -> None:
    """Make a database with COMPANY in it."""
    upgrade(url)
    store = Store(Database(url), Clock())
    store.write_now(SYSTEM, Origin(channel="import"), lambda uow: load_world(uow, COMPANY))
    store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "company.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def company_url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a database that holds COMPANY and that only this test uses."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("prepared_postgres_url")("company", fill)
        return url
    path = tmp_path / "company.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def company(company_url: str) -> Iterator[Company]:
    """COMPANY in a store, on each of the two databases."""
    clock = Clock()
    store = Store(Database(company_url, pool_size=4), clock)
    yield Company(url=company_url, store=store, clock=clock)
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database without data."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("prepared_postgres_url")("empty", upgrade)
        return url
    url = f"sqlite:///{tmp_path}/empty.db"
    upgrade(url)
    return url


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    """A store without data, on each of the two databases."""
    store = Store(Database(empty_url, pool_size=4), Clock())
    yield store
    store.close()
