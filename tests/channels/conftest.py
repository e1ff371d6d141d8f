"""A running app on its own SQLite store, with a scripted planner and clients that are signed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.bootstrap import Runtime, build
from assistant.settings import Settings
from channels.app import create_app
from channels.rest.sessions import new_link
from channels.service import Service
from crm_store.database import Database
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from crm_store.world import load_world
from tests.channels.scripted import Scripted
from tests.channels.world import WORLD, Clock

ORIGIN = Origin(channel="test")
API = "/api/v1"


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Everything a test of the channels works with."""

    runtime: Runtime
    planner: Scripted
    clock: Clock
    app: FastAPI

    def link_token(self, user: str) -> str:
        """The token of a new sign-in link."""
        link = self.runtime.store.write_now(SYSTEM, ORIGIN, lambda uow: new_link(uow, user))
        assert link is not None
        return link.partition("token=")[2]

    def client(self) -> TestClient:
        """A client that is not signed in."""
        return TestClient(self.app, base_url="http://127.0.0.1", raise_server_exceptions=False)

    def bearer(self, user: str) -> TestClient:
        """A client with a bearer token."""
        client = self.client()
        answer = client.post(f"{API}/sign-in", json={"token": self.link_token(user), "session": "bearer"})
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return client

    def browser(self, user: str) -> TestClient:
        """A client with a session cookie and the token that writes need."""
        client = self.client()
        answer = client.post(f"{API}/sign-in", json={"token": self.link_token(user)})
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client

    def record(self, record_type: str, **fields: object) -> Any:
        """The one record with these values."""
        found = self.runtime.store.read_now(SYSTEM, lambda uow: uow.repository(record_type).find())
        (record,) = [r for r in found if all(getattr(r, name) == value for name, value in fields.items())]
        return record


def fill(url: str) -> None:
    """Make a store with the test world."""
    upgrade(url)
    store = Store(Database(url), Clock())
    store.write_now(SYSTEM, ORIGIN, lambda uow: load_world(uow, WORLD))
    store.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the test world, made once; tests copy it."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    fill(f"sqlite:///{path}")
    return path


ON_BOTH = pytest.mark.parametrize(
    "house_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
"""Marks tests that run on either database; the others run on SQLite alone."""


@pytest.fixture
def house_url(request: pytest.FixtureRequest, filled: Path, tmp_path: Path) -> str:
    """The URL of a store with the test world that is this test's own."""
    if getattr(request, "param", "sqlite") == "postgres":
        url: str = request.getfixturevalue("prepared_postgres_url")("channels", fill)
        return url
    shutil.copyfile(filled, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(scope="session")
def routes(filled: Path) -> FastAPI:
    """An app whose routes are built (that takes a while); every test puts a service of its own behind them."""
    settings = Settings(database_url=f"sqlite:///{filled}", reminder_seconds=3600, planner="embedded")
    runtime = build(settings, clock=Clock(), planner=Scripted())
    app = create_app(runtime)
    runtime.close()
    return app


@pytest.fixture
def house(house_url: str, routes: FastAPI) -> Iterator[House]:
    """A store of this test's own with an app around it."""
    settings = Settings(database_url=house_url, reminder_seconds=3600, planner="embedded")
    planner, clock = Scripted(), Clock()
    runtime = build(settings, clock=clock, planner=planner)
    routes.state.service = Service(runtime=runtime)
    yield House(runtime=runtime, planner=planner, clock=clock, app=routes)
    runtime.close()
    assert planner.unused == []


@pytest.fixture
def rep(house: House) -> TestClient:
    """何青's program."""
    return house.bearer("heqing")


@pytest.fixture
def other(house: House) -> TestClient:
    """The program of 宋宇, who is of another team."""
    return house.bearer("songyu")


@pytest.fixture
def talk(rep: TestClient) -> str:
    """A new conversation of 何青's."""
    return str(rep.post(f"{API}/conversations", json={}).json()["id"])
