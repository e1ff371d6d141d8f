"""What clients send: one model a request."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, StringConstraints

from channels.rest.body import Body

Identifier = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
"""Ids that clients choose: they go into logs and URLs as they are."""


class TurnBody(Body):
    """What every request for a turn may say."""

    message_id: Identifier | None = Field(
        default=None, description="the client's id of the message; sent again, it gives the first answer and one effect"
    )


RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""Ids that the store gives: a larger number is none, and no database takes it."""


class SignIn(Body):
    """A one-time sign-in token, to be exchanged for a session."""

    token: str = Field(min_length=1, max_length=512, description="token of the sign-in link")
    session: Literal["cookie", "bearer"] = Field(
        default="cookie", description="cookie: httpOnly, writes need X-CSRF-Token; bearer: token in the answer"
    )


class NewConversation(Body):
    """An empty conversation."""

    title: str | None = Field(default=None, max_length=200)


class NewMessage(TurnBody):
    """One message of the user."""

    say: str = Field(validation_alias=AliasChoices("say", "text"), description="the message's text (say or text)")


class Settling(TurnBody):
    """Which held write is confirmed or cancelled; without an id, all that wait in the conversation."""

    pending_id: Identifier | None = None


class Editing(TurnBody):
    """A held write confirmed with other arguments: by position of the call ("0", "1"…), names and new values."""

    pending_id: Identifier
    edits: dict[str, dict[str, Any]] = Field(min_length=1)


class Undoing(TurnBody):
    """Which change is taken back; without an id, the newest of the conversation."""

    change_set_id: RowId | None = None


class Seen(Body):
    """Reminders that the user has seen."""

    ids: list[RowId] = Field(min_length=1, max_length=500)
