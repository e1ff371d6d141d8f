"""Fixtures of the tools' tests: the world on SQLite for all of them, on PostgreSQL for the queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools.world import World, build_world, open_world

Built = tuple[Path, dict[str, int]]


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The world, built once; each test works on a copy of its file."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    return path, build_world(f"sqlite:///{path}")


@pytest.fixture
def world(_built: Built, tmp_path: Path) -> Iterator[World]:
    """A fresh world in its own SQLite file."""
    path, ids = _built
    shutil.copyfile(path, tmp_path / "world.db")
    opened = open_world(f"sqlite:///{tmp_path}/world.db", ids)
    yield opened
    opened.store.close()


@pytest.fixture
def postgres_world(
    _built: Built, prepared_postgres_url: Callable[[str, Callable[[str], None]], str]
) -> Iterator[World]:
    """A fresh world in its own PostgreSQL database; ids are as on SQLite, since both count from 1."""

    def prepare(url: str) -> None:
        assert build_world(url) == _built[1]

    opened = open_world(prepared_postgres_url("tools", prepare), _built[1])
    yield opened
    opened.store.close()
