"""The index over the invented book, built once."""

import pytest

from intents.names import NameIndex
from tests.intents.names.world import book, made_up


@pytest.fixture(scope="session")
def index() -> NameIndex:
    """The index over the invented book."""
    return NameIndex.build(book())


@pytest.fixture(scope="session")
def generated() -> NameIndex:
    """The index over generated companies and people."""
    return NameIndex.build(made_up(60, 60, seed=5))
