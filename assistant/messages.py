"""The values that travel through a turn: what came in, what is to be done, what goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from crm_store.principal import Principal
from tools.cards import Card, Citation, RecordLink


class Outcome(StrEnum):
    """How a turn ended (FORMAT.md): information, written, held, asked, refused or failed."""

    ANSWERED = "answered"
    DONE = "done"
    PENDING = "pending"
    ASKED = "asked"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Audio:
    """Recorded speech as it came over the wire."""

    data: bytes
    media_type: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbound:
    """One message from a channel; the principal comes from the channel's authentication, never from the text."""

    principal: Principal
    channel: str
    conversation_id: str
    message_id: str
    text: str = ""
    audio: Audio | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolCall:
    """A tool and its arguments, made by a planner; nothing is done until the executor runs it."""

    tool: str
    args: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Do:
    """One command: calls that stand or fall together. `hold` says why it must be confirmed, when the planner knows."""

    calls: tuple[ToolCall, ...]
    echo: str = ""
    hold: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A clarifying question; `question` is what the planner needs to go on when the answer comes."""

    text: str
    question: dict[str, Any] | None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Say:
    """Words without an effect: an explanation, a refusal, a greeting."""

    text: str
    outcome: Outcome = Outcome.ANSWERED


@dataclass(frozen=True, kw_only=True, slots=True)
class Settle:
    """The user confirmed or cancelled held writes: one by id, or all that wait in the conversation."""

    confirm: bool
    pending_id: str | None = None
    edits: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeBack:
    """The user takes a change back: one by id, or the newest of the conversation."""

    change_set_id: int | None = None


Step = Do | Ask | Say | Settle | TakeBack


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a planner wants done, in order, made from the conversation as it stood at `conversation_version`."""

    steps: tuple[Step, ...]
    conversation_version: int
    language: str = "zh"
    state: dict[str, Any] = field(default_factory=dict)
    trace: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RanCall:
    """A tool call that the executor ran (or refused)."""

    tool: str
    args: dict[str, Any]
    ok: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer to a clarifying question: what is shown, and what to send when it is chosen."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A held write as shown to the user: its id, the cards with old → new, and until when it can be confirmed."""

    id: str
    title: str
    cards: tuple[Card, ...]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The answer to one message. `text` is the whole of it for a channel with text alone, cards included.

    `changes` are what the message did, in the shape of FORMAT.md; `heard` is the transcript of a spoken message. `wire`
    is all this as it was stored (`reply.reply_text`), so that a channel need not write it again.
    """

    conversation_id: str
    message_id: str
    outcome: Outcome
    text: str
    language: str = "zh"
    headline: str = ""
    cards: tuple[Card, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
    held: tuple[Held, ...] = ()
    links: tuple[RecordLink, ...] = ()
    calls: tuple[RanCall, ...] = ()
    changes: tuple[dict[str, Any], ...] = ()
    change_set_id: int | None = None
    heard: str | None = None
    repeated: bool = False
    trace: dict[str, Any] = field(default_factory=dict)
    wire: str = field(default="", compare=False, repr=False)
