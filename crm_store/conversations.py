"""Conversations: their messages and their state (focus, lists shown, an open question)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, Select, Update, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from crm_store.errors import RecordNotVisible, VersionConflict
from crm_store.prepared import add, prepared
from crm_store.principal import Principal
from crm_store.schema import conversations, messages
from crm_store.texts import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """One conversation of one user; `state` is the assistant's, opaque here."""

    id: str
    user_id: int
    channel: str
    title: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    state: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredMessage:
    """One message; `payload` is the reply's wire form for the assistant's messages."""

    id: int
    message_id: str
    author: str
    text: str
    payload: dict[str, Any]
    created_at: datetime


_FIELDS = tuple(column.name for column in conversations.c)
_TAKEN = "23505"
"""PostgreSQL's unique_violation: another replica was between our look and our insert. SQLite has one writer."""


def _one_conversation() -> Select[Any]:
    own = (conversations.c.id == bindparam("id")) & (conversations.c.user_id == bindparam("user_id"))
    return select(conversations).where(own)


def _save_conversation() -> Update:
    c = conversations.c
    as_read = (c.id == bindparam("of_id")) & (c.version == bindparam("of_version"))
    names = ("state", "title", "version", "updated_at")
    return update(conversations).where(as_read).values({n: bindparam(f"new_{n}", type_=c[n].type) for n in names})


def _two_messages() -> Insert:
    names = ("conversation_id", "message_id", "author", "text", "payload", "created_at")
    rows = [{n: bindparam(f"{n}_{i}", type_=messages.c[n].type) for n in names} for i in range(2)]
    return insert(messages).values(rows)


class ConversationLog:
    """The principal's own conversations; nobody reads another's."""

    def __init__(self, connection: Connection, principal: Principal, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._now = now
        self._known: dict[str, Conversation] = {}

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation, or None where this principal has none of that id."""
        known = self._known.get(conversation_id)
        if known is not None:
            return known
        statement = prepared(self._connection, "conversation", _one_conversation)
        rows = statement.rows(self._connection, {"id": conversation_id, "user_id": self._principal.user_id})
        if not rows:
            return None
        found = self._known[conversation_id] = Conversation(**dict(zip(_FIELDS, rows[0], strict=True)))
        return found

    def open(self, conversation_id: str, channel: str) -> Conversation:
        """Get or start a conversation. Raises RecordNotVisible when the id is another user's.

        Raises VersionConflict when somebody starts it at this very moment; the transaction must not commit then.
        """
        found = self.get(conversation_id)
        if found is not None:
            return found
        taken = select(conversations.c.user_id).where(conversations.c.id == conversation_id)
        owner = self._connection.execute(taken).scalar()
        if owner == self._principal.user_id:  # another replica began it since we looked
            raise VersionConflict("conversation", 0)
        if owner is not None:
            raise RecordNotVisible("conversation", 0)
        row = {
            "id": conversation_id,
            "user_id": self._principal.user_id,
            "channel": channel,
            "title": None,
            "state": {},
            "version": 1,
            "created_at": self._now,
            "updated_at": self._now,
        }
        try:
            add(self._connection, conversations, row)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != _TAKEN:
                raise
            raise VersionConflict("conversation", 0) from error
        made = self._known[conversation_id] = Conversation(**row)  # type: ignore[arg-type]
        return made

    def recent(self, *, limit: int = 30) -> list[Conversation]:
        """The principal's conversations, newest first."""
        query = select(conversations).where(conversations.c.user_id == self._principal.user_id)
        rows = self._connection.execute(query.order_by(conversations.c.updated_at.desc()).limit(limit))
        return [Conversation(**row._mapping) for row in rows]

    def save(self, conversation: Conversation, state: dict[str, Any], *, title: str | None = None) -> None:
        """Keep the new state. Raises VersionConflict when another turn was faster."""
        values = {
            "of_id": conversation.id,
            "of_version": conversation.version,
            "new_state": state,
            "new_title": title or conversation.title,
            "new_version": conversation.version + 1,
            "new_updated_at": self._now,
        }
        self._known.pop(conversation.id, None)
        statement = prepared(self._connection, "save conversation", _save_conversation)
        if statement.changed(self._connection, values) != 1:
            raise VersionConflict("conversation", 0)

    def append(self, conversation_id: str, author: str, message_id: str, text: str, payload: dict[str, Any]) -> None:
        """Add one message; `author` is 'user' or 'assistant'."""
        add(self._connection, messages, self._message(conversation_id, author, message_id, text, payload))

    def append_exchange(
        self, conversation_id: str, message_id: str, said: str, answered: str, payload: dict[str, Any] | Json
    ) -> None:
        """Add what the user said and what the assistant answered, in this order, in one statement."""
        rows = [
            self._message(conversation_id, "user", message_id, said, {}),
            self._message(conversation_id, "assistant", message_id, answered, payload),
        ]
        values = {f"{name}_{i}": value for i, row in enumerate(rows) for name, value in row.items()}
        prepared(self._connection, "exchange", _two_messages).changed(self._connection, values)

    def _message(
        self, conversation_id: str, author: str, message_id: str, text: str, payload: dict[str, Any] | Json
    ) -> dict[str, Any]:
        return {
            "conversation_id": conversation_id,
            "message_id": message_id,
            "author": author,
            "text": text,
            "payload": payload,
            "created_at": self._now,
        }

    def messages(self, conversation_id: str, *, before: int | None = None, limit: int = 50) -> list[StoredMessage]:
        """The newest messages of one of the principal's conversations, oldest first."""
        if self.get(conversation_id) is None:
            return []
        query = select(messages).where(messages.c.conversation_id == conversation_id)
        if before is not None:
            query = query.where(messages.c.id < before)
        rows = self._connection.execute(query.order_by(messages.c.id.desc()).limit(limit)).all()
        return [
            StoredMessage(
                id=r.id,
                message_id=r.message_id,
                author=r.author,
                text=r.text,
                payload=r.payload,
                created_at=r.created_at,
            )
            for r in reversed(rows)
        ]
