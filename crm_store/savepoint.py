"""A part of a unit of work that can be taken back whole, the audit trail's memory of it included."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from sqlalchemy import Connection

from crm_store.audit import AuditTrail, Change


class Savepoint:
    """`with uow.savepoint() as sp: …` keeps what was done, but for `sp.rollback()` or an exception."""

    def __init__(self, connection: Connection, audit: AuditTrail, after_rollback: Callable[[], None]) -> None:
        self._connection = connection
        self._audit = audit
        self._after_rollback = after_rollback

    def __enter__(self) -> Savepoint:
        self._mark = self._audit.mark()
        self._nested = self._connection.begin_nested()
        return self

    @property
    def changes(self) -> tuple[Change, ...]:
        """What has been changed since the savepoint began, in order."""
        return self._audit.since(self._mark)

    def rollback(self) -> None:
        """Take everything since the begin back; a second call does nothing."""
        if self._nested.is_active:
            self._nested.rollback()
            self._audit.rewind(self._mark)
            self._after_rollback()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.rollback()
        elif self._nested.is_active:
            self._nested.commit()
