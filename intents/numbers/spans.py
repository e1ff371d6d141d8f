"""Spans of a text that are spoken for, with a fast answer to whether a place is among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


class Spans:
    """Half-open spans, merged where they overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._begins: list[int] = []
        self._stops: list[int] = []
        for begin, stop in sorted(spans):
            if self._stops and begin <= self._stops[-1]:
                self._stops[-1] = max(self._stops[-1], stop)
            else:
                self._begins.append(begin)
                self._stops.append(stop)

    def touch(self, begin: int, stop: int) -> bool:
        """Say whether `[begin, stop)` shares a character with one of the spans."""
        place = bisect_right(self._begins, max(begin, stop - 1))
        return place > 0 and self._stops[place - 1] > begin

    def past(self, at: int) -> int:
        """Return the end of the span that holds `at`, or `at` itself."""
        place = bisect_right(self._begins, at)
        return max(at, self._stops[place - 1]) if place else at
