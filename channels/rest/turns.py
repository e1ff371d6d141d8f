"""Turns over HTTP: a message, and the confirmation, cancellation, correction or undoing of what one did."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from assistant.messages import Inbound, Reply
from assistant.reply import reply_json
from channels.answers import answer
from channels.rest.body import body_of, documented
from channels.rest.documents import turn_responses
from channels.rest.events import streamed, wants_events
from channels.rest.sessions import ConversationId, InConversation, Session
from channels.rest.wire import Editing, NewMessage, Settling, Undoing
from channels.service import Service, ServiceOf

router = APIRouter(prefix="/conversations/{conversation_id}", tags=["turns"])
Take = Callable[[Inbound], Awaitable[Reply]]


@router.post("/messages", openapi_extra=documented(NewMessage), responses=turn_responses())
async def say(
    request: Request,
    service: ServiceOf,
    session: InConversation,
    conversation_id: ConversationId,
    body: Annotated[NewMessage, Depends(body_of(NewMessage))],
) -> Response:
    """Say something. With `Accept: text/event-stream` the answer comes as `delta`, `card`s and `done`."""
    inbound = _inbound(service, session, conversation_id, body.say, body.message_id)
    return await _answered(request, service, inbound, service.runtime.assistant.turn)


@router.post("/confirm", openapi_extra=documented(Settling), responses=turn_responses())
async def confirm(
    request: Request,
    service: ServiceOf,
    session: InConversation,
    conversation_id: ConversationId,
    body: Annotated[Settling, Depends(body_of(Settling))],
) -> Response:
    """Do what was held for confirmation."""
    inbound = _inbound(service, session, conversation_id, "确认", body.message_id)
    return await _answered(request, service, inbound, _settle(service, True, body.pending_id))


@router.post("/cancel", openapi_extra=documented(Settling), responses=turn_responses())
async def cancel(
    request: Request,
    service: ServiceOf,
    session: InConversation,
    conversation_id: ConversationId,
    body: Annotated[Settling, Depends(body_of(Settling))],
) -> Response:
    """Drop what was held for confirmation."""
    inbound = _inbound(service, session, conversation_id, "取消", body.message_id)
    return await _answered(request, service, inbound, _settle(service, False, body.pending_id))


@router.post("/edit", openapi_extra=documented(Editing), responses=turn_responses())
async def edit(
    request: Request,
    service: ServiceOf,
    session: InConversation,
    conversation_id: ConversationId,
    body: Annotated[Editing, Depends(body_of(Editing))],
) -> Response:
    """Do what was held, with other arguments."""
    inbound = _inbound(service, session, conversation_id, "修改后确认", body.message_id)
    take = _settle(service, True, body.pending_id, body.edits)
    return await _answered(request, service, inbound, take)


@router.post("/undo", openapi_extra=documented(Undoing), responses=turn_responses())
async def undo(
    request: Request,
    service: ServiceOf,
    session: InConversation,
    conversation_id: ConversationId,
    body: Annotated[Undoing, Depends(body_of(Undoing))],
) -> Response:
    """Take a change back: the newest of the conversation, or the one named, even of another conversation."""
    inbound = _inbound(service, session, conversation_id, "撤销", body.message_id)

    async def take(message: Inbound) -> Reply:
        return await service.runtime.assistant.undo(message, change_set_id=body.change_set_id)

    return await _answered(request, service, inbound, take)


def _settle(
    service: Service, confirm: bool, pending_id: str | None, edits: dict[str, dict[str, Any]] | None = None
) -> Take:
    async def take(message: Inbound) -> Reply:
        return await service.runtime.assistant.settle(message, confirm=confirm, pending_id=pending_id, edits=edits)

    return take


def _inbound(service: Service, session: Session, conversation_id: str, text: str, message_id: str | None) -> Inbound:
    return Inbound(
        principal=session.principal,
        channel=session.channel,
        conversation_id=conversation_id,
        message_id=message_id or service.runtime.new_id(),
        text=text,
    )


async def _answered(request: Request, service: Service, inbound: Inbound, take: Take) -> Response:
    """The reply as JSON or as a stream."""
    turn = _turn(service, inbound, take)
    if wants_events(request):
        return streamed(request, service, turn)
    return answer(await service.keep(turn))


async def _turn(service: Service, inbound: Inbound, take: Take) -> dict[str, Any]:
    """One turn, measured, in the shape of a replay's turn."""
    began = time.perf_counter()
    with service.turns.one(inbound.principal.user_id), service.metrics.in_flight.track_inprogress():
        reply = await take(inbound)
    seconds = time.perf_counter() - began
    service.metrics.turn(inbound.channel, reply.outcome, seconds)
    return {"say": inbound.text, **reply_json(reply), "confirmed": False, "latency_ms": round(seconds * 1000, 3)}
