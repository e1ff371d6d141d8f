"""How the interface answers: JSON bytes made in one step, entity tags, pages."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import Request, Response
from pydantic_core import to_json

JSON = "application/json"


def answer(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value of plain JSON types as a response, never kept by caches between us and the user."""
    return Response(to_json(value), status_code=status, media_type=JSON, headers={**_PRIVATE, **(headers or {})})


class Ready(Response):
    """A body of JSON that is there already: its headers are written down, not worked out."""

    def __init__(self, body: bytes) -> None:
        self.status_code = 200
        self.background = None
        self.body = body
        self.raw_headers = [(b"content-length", str(len(body)).encode()), *_READY]


def tagged(request: Request, value: Any, tag: str | None = None) -> Response:
    """`answer` with an entity tag; 304 where the client has that version. Without `tag` it is the content's hash."""
    body = to_json(value)
    known = tag or f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {**_PRIVATE, "ETag": known}
    if _names(request.headers.get("if-none-match"), known):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


def allows(request: Request, tag: str) -> bool:
    """Whether `If-Match` is absent or names the present version."""
    given = request.headers.get("if-match")
    return given is None or _names(given, tag)


def _names(header: str | None, tag: str) -> bool:
    if header is None:
        return False
    return header.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in header.split(","))


_PRIVATE = {"Cache-Control": "private, no-cache"}
_READY = ((b"content-type", JSON.encode()), (b"cache-control", _PRIVATE["Cache-Control"].encode()))
