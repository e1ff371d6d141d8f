"""Every record type as a resource: list, read, create, change, delete, through the store and its rules."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel

from channels.answers import allows, answer, tagged
from channels.openapi import QUERY, refer
from channels.problems import Problem
from channels.rest.body import Body, body_of
from channels.rest.documents import Responses, gives, problems, takes
from channels.rest.record_filters import Filters, filters
from channels.rest.record_models import Models, changed_fields, models, new_fields, shape
from channels.rest.record_rules import change_record, refuse_twin
from channels.rest.sessions import SignedIn
from channels.rest.wire import RowId
from channels.service import ServiceOf
from crm_store.editing import create
from crm_store.fields import FIELDS, PLURALS
from crm_store.listing import Wanted, count, labels, page
from crm_store.principal import Origin
from crm_store.records import Record
from crm_store.unit_of_work import UnitOfWork

router = APIRouter()
RecordId = Annotated[RowId, Path()]


def _resource(record_type: str) -> tuple[APIRouter, tuple[type[BaseModel], ...]]:
    """The routes of one record type, and the models that describe them."""
    made, query = models(record_type), filters(record_type)
    resource = APIRouter(prefix=f"/{PLURALS[record_type]}", tags=[PLURALS[record_type]], responses=problems(401))
    _add_reading(resource, record_type, made, query)
    _add_writing(resource, record_type, made)
    return resource, (made.read, made.create, made.change, query.model)


def _add_reading(resource: APIRouter, record_type: str, made: Models, query: Filters) -> None:
    plural = PLURALS[record_type]

    @resource.get(
        "",
        name=f"list_{plural}",
        openapi_extra={QUERY: query.model.__name__},
        responses=_list_of(made) | problems(422),
    )
    async def many(
        request: Request,
        service: ServiceOf,
        session: SignedIn,
        asked: tuple[Wanted, bool] = Depends(query.read),
    ) -> Response:
        """The records that I may see, page by page."""
        wanted, total = asked
        found = await service.runtime.store.read(
            session.principal, lambda uow: _page(uow, record_type, wanted, total=total)
        )
        return tagged(request, found)

    @resource.get("/{record_id}", name=f"get_{record_type}", responses=gives(made.read) | problems(404, 422))
    async def one(request: Request, service: ServiceOf, session: SignedIn, record_id: RecordId) -> Response:
        """One record; its ETag is what If-Match takes. Another's record and none are the same 404."""
        found = await service.runtime.store.read(
            session.principal, lambda uow: _shown(uow, record_type, uow.repository(record_type).require(record_id))
        )
        return tagged(request, found, _tag(record_type, found))


def _add_writing(resource: APIRouter, record_type: str, made: Models) -> None:
    errors = problems(403, 409, 413, 415, 422)
    read_new, read_changed = body_of(made.create), body_of(made.change)

    @resource.post(
        "",
        name=f"create_{record_type}",
        status_code=201,
        openapi_extra=takes(made.create),
        responses=gives(made.read, 201) | errors,
    )
    async def add(
        service: ServiceOf,
        session: SignedIn,
        body: Body = Depends(read_new),
        allow_duplicate: Annotated[bool, Query(description="create it even if it seems to be there")] = False,
    ) -> Response:
        """Create a record."""
        fields = new_fields(record_type, body, session.principal)

        def work(uow: UnitOfWork) -> dict[str, Any]:
            if not allow_duplicate:
                refuse_twin(uow, record_type, fields)
            return _shown(uow, record_type, create(uow, record_type, fields))

        shown = await service.runtime.store.write(session.principal, Origin(channel=session.channel), work)
        location = f"/api/v1/{PLURALS[record_type]}/{shown['id']}"
        return answer(shown, status=201, headers={"Location": location, "ETag": _tag(record_type, shown)})

    @resource.patch(
        "/{record_id}",
        name=f"change_{record_type}",
        openapi_extra=takes(made.change),
        responses=gives(made.read) | errors | problems(404, 412),
    )
    async def change(
        request: Request,
        service: ServiceOf,
        session: SignedIn,
        record_id: RecordId,
        body: Body = Depends(read_changed),
    ) -> Response:
        """Change the fields that are given, null empties one. If-Match guards against overwriting others' changes."""

        def work(uow: UnitOfWork) -> dict[str, Any]:
            before = uow.repository(record_type).require(record_id)
            _guard(request, record_type, before)
            return _shown(uow, record_type, change_record(uow, record_type, before, changed_fields(body)))

        shown = await service.runtime.store.write(session.principal, Origin(channel=session.channel), work)
        return answer(shown, headers={"ETag": _tag(record_type, shown)})

    @resource.delete("/{record_id}", name=f"delete_{record_type}", status_code=204, responses=problems(403, 404, 412))
    async def delete(request: Request, service: ServiceOf, session: SignedIn, record_id: RecordId) -> Response:
        """Delete a record; undo can bring it back."""

        def work(uow: UnitOfWork) -> None:
            repository = uow.repository(record_type)
            _guard(request, record_type, repository.require(record_id))
            repository.delete(record_id)

        await service.runtime.store.write(session.principal, Origin(channel=session.channel), work)
        return Response(status_code=204)


def _page(uow: UnitOfWork, record_type: str, wanted: Wanted, *, total: bool) -> dict[str, Any]:
    found = page(uow, record_type, wanted)
    names = labels(uow, record_type, found.records)
    zone = uow.settings.timezone
    answer: dict[str, Any] = {"items": [shape(record, zone, names) for record in found.records], "more": found.more}
    return {**answer, "total": count(uow, record_type, wanted)} if total else answer


def _shown(uow: UnitOfWork, record_type: str, record: Record) -> dict[str, Any]:
    return shape(record, uow.settings.timezone, labels(uow, record_type, [record]))


def _guard(request: Request, record_type: str, before: Record) -> None:
    if not allows(request, _tag(record_type, {"id": before.id, "version": before.version})):
        raise Problem("version_conflict")


def _tag(record_type: str, shown: dict[str, Any]) -> str:
    """The entity tag of a record's version."""
    return f'"{record_type}-{shown["id"]}-{shown["version"]}"'


def _list_of(made: Models) -> Responses:
    schema = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": refer(made.read)},
            "more": {"type": "boolean"},
            "total": {"type": "integer"},
        },
    }
    return {200: {"description": "A page", "content": {"application/json": {"schema": schema}}}}


_MADE = [_resource(record_type) for record_type in FIELDS]
MODELS = tuple(model for _, made in _MADE for model in made)
for _router, _ in _MADE:
    router.include_router(_router)
