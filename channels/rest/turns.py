"""Turns over HTTP: a message, and the confirmation, cancellation, correction or undoing of what one did.

The routes call their steps themselves rather than declare them as dependencies: for the busiest ones that is a third of
the time the framework takes.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from fastapi import APIRouter, Request, Response
from pydantic_core import to_json

from assistant.messages import Inbound, Reply
from assistant.reply import reply_text
from assistant.turn import Assistant
from channels.answers import Ready
from channels.problems import Problem
from channels.rest.body import read_body
from channels.rest.documents import TurnShape, takes, turn_responses
from channels.rest.events import Stream, wants_events
from channels.rest.sessions import (
    CONVERSATION_ID,
    ConversationId,
    Session,
    SessionEnded,
    in_conversation,
    presumed,
    recheck,
)
from channels.rest.wire import Editing, NewMessage, Settling, TurnBody, Undoing
from channels.service import Service, service_of
from channels.straight import Straight

BUSY = True
router = APIRouter(prefix="/conversations/{conversation_id}", tags=["turns"])
MODELS = (NewMessage, Settling, Editing, Undoing, TurnShape)
Take = Callable[[Inbound], Awaitable[Reply]]
B = TypeVar("B", bound=TurnBody)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked(Generic[B]):
    """A request for a turn: whose, where, and what it says."""

    service: Service
    session: Session
    conversation_id: str
    body: B

    @property
    def assistant(self) -> Assistant:
        """Who answers."""
        return self.service.runtime.assistant

    def inbound(self, text: str) -> Inbound:
        """The message; it gets an id where the client gave none."""
        return Inbound(
            principal=self.session.principal,
            channel=self.session.channel,
            conversation_id=self.conversation_id,
            message_id=self.body.message_id or self.service.runtime.new_id(),
            text=text,
        )


@router.post("/messages", openapi_extra=takes(NewMessage), responses=turn_responses())
async def say(request: Request, conversation_id: ConversationId) -> Response:
    """Say something. With `Accept: text/event-stream` a comment comes at once, then `delta`, `card`s and `done`."""
    service = service_of(request)
    quick = service.runtime.assistant.plans_inside and not wants_events(request)
    session = presumed(request, conversation_id) if quick else None
    if session is not None:
        return await _said(request, service, session, conversation_id)
    asked = await _asked(request, conversation_id, NewMessage)
    return await _answered(request, asked.service, asked.inbound(asked.body.say), asked.assistant.turn)


async def _said(request: Request, service: Service, session: Session, conversation_id: str) -> Response:
    """The answer to a message of somebody who was seen before; looked up anew together with the turn itself."""
    try:
        body = await read_body(request, NewMessage)
    except Problem:
        await in_conversation(request, conversation_id)  # who is signed out hears that first
        raise
    asked = Asked(service=service, session=session, conversation_id=conversation_id, body=body)
    take = partial(asked.assistant.turn, check=partial(recheck, session, conversation_id))
    try:
        return await _answered(request, service, asked.inbound(body.say), take)
    except SessionEnded:
        asked = replace(asked, session=await in_conversation(request, conversation_id))
        return await _answered(request, service, asked.inbound(body.say), asked.assistant.turn)


@router.post("/confirm", openapi_extra=takes(Settling), responses=turn_responses())
async def confirm(request: Request, conversation_id: ConversationId) -> Response:
    """Do what was held for confirmation."""
    asked = await _asked(request, conversation_id, Settling)
    take = _settle(asked.assistant, True, asked.body.pending_id)
    return await _answered(request, asked.service, asked.inbound("确认"), take)


@router.post("/cancel", openapi_extra=takes(Settling), responses=turn_responses())
async def cancel(request: Request, conversation_id: ConversationId) -> Response:
    """Drop what was held for confirmation."""
    asked = await _asked(request, conversation_id, Settling)
    take = _settle(asked.assistant, False, asked.body.pending_id)
    return await _answered(request, asked.service, asked.inbound("取消"), take)


@router.post("/edit", openapi_extra=takes(Editing), responses=turn_responses())
async def edit(request: Request, conversation_id: ConversationId) -> Response:
    """Do what was held, with other arguments."""
    asked = await _asked(request, conversation_id, Editing)
    take = _settle(asked.assistant, True, asked.body.pending_id, asked.body.edits)
    return await _answered(request, asked.service, asked.inbound("修改后确认"), take)


@router.post("/undo", openapi_extra=takes(Undoing), responses=turn_responses())
async def undo(request: Request, conversation_id: ConversationId) -> Response:
    """Take a change back: the newest of the conversation, or the one named, even of another conversation."""
    asked = await _asked(request, conversation_id, Undoing)

    async def take(message: Inbound) -> Reply:
        return await asked.assistant.undo(message, change_set_id=asked.body.change_set_id)

    return await _answered(request, asked.service, asked.inbound("撤销"), take)


async def _asked(request: Request, conversation_id: str, model: type[B]) -> Asked[B]:
    """Who asks, then what: a body is read for signed-in users only."""
    session = await in_conversation(request, conversation_id)
    body = await read_body(request, model)
    return Asked(service=service_of(request), session=session, conversation_id=conversation_id, body=body)


def _settle(
    assistant: Assistant, confirm: bool, pending_id: str | None, edits: dict[str, dict[str, Any]] | None = None
) -> Take:
    async def take(message: Inbound) -> Reply:
        return await assistant.settle(message, confirm=confirm, pending_id=pending_id, edits=edits)

    return take


async def _answered(request: Request, service: Service, inbound: Inbound, take: Take) -> Response:
    """The reply as JSON or as a stream."""
    turn = _turn(service, inbound, take)
    if wants_events(request):
        return Stream(request, service, turn)
    return Ready(await service.keep(turn))


async def _turn(service: Service, inbound: Inbound, take: Take) -> bytes:
    """One turn, measured, as JSON in the shape of a replay's turn."""
    began = time.perf_counter()
    with service.turns.one(inbound.principal.user_id), service.metrics.in_flight.track_inprogress():
        reply = await take(inbound)
    seconds = time.perf_counter() - began
    service.metrics.turn(inbound.channel, reply.outcome, seconds)
    first, last = to_json({"say": inbound.text}), to_json({"confirmed": False, "latency_ms": round(seconds * 1000, 3)})
    return b"%b,%b,%b" % (first[:-1], reply_text(reply)[1:-1].encode(), last[1:])


STRAIGHT = (Straight(path=f"{router.prefix}/messages", parameter=CONVERSATION_ID, handle=say),)
