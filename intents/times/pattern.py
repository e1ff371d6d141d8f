"""Regular expressions that are compiled when first used, so that importing the grammar costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol


class Scan(Protocol):
    """`re.Pattern.match` or `.search`, with a position to begin at."""

    def __call__(self, text: str, pos: int = 0, /) -> re.Match[str] | None: ...


class Pattern:
    """A pattern of the grammar; after the first use `match` and the others are the compiled pattern's own methods."""

    __slots__ = ("_flags", "_source", "finditer", "match", "search")

    match: Scan
    search: Scan
    finditer: Callable[[str], Iterator[re.Match[str]]]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Reached only while the slot `name` is empty."""
        if name not in ("match", "search", "finditer"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.match, self.search, self.finditer = compiled.match, compiled.search, compiled.finditer
        return getattr(compiled, name)
