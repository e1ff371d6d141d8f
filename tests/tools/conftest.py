"""Fixtures of the tools' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.world import World, build_world, copy_of


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world, built once; each test works on a copy of its file."""
    built = build_world(tmp_path_factory.mktemp("world"))
    built.store.close()
    return built


@pytest.fixture
def world(_built: World, tmp_path: Path) -> Iterator[World]:
    """A fresh world in its own SQLite file."""
    copied = copy_of(_built, tmp_path)
    yield copied
    copied.store.close()
