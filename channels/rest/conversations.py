"""The user's own conversations and what was said in them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from channels.answers import answer, tagged
from channels.rest.body import body_of
from channels.rest.documents import takes
from channels.rest.sessions import ConversationId, SignedIn
from channels.rest.wire import NewConversation, RowId
from channels.service import ServiceOf
from crm_store.conversations import Conversation, StoredMessage
from crm_store.errors import RecordNotVisible
from crm_store.principal import Origin
from crm_store.unit_of_work import UnitOfWork

router = APIRouter(prefix="/conversations", tags=["conversations"])
MODELS = (NewConversation,)


@router.get("")
async def conversations(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> Response:
    """The newest conversations first."""
    found = await service.runtime.store.read(session.principal, lambda uow: _list(uow, limit))
    return tagged(request, {"items": found})


@router.post("", status_code=201, openapi_extra=takes(NewConversation))
async def start(
    service: ServiceOf, session: SignedIn, body: Annotated[NewConversation, Depends(body_of(NewConversation))]
) -> Response:
    """Start an empty conversation."""
    new_id = service.runtime.new_id()

    def work(uow: UnitOfWork) -> dict[str, Any]:
        opened = uow.conversations.open(new_id, session.channel)
        if body.title:
            uow.conversations.save(opened, opened.state, title=body.title)
        return _shape(uow, uow.conversations.get(new_id) or opened)

    made = await service.runtime.store.write(session.principal, Origin(channel=session.channel), work)
    return answer(made, status=201, headers={"Location": f"/api/v1/conversations/{new_id}"})


@router.get("/{conversation_id}")
async def conversation(
    request: Request, service: ServiceOf, session: SignedIn, conversation_id: ConversationId
) -> Response:
    """One conversation."""
    found = await service.runtime.store.read(session.principal, lambda uow: _shape(uow, _own(uow, conversation_id)))
    return tagged(request, found)


@router.get("/{conversation_id}/messages")
async def messages(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    conversation_id: ConversationId,
    before: Annotated[RowId | None, Query(description="messages older than this one's id")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """The newest messages, oldest first; `before` in the answer asks for the page before, if there is one."""
    page = await service.runtime.store.read(
        session.principal, lambda uow: _page(uow, conversation_id, before=before, limit=limit)
    )
    return tagged(request, page)


def _own(uow: UnitOfWork, conversation_id: str) -> Conversation:
    found = uow.conversations.get(conversation_id)
    if found is None:
        raise RecordNotVisible("conversation", 0)
    return found


def _list(uow: UnitOfWork, limit: int) -> list[dict[str, Any]]:
    return [_shape(uow, each) for each in uow.conversations.recent(limit=limit)]


def _page(uow: UnitOfWork, conversation_id: str, *, before: int | None, limit: int) -> dict[str, Any]:
    _own(uow, conversation_id)
    found = uow.conversations.messages(conversation_id, before=before, limit=limit + 1)
    shown = found[-limit:]
    earlier = shown[0].id if len(found) > limit else None
    return {"items": [_message(uow, each) for each in shown], "before": earlier}


def _message(uow: UnitOfWork, message: StoredMessage) -> dict[str, Any]:
    return {
        "id": message.id,
        "message_id": message.message_id,
        "author": message.author,
        "text": message.text,
        "reply": message.payload or None,
        "created_at": message.created_at.astimezone(uow.settings.timezone).isoformat(),
    }


def _shape(uow: UnitOfWork, conversation: Conversation) -> dict[str, Any]:
    zone = uow.settings.timezone
    return {
        "id": conversation.id,
        "title": conversation.title,
        "channel": conversation.channel,
        "created_at": conversation.created_at.astimezone(zone).isoformat(),
        "updated_at": conversation.updated_at.astimezone(zone).isoformat(),
    }
