"""Fixtures of the assistant's tests: the world on SQLite, an assistant with a scripted or the embedded planner."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from assistant.bootstrap import Runtime, build
from assistant.planner import Planner
from assistant.planner.embedded import EmbeddedPlanner
from assistant.settings import Settings
from crm_store.database import Database
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.store import Store, principal_of
from crm_store.world import load_world
from intents.classifier import Classifier
from intents.phonetics import folded_syllables
from tests.assistant.world import WORLD, MovableClock, Scripted, Talk


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, built once; each test works on a copy of its file."""
    path = tmp_path_factory.mktemp("assistant") / "world.db"
    url = f"sqlite:///{path}"
    upgrade(url)
    store = Store(Database(url), MovableClock())
    store.write_now(SYSTEM, Origin(channel="test"), lambda uow: load_world(uow, WORLD))
    store.close()
    return path


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """The classifier as it is delivered, loaded once."""
    return Classifier.load(folded_syllables)


@pytest.fixture
def clock() -> MovableClock:
    """The time that all of a test's assistants share."""
    return MovableClock()


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    """Settings with a fresh world in its own file."""
    shutil.copyfile(built, tmp_path / "world.db")
    return Settings(database_url=f"sqlite:///{tmp_path}/world.db", planner="embedded")


@pytest.fixture
def planner() -> Iterator[Scripted]:
    """A planner whose plans the test writes; the test fails when one is left over."""
    scripted = Scripted()
    yield scripted
    scripted.check()


def _runtime(settings: Settings, clock: MovableClock, planner: Planner) -> Runtime:
    numbers = count(1)
    return build(settings, clock=clock, ids=lambda: f"id-{next(numbers)}", planner=planner)


@pytest.fixture
def runtime(settings: Settings, clock: MovableClock, planner: Scripted) -> Iterator[Runtime]:
    """An assistant that does what the scripted planner says."""
    made = _runtime(settings, clock, planner)
    yield made
    made.close()


@pytest.fixture
def embedded(settings: Settings, clock: MovableClock, classifier: Classifier) -> Iterator[Runtime]:
    """An assistant with the planner that needs no model."""
    own = EmbeddedPlanner()
    vars(own)["_classifier"] = classifier  # a cached property: loading the weights anew for each test takes time
    made = _runtime(settings, clock, own)
    yield made
    made.close()


def principal_in(runtime: Runtime, key: str) -> Principal:
    """A user of the world."""
    found = runtime.store.read_now(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(key)))
    assert found is not None
    return found


@pytest.fixture
def talk(runtime: Runtime) -> Talk:
    """蓝筱's conversation with the scripted assistant."""
    return Talk(runtime, principal_in(runtime, "lan"))


@pytest.fixture
def chat(embedded: Runtime) -> Talk:
    """蓝筱's conversation with the embedded planner."""
    return Talk(embedded, principal_in(embedded, "lan"))
