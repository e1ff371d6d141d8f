"""The documents as a resource: list, search with citations, upload and remove."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict
from starlette.datastructures import FormData, UploadFile

from channels.answers import answer as answered
from channels.answers import tagged
from channels.problems import Problem
from channels.rest.collateral_reading import DocumentPath
from channels.rest.documents import gives, problems
from channels.rest.sessions import Session, SignedIn
from channels.rest.wire import RowId
from channels.service import ServiceOf
from crm_store.collateral.answering import CollateralAnswer, answer
from crm_store.collateral.formats.genuine import MOST_BYTES
from crm_store.collateral.formats.reading import about_of
from crm_store.collateral.intake import REFUSED, Candidate, Looked, Taken, look, store
from crm_store.collateral.passages import Filter, Section
from crm_store.collateral.shelf import collateral_of
from crm_store.documents import Document
from crm_store.principal import Origin, Role
from crm_store.unit_of_work import UnitOfWork
from tools.citing import Sources
from tools.collateral_situation import situation_of

router = APIRouter(prefix="/collateral", tags=["collateral"], responses=problems(401))
BODY_LIMIT = 32_000_000
"""Bytes of one upload, all its files together."""
MOST_FILES = 20


class _Shape(BaseModel):
    model_config = ConfigDict(defer_build=True)


class CollateralDocument(_Shape):
    """A document; `audience` is internal or customer, `expired` whether it no longer is searched."""

    path: str
    kind: str
    product: str
    industry: str
    stage: str
    topic: str
    audience: str
    version: str
    expires: str
    expired: bool
    bytes: int
    updated_at: str


class CollateralDocuments(_Shape):
    """All documents by path."""

    items: list[CollateralDocument]


class CollateralAnswerShape(_Shape):
    """What the documents say: `standing` is found, near or absent; quotes are word for word."""

    standing: str
    missing: list[str]
    quotes: list[dict[str, str]]
    nearest: list[dict[str, str]]


class CollateralTaken(_Shape):
    """What became of each file of an upload: stored, unchanged, or refused with the reason."""

    items: list[dict[str, str]]


MODELS = (CollateralDocument, CollateralDocuments, CollateralAnswerShape, CollateralTaken)


@router.get("/documents", responses=gives(CollateralDocuments))
async def documents(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    audience: Annotated[str | None, Query(pattern="^(internal|customer)$", description="customer: may be sent")] = None,
) -> Response:
    """All documents with what they are about."""

    def work(uow: UnitOfWork) -> list[dict[str, Any]]:
        today = uow.now.astimezone(uow.settings.timezone).date().isoformat()
        return [_shape(uow, each, today) for each in uow.documents.all()]

    found = await service.runtime.store.read(session.principal, work)
    return tagged(request, {"items": [each for each in found if audience in (None, each["audience"])]})


def _shape(uow: UnitOfWork, document: Document, today: str) -> dict[str, Any]:
    about = about_of(document.front_matter)
    return {
        "path": document.path,
        "kind": about.kind,
        "product": about.product,
        "industry": about.industry,
        "stage": about.stage,
        "topic": about.topic,
        "audience": about.audience,
        "version": about.version,
        "expires": about.expires,
        "expired": bool(about.expires) and about.expires < today,
        "bytes": len(document.content),
        "updated_at": document.updated_at.astimezone(uow.settings.timezone).isoformat(),
    }


@router.post(
    "/documents",
    responses=gives(CollateralTaken) | problems(403, 413, 415, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                        "required": ["file"],
                    }
                }
            },
        }
    },
)
async def upload(request: Request, service: ServiceOf, session: SignedIn) -> Response:
    """Store files (Markdown, text, HTML, PDF, DOCX, PPTX); one of the same name is replaced. Managers and admins may.

    Files that can't be read are named in the answer with the reason, the others are stored all the same.
    """
    _require_editor(session)
    looked = await _looked(await _files(request))
    origin = Origin(channel=session.channel)
    taken = await service.runtime.store.write(session.principal, origin, lambda uow: store(uow.documents, looked))
    items = [_told(each) for each in taken]
    if all(each.status == REFUSED for each in taken):
        raise Problem("document_refused", details=items)
    return answered({"items": items})


def _require_editor(session: Session) -> None:
    if session.principal.role is Role.REP:
        raise Problem("not_permitted")


async def _files(request: Request) -> list[Candidate]:
    """The files of a form. Raises Problem (415, 422)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise Problem("upload_expected")
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
        found = [await _candidate(each) for each in _uploads(form)]
    if not found:
        raise Problem("upload_expected")
    return found


def _uploads(form: FormData) -> list[UploadFile]:
    return [value for _, value in form.multi_items() if isinstance(value, UploadFile)]


async def _candidate(upload: UploadFile) -> Candidate:
    """A file as it came; of one that is too large so much is read that it is refused for it."""
    return Candidate(path=upload.filename or "", content=await upload.read(MOST_BYTES + 1))


async def _looked(files: Sequence[Candidate]) -> list[Looked]:
    """Read one after the other: reading takes a whole core."""
    return [await asyncio.to_thread(look, each) for each in files]


def _told(taken: Taken) -> dict[str, str]:
    return {"path": taken.path, "status": taken.status, "message": taken.reason, "message_en": taken.reason_en}


@router.delete("/documents/{path:path}", status_code=204, responses=problems(403, 404, 422))
async def remove(service: ServiceOf, session: SignedIn, path: DocumentPath) -> Response:
    """Forget a document. Managers and admins may."""
    _require_editor(session)

    def work(uow: UnitOfWork) -> bool:
        known = uow.documents.get(path) is not None
        uow.documents.remove(path)
        return known

    if not await service.runtime.store.write(session.principal, Origin(channel=session.channel), work):
        raise Problem("not_found")
    return Response(status_code=204)


@router.get("/search", responses=gives(CollateralAnswerShape) | problems(404, 422))
async def search(
    service: ServiceOf,
    session: SignedIn,
    q: Annotated[str, Query(min_length=1, max_length=500, description="the question")],
    customer: Annotated[RowId | None, Query(description="id of the customer it is asked for")] = None,
    opportunity: Annotated[RowId | None, Query(description="id of the deal it is asked for")] = None,
    kind: Annotated[str | None, Query(max_length=40, description="product, policy, script, battlecard, case…")] = None,
    product: Annotated[str | None, Query(max_length=200, description="of documents on it or on none")] = None,
    audience: Annotated[str | None, Query(pattern="^(internal|customer)$", description="customer: may be sent")] = None,
) -> Response:
    """What the documents say to a question, for this customer at this stage, with the passages it comes from.

    `kind`, `product` and `audience` limit what is searched.
    """

    def work(uow: UnitOfWork) -> tuple[CollateralAnswer, Sources]:
        situation = situation_of(uow, customer=customer, opportunity=opportunity)
        today = situation.only.today if situation.only else None
        kinds, products = (kind,) if kind else (), (product,) if product else ()
        only = Filter(kinds=kinds, products=products, audience=audience, today=today)
        found = answer(collateral_of(uow.documents), q, replace(situation, only=only))
        return found, Sources(digests=uow.documents.digests())

    return answered(_found(*await service.runtime.store.read(session.principal, work)))


def _found(found: CollateralAnswer, sources: Sources) -> dict[str, Any]:
    return {
        "standing": found.standing.value,
        "missing": list(found.missing),
        "quotes": [{**_source(quote.section, sources), "quote": quote.text} for quote in found.quotes],
        "nearest": [_source(section, sources) for section in found.nearest],
    }


def _source(section: Section, sources: Sources) -> dict[str, str]:
    cited = sources.cite(section, "")
    where = {"document": section.document, "title": section.title, "section": section.heading}
    return {**where, "path": cited.path, "version": cited.version}
