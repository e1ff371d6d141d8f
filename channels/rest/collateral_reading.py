"""Documents read in place: the whole or a passage with its surroundings, as they are or as they were when cited."""

from __future__ import annotations

import asyncio
from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from channels.answers import tagged
from channels.problems import Problem
from channels.rest.documents import gives, problems
from channels.rest.sessions import SignedIn
from channels.service import ServiceOf
from crm_store.collateral.chunking import sections_of
from crm_store.collateral.formats.genuine import UnreadableDocument
from crm_store.collateral.formats.reading import Parsed, about_of, read_document
from crm_store.collateral.intake import REFUSED
from crm_store.documents import Document
from crm_store.unit_of_work import UnitOfWork

router = APIRouter(prefix="/collateral", tags=["collateral"], responses=problems(401))
DocumentPath = Annotated[str, Path(min_length=1, max_length=512)]


class _Shape(BaseModel):
    model_config = ConfigDict(defer_build=True)


class CollateralText(_Shape):
    """A document's text by sections, in reading order; `section` of a citation is one of the headings.

    `version` names what is shown, `current` says whether that version holds, `at` is the place of the section that was
    asked for among those shown (null for none), `of` the number of sections in all.
    """

    path: str
    title: str
    version: str
    current: bool
    updated_at: str
    sections: list[dict[str, str]]
    at: int | None
    of: int


class CollateralVersions(_Shape):
    """Every version of a document, the newest first: its name, what its front matter calls it, how long it held."""

    items: list[dict[str, Any]]


MODELS = (CollateralText, CollateralVersions)


@router.get("/documents/{path:path}", responses=gives(CollateralText) | problems(404, 422))
async def document(
    request: Request,
    service: ServiceOf,
    session: SignedIn,
    path: DocumentPath,
    version: Annotated[str | None, Query(max_length=64, description="of a citation; else the one that holds")] = None,
    section: Annotated[str | None, Query(max_length=1000, description="show this section with those around it")] = None,
    around: Annotated[int, Query(ge=0, le=20, description="sections before and after it")] = 1,
) -> Response:
    """A document's text, section by section, as it is quoted: the whole, or one section with its surroundings."""

    def work(uow: UnitOfWork) -> tuple[Document | None, tzinfo]:
        found = uow.documents.version(path, version) if version else uow.documents.get(path)
        return found, uow.settings.timezone

    found, zone = await service.runtime.store.read(session.principal, work)
    if found is None:
        raise Problem("not_found")
    parsed = await _parsed(found)
    read = sections_of(parsed.document, parsed.title, parsed.blocks, parsed.about)
    sections = [{"section": each.heading, "text": each.text} for each in read]
    place = next((n for n, each in enumerate(sections) if each["section"] == section), None)
    if section is not None and place is None:
        raise Problem("not_found")
    begin = 0 if place is None else max(place - around, 0)
    shown = {
        "path": found.path,
        "title": parsed.title,
        "version": found.version,
        "current": found.replaced_at is None,
        "updated_at": found.updated_at.astimezone(zone).isoformat(),
        "sections": sections if place is None else sections[begin : place + around + 1],
        "at": None if place is None else place - begin,
        "of": len(sections),
    }
    return tagged(request, shown)


async def _parsed(found: Document) -> Parsed:
    """Read a document. Raises Problem where it no longer can be read."""
    try:
        return await asyncio.to_thread(read_document, found.path, found.content)
    except UnreadableDocument as error:
        told = {"path": found.path, "status": REFUSED, "message": str(error), "message_en": error.english}
        raise Problem("document_refused", details=[told]) from error


@router.get("/versions/{path:path}", responses=gives(CollateralVersions) | problems(404, 422))
async def versions(request: Request, service: ServiceOf, session: SignedIn, path: DocumentPath) -> Response:
    """Every version of a document; one that was replaced or removed can still be read, for what was cited from it."""

    def work(uow: UnitOfWork) -> list[dict[str, Any]]:
        return [_version(each, uow.settings.timezone) for each in uow.documents.versions(path)]

    found = await service.runtime.store.read(session.principal, work)
    if not found:
        raise Problem("not_found")
    return tagged(request, {"items": found})


def _version(document: Document, zone: tzinfo) -> dict[str, Any]:
    return {
        "version": document.version,
        "called": about_of(document.front_matter).version,
        "current": document.replaced_at is None,
        "updated_at": document.updated_at.astimezone(zone).isoformat(),
        "replaced_at": document.replaced_at.astimezone(zone).isoformat() if document.replaced_at else None,
        "bytes": len(document.content),
    }
