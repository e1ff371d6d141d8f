"""Inbox and outbox: what came in, by its external id, and what is to be delivered, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, true, update
from sqlalchemy.exc import IntegrityError

from crm_store.prepared import add, prepared
from crm_store.principal import Principal
from crm_store.schema import inbox, outbox
from crm_store.texts import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxRow:
    """One message to deliver; `dedupe_key` makes it exist once."""

    id: int
    dedupe_key: str
    kind: str
    user_id: int
    channel: str | None
    payload: dict[str, Any]
    created_at: datetime
    delivered_at: datetime | None
    seen_at: datetime | None
    attempts: int


class AlreadyAnswered(Exception):
    """Another delivery of the same message was faster; its answer stands, this transaction must not commit."""


def _one_answer() -> Select[Any]:
    conditions = [inbox.c[name] == bindparam(name) for name in ("channel", "external_id", "user_id")]
    return select(inbox.c.reply).where(*conditions)


class Inbox:
    """The principal's received messages; one row commits together with the effect of the message."""

    def __init__(self, connection: Connection, principal: Principal, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._now = now

    def answer(self, channel: str, external_id: str) -> dict[str, Any] | None:
        """The reply that was given to this message before, or None when it is new."""
        values = {"channel": channel, "external_id": external_id, "user_id": self._principal.user_id}
        rows = prepared(self._connection, "inbox", _one_answer).rows(self._connection, values)
        return rows[0][0] if rows else None

    def record(self, channel: str, external_id: str, conversation_id: str, reply: dict[str, Any] | Json) -> None:
        """Say that this message was answered. Raises AlreadyAnswered when it was recorded before."""
        row = {
            "channel": channel,
            "external_id": external_id,
            "user_id": self._principal.user_id,
            "conversation_id": conversation_id,
            "received_at": self._now,
            "reply": reply,
        }
        try:
            add(self._connection, inbox, row)
        except IntegrityError as error:
            raise AlreadyAnswered(external_id) from error


@cache
def _add_once(database: str) -> Any:
    """An insert that makes no second row of a key. A database's own words are imported where it is used."""
    words = import_module(f"sqlalchemy.dialects.{database}")
    return words.insert(outbox).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(outbox.c.id)


class Outbox:
    """Messages to deliver to a user, each with a key under which it exists only once."""

    def __init__(self, connection: Connection, principal: Principal, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._now = now

    def put(
        self, dedupe_key: str, kind: str, user_id: int, payload: dict[str, Any], *, channel: str | None = None
    ) -> bool:
        """Add a message; False when that key was there before."""
        row = {
            "dedupe_key": dedupe_key,
            "kind": kind,
            "user_id": user_id,
            "channel": channel,
            "payload": payload,
            "created_at": self._now,
            "attempts": 0,
        }
        add = _add_once(self._connection.dialect.name)
        return self._connection.execute(add, row).first() is not None

    def for_me(self, *, kind: str | None = None, after: int = 0, limit: int = 50) -> list[OutboxRow]:
        """The principal's own messages with an id above `after`, oldest first."""
        query = select(outbox).where(outbox.c.user_id == self._principal.user_id, outbox.c.id > after)
        if kind is not None:
            query = query.where(outbox.c.kind == kind)
        rows = self._connection.execute(query.order_by(outbox.c.id).limit(limit))
        return [OutboxRow(**row._mapping) for row in rows]

    def mark_seen(self, ids: list[int]) -> None:
        """The user has seen these."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.user_id == self._principal.user_id, outbox.c.seen_at.is_(None))
            .values(seen_at=self._now)
        )

    def undelivered(self, *, limit: int = 100) -> list[OutboxRow]:
        """Messages that no channel has delivered yet, oldest first; everybody's for the system, else one's own."""
        query = select(outbox).where(outbox.c.delivered_at.is_(None), self._own())
        rows = self._connection.execute(query.order_by(outbox.c.id).limit(limit))
        return [OutboxRow(**row._mapping) for row in rows]

    def get(self, row_id: int) -> OutboxRow | None:
        """One message, or None."""
        row = self._connection.execute(select(outbox).where(outbox.c.id == row_id, self._own())).one_or_none()
        return None if row is None else OutboxRow(**row._mapping)

    def mark_attempted(self, row_id: int) -> None:
        """A channel is about to send it; if that fails, `attempts` tells how often it was tried."""
        attempts = outbox.c.attempts + 1
        self._connection.execute(update(outbox).where(outbox.c.id == row_id, self._own()).values(attempts=attempts))

    def mark_delivered(self, row_id: int) -> bool:
        """A channel has delivered it; False when another one was faster."""
        waiting = (outbox.c.id == row_id) & outbox.c.delivered_at.is_(None) & self._own()
        return self._connection.execute(update(outbox).where(waiting).values(delivered_at=self._now)).rowcount == 1

    def _own(self) -> Any:
        return true() if self._principal.scope_ids is None else outbox.c.user_id == self._principal.user_id
