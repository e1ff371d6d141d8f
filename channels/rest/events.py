"""A turn as server-sent events: at once a sign of life, then `delta`, `card`s and `done`, or `problem`."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.sse import format_sse_event
from pydantic_core import from_json, to_json
from starlette.types import Receive, Scope, Send

from channels.logs import events as events_log
from channels.problems import ERRORS, Problem, problem_of
from channels.service import Service

_OPENED = format_sse_event(comment="ok")
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    (b"cache-control", b"no-store"),
]
log = events_log("channels.events")


def wants_events(request: Request) -> bool:
    """Whether the client asked for a stream."""
    return "text/event-stream" in request.headers.get("accept", "")


Turn = Coroutine[Any, Any, bytes]
"""One turn, as the JSON of its answer."""


class Stream(Response):
    """The stream of one turn, which once begun goes on to its end even when the client leaves.

    Plain ASGI: the framework's own response has a group of tasks watch the client.
    """

    def __init__(self, request: Request, service: Service, turn: Turn) -> None:
        self.status_code = 200
        self.background = None
        self.raw_headers = list(_HEADERS)
        self._request_id: str = request.state.request_id
        self._service = service
        self._turn = turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The turn begins when the first byte is out: its threads would hold that up for milliseconds."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": _OPENED, "more_body": True})
        except BaseException:
            self._turn.close()
            raise
        running = self._service.keep(self._turn)
        await asyncio.wait({running})
        await send({"type": "http.response.body", "body": self._rest(running), "more_body": False})

    def _rest(self, ended: asyncio.Task[bytes]) -> bytes:
        error = ended.exception()
        if error is None:
            return b"".join(_parts(ended.result()))
        return _event("problem", to_json(_told(self._service, error).shape(self._request_id)))


def _told(service: Service, error: BaseException) -> Problem:
    """The problem to send. An unexpected one is logged here, since the response has begun and can't become a 500."""
    problem = problem_of(error)
    service.metrics.problem(problem.code)
    if not isinstance(error, (Problem, *ERRORS)):
        log.error("unexpected", kind=type(error).__name__, trace="".join(traceback.format_tb(error.__traceback__)))
    return problem


def _parts(answer: bytes) -> list[bytes]:
    """An answer as events: its sentence, each card (a held one with the id that confirms it), the whole."""
    reply = from_json(answer)
    cards = [{"card": card, "pending_id": None} for card in reply["cards"]]
    cards += [{"card": card, "pending_id": held["id"]} for held in reply["held"] for card in held["cards"]]
    shown = [_event("card", to_json(card)) for card in cards]
    return [_event("delta", to_json({"text": reply["headline"]})), *shown, _event("done", answer)]


def _event(name: str, data: bytes) -> bytes:
    """JSON has no line breaks, so that an event is one line of data."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)
