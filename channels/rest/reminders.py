"""Reminders of the user's due tasks, for a page that asks every now and then."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from channels.answers import tagged
from channels.rest.body import body_of
from channels.rest.documents import problems, takes
from channels.rest.sessions import SignedIn
from channels.rest.wire import Seen
from channels.service import ServiceOf
from crm_store.mailboxes import OutboxRow
from crm_store.principal import Origin
from crm_store.reminders import KIND
from crm_store.unit_of_work import UnitOfWork

router = APIRouter(prefix="/reminders", tags=["reminders"], responses=problems(401))
MODELS = (Seen,)


@router.get("")
async def reminders(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    after: Annotated[int, Query(ge=0, le=2**63 - 1, description="only those with a higher id")] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    unseen: Annotated[bool, Query(description="only those that were not marked as seen")] = False,
) -> Response:
    """My reminders, oldest first."""

    def work(uow: UnitOfWork) -> list[dict[str, Any]]:
        found = uow.outbox.for_me(kind=KIND, after=after, limit=limit)
        return [_shape(uow, row) for row in found if row.seen_at is None or not unseen]

    return tagged(request, {"items": await service.runtime.store.read(session.principal, work)})


@router.post("/seen", status_code=204, openapi_extra=takes(Seen), responses=problems(403, 415, 422))
async def seen(service: ServiceOf, session: SignedIn, body: Annotated[Seen, Depends(body_of(Seen))]) -> Response:
    """Mark reminders as seen; ids that are not mine are passed over."""
    origin = Origin(channel=session.channel)
    await service.runtime.store.write(session.principal, origin, lambda uow: uow.outbox.mark_seen(body.ids))
    return Response(status_code=204)


def _shape(uow: UnitOfWork, row: OutboxRow) -> dict[str, Any]:
    zone = uow.settings.timezone
    return {
        **row.payload,
        "id": row.id,
        "created_at": row.created_at.astimezone(zone).isoformat(),
        "seen_at": None if row.seen_at is None else row.seen_at.astimezone(zone).isoformat(),
    }
