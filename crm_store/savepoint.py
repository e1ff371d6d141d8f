"""A part of a unit of work that can be taken back whole, the audit trail's memory of it included."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from types import TracebackType

from sqlalchemy import Connection

from crm_store.audit import AuditTrail, Change
from crm_store.prepared import tell

_NUMBERS = count(1)


class Savepoint:
    """`with uow.savepoint() as sp: …` keeps what was done, but for `sp.rollback()` or an exception."""

    def __init__(self, connection: Connection, audit: AuditTrail, after_rollback: Callable[[], None]) -> None:
        self._connection = connection
        self._audit = audit
        self._after_rollback = after_rollback

    def __enter__(self) -> Savepoint:
        self._mark = self._audit.mark()
        self._name = f"part_{next(_NUMBERS)}"
        self._say(f"SAVEPOINT {self._name}")
        self._active = True
        return self

    @property
    def changes(self) -> tuple[Change, ...]:
        """What has been changed since the savepoint began, in order."""
        return self._audit.since(self._mark)

    def rollback(self) -> None:
        """Take everything since the begin back; a second call does nothing."""
        if self._active:
            self._active = False
            self._say(f"ROLLBACK TO SAVEPOINT {self._name}")
            self._say(f"RELEASE SAVEPOINT {self._name}")
            self._audit.rewind(self._mark)
            self._after_rollback()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.rollback()
        elif self._active:
            self._active = False
            self._say(f"RELEASE SAVEPOINT {self._name}")

    def _say(self, words: str) -> None:
        tell(self._connection, words)
