"""The catalog of intents: every file is whole, says what can be carried out, and its examples are its own."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.planner.embedded.table import HANDLERS
from intents.sentence import MASKS
from intents.training import CATALOG

FILES = sorted(CATALOG.glob("*.yaml"))
CONTROLS = {"undo", "correct"}
"""Intents that are no commands: the dialogue itself takes them."""
PLACEHOLDERS = {*MASKS, "company", "person"}
KEYS = {"intent", "does", "examples", "not"}
LEAST_EXAMPLES = 10


@cache
def entry(path: Path) -> dict[str, Any]:
    """One file."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def says(path: Path) -> list[str]:
    """The examples and counter-examples of one file."""
    found = entry(path)
    return [*found["examples"], *(wrong["say"] for wrong in found.get("not") or ())]


def named(path: Path) -> str:
    """A test's name for a file."""
    return path.stem


NAMES = {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_says_its_intent_what_it_does_and_how_it_is_said(path: Path) -> None:
    found = entry(path)
    assert found.keys() <= KEYS
    assert found["intent"] == path.stem
    assert found["does"].strip()
    assert len(found["examples"]) >= LEAST_EXAMPLES


@pytest.mark.parametrize("path", FILES, ids=named)
def test_examples_are_words(path: Path) -> None:
    for say in says(path):
        assert isinstance(say, str)
        assert say.strip() == say != ""


@pytest.mark.parametrize("path", FILES, ids=named)
def test_placeholders_are_kinds_that_exist(path: Path) -> None:
    for say in says(path):
        assert set(re.findall(r"\{(.*?)\}", say)) <= PLACEHOLDERS, say
        assert re.sub(r"\{\w+\}", "", say).count("{") == 0, say


@pytest.mark.parametrize("path", FILES, ids=named)
def test_counter_examples_belong_to_another_intent_that_exists(path: Path) -> None:
    for wrong in entry(path).get("not") or ():
        assert wrong.keys() == {"say", "is"}
        assert wrong["is"] in NAMES - {path.stem}, wrong


def test_every_intent_can_be_carried_out() -> None:
    assert HANDLERS.keys() | CONTROLS >= NAMES


def test_every_command_has_its_sentences() -> None:
    assert HANDLERS.keys() - {"offer_note"} <= NAMES


def test_no_sentence_stands_in_the_catalog_for_two_intents() -> None:
    meant: dict[str, set[str]] = {}
    for path in FILES:
        found = entry(path)
        for say in found["examples"]:
            meant.setdefault(say, set()).add(path.stem)
        for wrong in found.get("not") or ():
            meant.setdefault(wrong["say"], set()).add(wrong["is"])
    assert {say: intents for say, intents in meant.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_sentence_stands_twice_in_a_file(path: Path) -> None:
    assert [say for say, times in Counter(says(path)).items() if times > 1] == []
