"""The standard library's `re`, but that a pattern is compiled when it is first used: a message needs few of hundreds.

    from intents import patterns as re

Compiling all of them took a fifth of the time from the start to the first answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import (
    ASCII,
    IGNORECASE,
    A,
    I,
    Match,
    Pattern,
    S,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Protocol, cast


class Scan(Protocol):
    """`re.Pattern.match` or `.search`, with a position to begin at and one to end at."""

    def __call__(self, text: str, pos: int = 0, endpos: int = ..., /) -> Match[str] | None: ...


_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class Lazy:
    """A pattern; after the first use `match` and the others are the compiled pattern's own methods."""

    __slots__ = ("_flags", "findall", "finditer", "fullmatch", "match", "pattern", "search", "split", "sub")

    search: Scan
    match: Scan
    finditer: Callable[[str], Iterator[Match[str]]]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Reached only while the slot `name` is empty."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def compile(source: str, flags: int = 0) -> Pattern[str]:
    """A lazy pattern. It is no `re.Pattern` to `isinstance`, nor one that `re.search` and the others take."""
    return cast("Pattern[str]", Lazy(source, flags))


__all__ = [
    "ASCII", "IGNORECASE", "A", "I", "Lazy", "Match", "Pattern", "S", "compile", "escape", "findall", "finditer",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
