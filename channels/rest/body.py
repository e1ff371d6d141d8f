"""Request bodies: strict JSON in, a validated value out; what plain JSON parsers let through is refused here."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from math import isinf
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import ClientDisconnect

from channels.problems import Problem, field_problems

M = TypeVar("M", bound=BaseModel)


class Body(BaseModel):
    """Base of request bodies: unknown fields and values of the wrong type are refused."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, populate_by_name=True, defer_build=True
    )


def body_of(model: type[M]) -> Callable[[Request], Awaitable[M]]:
    """A dependency that reads the body as `model`. Raises Problem (415, 422)."""

    async def read(request: Request) -> M:
        return await read_body(request, model)

    return read


async def read_body(request: Request, model: type[M]) -> M:
    """The body as `model`. Raises Problem (413, 415, 422)."""
    _require_json(request)
    return parse(model, await _whole(request))


async def _whole(request: Request) -> bytes:
    """The body's bytes; nearly always they come in one message, which needs none of the framework's ways."""
    message = await request.receive()
    parts = []
    while message["type"] == "http.request":
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)
        message = await request.receive()
    raise ClientDisconnect


def parse(model: type[M], raw: bytes) -> M:
    """A body as a value. Raises Problem: invalid_json for NaN, doubled keys and broken characters too."""
    try:
        value = model.model_validate_json(raw)
        _STRICT.decode(raw.decode())
    except ValidationError as error:
        raise _refused(error) from error
    except ValueError as error:
        raise Problem("invalid_json", details=str(error)) from error
    return value


def _refused(error: ValidationError) -> Problem:
    found = error.errors(include_input=False, include_url=False)
    if found[0]["type"] == "json_invalid":
        return Problem("invalid_json", details=found[0]["msg"])
    return Problem("invalid_body", details=field_problems(found))


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem("unsupported_media_type")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: which of two would count is nobody's to guess."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object names a key twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise ValueError("a number is too large")
    return value


_STRICT = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
