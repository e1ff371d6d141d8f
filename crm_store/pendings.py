"""Held writes: shown to the user, used once, expiring, bound to user and conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from crm_store.prepared import prepared
from crm_store.principal import Principal
from crm_store.schema import pendings

WAITING, CONFIRMED, CANCELLED_, SUPERSEDED = "waiting", "confirmed", "cancelled", "superseded"
LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """One held write. `digest`: hash over tool, canonical arguments and record versions; `shown`: what was shown."""

    id: str
    conversation_id: str
    user_id: int
    calls: list[dict[str, Any]]
    digest: str
    shown: dict[str, Any]
    words: str | None
    status: str
    created_at: datetime
    expires_at: datetime


_FIELDS = tuple(column.name for column in pendings.c)


def _waiting() -> Select[Any]:
    c = pendings.c
    own = [c[name] == bindparam(name) for name in ("conversation_id", "user_id", "status")]
    return select(pendings).where(*own, c.expires_at > bindparam("now")).order_by(c.created_at, c.id)


class Pendings:
    """The principal's held writes."""

    def __init__(self, connection: Connection, principal: Principal, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._now = now

    def hold(
        self,
        pending_id: str,
        conversation_id: str,
        *,
        calls: list[dict[str, Any]],
        digest: str,
        shown: dict[str, Any],
        words: str | None,
    ) -> Pending:
        """Keep a write until it is confirmed, cancelled, superseded or expired (24 h)."""
        row: dict[str, Any] = {
            "id": pending_id,
            "conversation_id": conversation_id,
            "user_id": self._principal.user_id,
            "calls": calls,
            "digest": digest,
            "shown": shown,
            "words": words,
            "status": WAITING,
            "created_at": self._now,
            "expires_at": self._now + LIFETIME,
        }
        self._connection.execute(insert(pendings), row)
        return Pending(**row)

    def waiting(self, conversation_id: str) -> list[Pending]:
        """What still waits in one conversation, oldest first."""
        values = {
            "conversation_id": conversation_id,
            "user_id": self._principal.user_id,
            "status": WAITING,
            "now": self._now,
        }
        rows = prepared(self._connection, "waiting", _waiting).rows(self._connection, values)
        return [Pending(**dict(zip(_FIELDS, row, strict=True))) for row in rows]

    def get(self, pending_id: str) -> Pending | None:
        """One of the principal's held writes, whatever its status."""
        row = self._connection.execute(
            select(pendings).where(pendings.c.id == pending_id, pendings.c.user_id == self._principal.user_id)
        ).one_or_none()
        return None if row is None else Pending(**row._mapping)

    def settle(self, pending_id: str, status: str) -> bool:
        """Give a waiting one its final status; False when it was settled or expired before (used once)."""
        result = self._connection.execute(
            update(pendings)
            .where(
                pendings.c.id == pending_id,
                pendings.c.user_id == self._principal.user_id,
                pendings.c.status == WAITING,
                pendings.c.expires_at > self._now,
            )
            .values(status=status)
        )
        return result.rowcount == 1
