"""What I have changed lately, through whatever channel, so that it can be taken back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from channels.answers import tagged
from channels.rest.documents import problems
from channels.rest.sessions import SignedIn
from channels.service import ServiceOf
from crm_store.audit import ChangeSet
from crm_store.listing import own_changes
from crm_store.natural import NaturalKeys
from crm_store.undo import UNDO
from crm_store.unit_of_work import UnitOfWork

router = APIRouter(prefix="/changes", tags=["changes"], responses=problems(401))


@router.get("")
async def changes(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """My newest change sets first; `id` is what undo takes, `can_undo` says whether it makes sense to try."""

    def work(uow: UnitOfWork) -> list[dict[str, Any]]:
        natural = NaturalKeys(uow)
        return [_shape(uow, natural, each) for each in own_changes(uow, limit=limit)]

    return tagged(request, {"items": await service.runtime.store.read(session.principal, work)})


def _shape(uow: UnitOfWork, natural: NaturalKeys, each: ChangeSet) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "channel": each.channel,
        "conversation_id": each.conversation_id,
        "words": each.words,
        "at": each.at.astimezone(uow.settings.timezone).isoformat(),
        "undone": each.undone_by is not None,
        "can_undo": each.kind != UNDO and each.undone_by is None and bool(each.changes),
        "changes": [natural.change(change) for change in each.changes],
    }
