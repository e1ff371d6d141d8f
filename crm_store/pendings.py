"""Held writes: shown to the user, used once, expiring, bound to user and conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

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
        rows = self._connection.execute(
            select(pendings)
            .where(
                pendings.c.conversation_id == conversation_id,
                pendings.c.user_id == self._principal.user_id,
                pendings.c.status == WAITING,
                pendings.c.expires_at > self._now,
            )
            .order_by(pendings.c.created_at, pendings.c.id)
        )
        return [Pending(**row._mapping) for row in rows]

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
