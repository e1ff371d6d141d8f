"""A turn as server-sent events: at once a sign of life, then `delta`, `card`s and `done`, or `problem`."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from fastapi import Request
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic_core import to_json

from channels.logs import events as events_log
from channels.problems import ERRORS, Problem, problem_of
from channels.service import Service

_OPENED = format_sse_event(comment="ok")
log = events_log("channels.events")


def wants_events(request: Request) -> bool:
    """Whether the client asked for a stream."""
    return "text/event-stream" in request.headers.get("accept", "")


Turn = Coroutine[Any, Any, dict[str, Any]]


def streamed(request: Request, service: Service, turn: Turn) -> EventSourceResponse:
    """The stream of one turn, which once begun goes on to its end even when the client leaves."""
    stream = _stream(request.state.request_id, service, turn)
    return EventSourceResponse(stream, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


async def _stream(request_id: str, service: Service, turn: Turn) -> AsyncIterator[bytes]:
    """The turn begins when the first byte is out: its threads would hold that up for milliseconds."""
    try:
        yield _OPENED
    except GeneratorExit:
        turn.close()
        raise
    running = service.keep(turn)
    await asyncio.wait({running})
    error = running.exception()
    if error is None:
        for event, data in _parts(running.result()):
            yield _event(event, data)
    else:
        yield _event("problem", _told(service, error).shape(request_id))


def _told(service: Service, error: BaseException) -> Problem:
    """The problem to send. An unexpected one is logged here, since the response has begun and can't become a 500."""
    problem = problem_of(error)
    service.metrics.problem(problem.code)
    if not isinstance(error, (Problem, *ERRORS)):
        log.error("unexpected", kind=type(error).__name__, trace="".join(traceback.format_tb(error.__traceback__)))
    return problem


def _parts(reply: dict[str, Any]) -> list[tuple[str, Any]]:
    """A reply as events: its sentence, each card (a held one with the id that confirms it), the whole."""
    cards = [("card", {"card": card, "pending_id": None}) for card in reply["cards"]]
    held = [("card", {"card": card, "pending_id": h["id"]}) for h in reply["held"] for card in h["cards"]]
    return [("delta", {"text": reply["headline"]}), *cards, *held, ("done", reply)]


def _event(name: str, data: Any) -> bytes:
    return format_sse_event(event=name, data_str=to_json(data).decode())
