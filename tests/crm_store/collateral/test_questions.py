"""Questions over four trades' documents: what is there is quoted with its source, what isn't is not made up."""

from __future__ import annotations

from collections import Counter

import pytest

from crm_store.collateral.answering import Standing
from tests.crm_store.collateral.asking import WORLDS, ask, holds, questions

ANSWERABLE = [(world, asked) for world, asked in questions() if "has" in asked]
UNANSWERABLE = [(world, asked["ask"]) for world, asked in questions() if "has" not in asked]
SHARE = 0.9
"""Of each world's answerable questions; most of them are worded unlike their document."""


@pytest.mark.parametrize("world", WORLDS)
def test_what_is_asked_is_quoted_from_the_right_document(world: str) -> None:
    mine = [asked for name, asked in ANSWERABLE if name == world]
    missed = [asked["ask"] for asked in mine if not holds(ask(world, asked["ask"]), asked)]
    assert len(missed) <= (1 - SHARE) * len(mine), missed


@pytest.mark.parametrize(("world", "text"), UNANSWERABLE)
def test_what_is_not_there_is_not_answered(world: str, text: str) -> None:
    assert ask(world, text).standing is not Standing.FOUND


def test_most_of_what_is_not_there_is_plainly_absent() -> None:
    standings = Counter(ask(world, text).standing for world, text in UNANSWERABLE)
    assert standings[Standing.ABSENT] >= 0.7 * len(UNANSWERABLE), standings


@pytest.mark.parametrize(("world", "text"), [(world, asked["ask"]) for world, asked in ANSWERABLE])
def test_every_quoted_line_stands_in_its_document(world: str, text: str) -> None:
    for quote in ask(world, text).quotes:
        assert all(part in quote.section.text for part in quote.text.split("\n"))
