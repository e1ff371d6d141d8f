"""Writes of one SQLite store that wait at the same time, committed together: one durable commit answers all of them.

Each runs as if alone: one that fails is rolled back to where it began and the others stay. Nobody is answered before
the commit, so that a crash takes all of a group or none of it, and only what nobody was told of.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from crm_store.errors import StoreError
from crm_store.prepared import tell

T = TypeVar("T")
Work = Callable[[Connection], Any]
LOSSES = "losses"
"""Where a connection's `info` keeps the store's `Losses`."""
MOST = 32
SECONDS = 0.03
"""A group takes no more writes after so many, or after so long: the first waits for the last."""


@dataclass(slots=True)
class Losses:
    """How many groups could not be committed: who cached what one write of a group read of another starts anew."""

    count: int = 0


@dataclass(slots=True)
class _Waiting:
    """One write, who waits for it, and what came of it."""

    work: Work
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]
    done: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Answer, in the thread of the one who waits."""
        if self.answer.cancelled():
            return
        if self.error is None:
            self.answer.set_result(self.done)
        else:
            self.answer.set_exception(self.error)


class GroupCommit:
    """Runs writes in the one thread of `executor`; `write_now` runs work in a transaction of its own."""

    def __init__(
        self, executor: Executor, write_now: Callable[[Work], Any], told: Callable[[Work], Work], losses: Losses
    ) -> None:
        """`told` makes the errors of a work ours, as `write_now` does."""
        self._executor = executor
        self._write_now = write_now
        self._told = told
        self._losses = losses
        self._waiting: deque[_Waiting] = deque()
        self._lock = Lock()
        self._running = False

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one write transaction: committed when it returns, taken back when it raises."""
        loop = asyncio.get_running_loop()
        one = _Waiting(work=work, loop=loop, answer=loop.create_future())
        with self._lock:
            self._waiting.append(one)
            if not self._running:
                self._running = True
                self._executor.submit(self._drain)
        done: T = await one.answer
        return done

    def _drain(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
            _tell(self._group())

    def _group(self) -> list[_Waiting]:
        """Carry out those who wait, the first and whoever has come by the time that it is done."""
        group = [self._waiting.popleft()]
        try:
            self._write_now(lambda connection: self._together(connection, group))
        except BaseException as error:  # noqa: BLE001 (whatever it is, it is for those who wait)
            self._lose(group, error)
        return group

    def _together(self, connection: Connection, group: list[_Waiting]) -> None:
        """The first needs no savepoint: when it fails, it is alone in the transaction."""
        until = time.monotonic() + SECONDS
        group[0].done = group[0].work(connection)
        while self._waiting and len(group) < MOST and time.monotonic() < until:
            group.append(self._waiting.popleft())
            self._apart(connection, group[-1])

    def _apart(self, connection: Connection, one: _Waiting) -> None:
        """One that others went before: only its own part is taken back when it fails."""
        tell(connection, "SAVEPOINT one")
        try:
            one.done = self._told(one.work)(connection)
        except BaseException as error:  # noqa: BLE001 (whatever it is, it is for the one who waits)
            one.error = error
            tell(connection, "ROLLBACK TO SAVEPOINT one")  # fails where the database gave the whole group up
        tell(connection, "RELEASE SAVEPOINT one")

    def _lose(self, group: list[_Waiting], error: BaseException) -> None:
        if len(group) == 1:
            group[0].error = error
            return
        self._losses.count += 1
        for one in group:
            one.error = one.error or StoreError(str(error))


def _tell(group: Iterable[_Waiting]) -> None:
    """Wake each event loop once."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for one in group:
        by_loop.setdefault(one.loop, []).append(one)
    for loop, theirs in by_loop.items():
        with suppress(RuntimeError):  # the loop was closed: nobody waits any more
            loop.call_soon_threadsafe(_tell_all, theirs)


def _tell_all(group: Iterable[_Waiting]) -> None:
    for one in group:
        one.tell()
