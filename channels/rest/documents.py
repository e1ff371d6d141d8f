"""What the interface's description says about bodies and answers: the reply of a turn, errors in their one shape."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from channels.openapi import refer
from channels.problems import PROBLEMS


class _Shape(BaseModel):
    model_config = ConfigDict(defer_build=True)


class ProblemShape(_Shape):
    """An error: `code` is stable, the messages are for people."""

    code: str = Field(description=", ".join(PROBLEMS))
    message: str = Field(description="Chinese")
    message_en: str
    request_id: str
    details: Any = None


class Change(_Shape):
    """One record that the message changed; `before` is null for a creation."""

    op: str = Field(description="create, update or delete")
    type: str
    record: dict[str, Any]
    before: dict[str, Any] | None


class TurnShape(_Shape):
    """The answer to a message, in the shape of a replay's turn."""

    say: str
    reply: str = Field(description="the whole answer as text")
    outcome: str = Field(description="answered, done, pending, asked, refused or failed")
    headline: str = Field(description="the sentence alone, without cards")
    language: str
    cards: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    options: list[dict[str, str]] = Field(description="answers to choose from: show `label`, send `value`")
    held: list[dict[str, Any]] = Field(description="held writes: `id` is what confirm, cancel and edit take")
    links: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    changes: list[Change]
    change_set_id: int | None = Field(description="what undo takes")
    confirmed: bool
    repeated: bool = Field(description="true when this message had been answered before")
    conversation_id: str
    message_id: str
    heard: str | None
    latency_ms: float


Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """The errors that a route may answer with."""
    found: Responses = {}
    for status in statuses:
        text = " / ".join(english for known, _, english in PROBLEMS.values() if known == status)
        found |= gives(ProblemShape, status, text)
    return found


def gives(model: type[BaseModel], status: int = 200, text: str = "The answer") -> Responses:
    """An answer of the shape of `model`."""
    return {status: {"description": text, "content": {"application/json": {"schema": refer(model)}}}}


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """What a route says in `openapi_extra` about its body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": refer(model)}}}}


def turn_responses() -> Responses:
    """The answers of the routes that take a turn."""
    done = gives(TurnShape)
    done[200]["content"]["text/event-stream"] = {"schema": {"type": "string"}}
    return {**done, **problems(401, 403, 404, 409, 413, 415, 422, 429, 503)}
