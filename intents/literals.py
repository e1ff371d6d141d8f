"""Says of a regular expression which characters a text must have one of, so that most need not be searched for."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

_parser: Final[Any] = importlib.import_module("re._parser")
_COMMON: Final = frozenset("的了不一个我是在有这那给下上着过来去到要把好你他们就都也还没什么多少说做天里后前中大 aeiou")
"""Found in most messages, so that asking for one of them tells little."""
_WIDEST = 40
"""Characters of a range up to which it is spelled out."""
_ALSO = {"i": "ı", "s": "ſ"}
"""What a pattern that ignores case takes for these letters, though no lower() says so."""
Needs = frozenset[str] | None


@cache
def needed(pattern: str) -> Needs:
    """Characters, in lower case, of which every text that the pattern is found in has one; None if there are none."""
    return _of_sequence(_parser.parse(pattern))


def needed_by(patterns: Iterable[re.Pattern[str] | str]) -> Needs:
    """The same of a text in which at least one of several patterns is found."""
    each = [needed(p if isinstance(p, str) else p.pattern) for p in patterns]
    return None if None in each else frozenset().union(*(found for found in each if found))


def letters(text: str) -> frozenset[str]:
    """The characters of a text as `needed` names them."""
    return frozenset(text.lower())


def _of_sequence(parsed: Any) -> Needs:
    """Of what must all be there the part that tells most."""
    found = [needs for operator, value in parsed if (needs := _of_item(str(operator), value)) is not None]
    return min(found, key=_cost, default=None)


def _cost(needs: frozenset[str]) -> tuple[int, int]:
    return len(needs & _COMMON), len(needs)


def _of_item(operator: str, value: Any) -> Needs:
    match operator:
        case "LITERAL":
            return _as_said(chr(value))
        case "IN":
            return _of_set(value)
        case "BRANCH":
            return _of_branches(value[1])
        case "SUBPATTERN":
            return _of_sequence(value[3])
        case "ATOMIC_GROUP":
            return _of_sequence(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_sequence(value[2]) if value[0] else None
        case "ASSERT":
            return _of_sequence(value[1])
    return None


def _of_branches(branches: Any) -> Needs:
    each = [_of_sequence(branch) for branch in branches]
    return None if None in each else frozenset().union(*(found for found in each if found))


def _of_set(items: Any) -> Needs:
    found: frozenset[str] = frozenset()
    for operator, value in items:
        if str(operator) == "LITERAL":
            found |= _as_said(chr(value))
        elif str(operator) == "RANGE" and value[1] - value[0] < _WIDEST:
            found = found.union(*(_as_said(chr(code)) for code in range(value[0], value[1] + 1)))
        else:
            return None
    return found


def _as_said(character: str) -> frozenset[str]:
    low = character.lower()
    return frozenset((*low, *_ALSO.get(low, "")))


def beginnings(pattern: str) -> Needs:
    """Characters, in lower case, of which every match of the pattern begins with one; None if it may with any."""
    found, empty = _first_of_sequence(_parser.parse(pattern))
    return None if empty else found


First = tuple[Needs, bool]
"""What a part begins with, and whether it may be empty."""


def _first_of_sequence(parsed: Any) -> First:
    found: frozenset[str] = frozenset()
    for operator, value in parsed:
        first, empty = _first_of_item(str(operator), value)
        if first is None:
            return None, empty
        found |= first
        if not empty:
            return found, False
    return found, True


def _first_of_item(operator: str, value: Any) -> First:
    match operator:
        case "LITERAL" | "IN":
            return _of_item(operator, value), False
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return frozenset(), True
        case "BRANCH":
            return _first_of_branches(value[1])
        case "SUBPATTERN":
            return _first_of_sequence(value[3])
        case "ATOMIC_GROUP":
            return _first_of_sequence(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            first, empty = _first_of_sequence(value[2])
            return first, empty or not value[0]
    return None, True


def _first_of_branches(branches: Any) -> First:
    each = [_first_of_sequence(branch) for branch in branches]
    unknown = any(first is None for first, _ in each)
    return None if unknown else frozenset().union(*(first or () for first, _ in each)), any(empty for _, empty in each)
