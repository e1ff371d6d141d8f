"""Limits that keep one client from taking the service away from the others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from channels.problems import Problem

TURNS_AT_ONCE = 64
"""Messages of one user being answered at the same time."""
FAILURES, SECONDS = 20, 60.0
"""Failed sign-ins from one address in so many seconds."""
_ADDRESSES = 10_000


class InFlight:
    """Counts what is going on for each user."""

    def __init__(self, limit: int = TURNS_AT_ONCE) -> None:
        self._limit = limit
        self._running: Counter[int] = Counter()

    @contextmanager
    def one(self, user_id: int) -> Iterator[None]:
        """Take a place for the length of the context. Raises Problem too_many_requests."""
        if self._running[user_id] >= self._limit:
            raise Problem("too_many_requests")
        self._running[user_id] += 1
        try:
            yield
        finally:
            self._running[user_id] -= 1
            if not self._running[user_id]:
                del self._running[user_id]


class Window:
    """Counts failures by address in a sliding window; the oldest addresses are forgotten when there are too many."""

    def __init__(self, limit: int = FAILURES, seconds: float = SECONDS) -> None:
        self._limit = limit
        self._seconds = seconds
        self._failures: dict[str, deque[float]] = {}

    def check(self, address: str, now: float) -> None:
        """Raise Problem too_many_requests when the address has failed too often. `now` is in seconds."""
        recent = self._failures.get(address)
        while recent and recent[0] <= now - self._seconds:
            recent.popleft()
        if recent and len(recent) >= self._limit:
            raise Problem("too_many_requests")

    def failed(self, address: str, now: float) -> None:
        """Note one failure."""
        if address not in self._failures and len(self._failures) >= _ADDRESSES:
            del self._failures[next(iter(self._failures))]
        self._failures.setdefault(address, deque(maxlen=self._limit)).append(now)
