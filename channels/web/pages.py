"""The pages: chat, documents, sign-in, the interface's documentation; all static, data comes over the interface."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

router = APIRouter(include_in_schema=False)
STATIC = Path(__file__).parent / "static"
_FILES = {path.name: path for path in sorted(STATIC.iterdir()) if path.is_file()}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}


@router.get("/")
async def chat() -> FileResponse:
    """The chat page."""
    return _file("index.html")


@router.get("/signin")
async def sign_in() -> FileResponse:
    """Where a one-time link leads: the page sends the token; that a link is merely looked at does not use it up."""
    return _file("signin.html")


@router.get("/docs")
async def docs() -> FileResponse:
    """The interface's documentation, made from /openapi.json."""
    return _file("docs.html")


@router.get("/collateral")
async def collateral() -> FileResponse:
    """The documents: searched, read in place, uploaded; a citation leads here."""
    return _file("collateral.html")


@router.get("/static/{name}")
async def static(name: str) -> FileResponse:
    """A file of the pages; only files that were there at the start are known, so that no path leads elsewhere."""
    return _file(name)


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """The icon, for browsers that ask for it by this name."""
    return _file("icon.svg")


def _file(name: str) -> FileResponse:
    if name not in _FILES:
        raise HTTPException(404)
    path = _FILES[name]
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})
