"""Finds the concepts that the words of a text express (see concepts.yaml)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from intents import patterns as re
from intents.literals import Needs, beginnings

CONCEPTS = Path(__file__).parent / "concepts.yaml"
Match = Callable[[str, int], re.Match[str] | None]
Concept = tuple[str, Match]


@cache
def _by_letter() -> tuple[dict[str, tuple[Concept, ...]], tuple[Concept, ...]]:
    """The concepts that a character may begin the words of, in their order; and those of which it is not known."""
    words: dict[object, str] = yaml.safe_load(CONCEPTS.read_text(encoding="utf-8"))
    known: list[tuple[str, Match, Needs]] = [
        (str(name), re.compile(pattern, re.I).match, beginnings(pattern)) for name, pattern in words.items()
    ]
    every = frozenset[str]().union(*(letters for _, _, letters in known if letters))
    table = {
        letter: tuple((name, match) for name, match, first in known if first is None or letter in first)
        for letter in every
    }
    return table, tuple((name, match) for name, match, first in known if first is None)


def concepts_in(text: str) -> list[str]:
    """The concepts of a text, left to right and not overlapping; of several at one place the first of the list."""
    table, others = _by_letter()
    found: list[str] = []
    at = 0
    while at < len(text):
        letter = text[at]
        stop = at + 1
        for name, match in table.get(letter) or table.get(letter.lower(), others):
            said = match(text, at)
            if said is not None and said.end() > at:
                found.append(name)
                stop = said.end()
                break
        at = stop
    return found
