"""The border every request crosses: an id, a limit on the body, security headers, a log line, a measurement."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.headers import security_headers
from channels.logs import events
from channels.metrics import Metrics
from channels.problems import Problem, respond
from channels.service import Service
from channels.straight import StraightWays

BODY_LIMIT = 1_000_000
"""Largest request body in bytes; more is answered with 413."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SAFE_ID = re.compile(rb"[A-Za-z0-9_.-]{8,64}")
log = events("channels.http")


class Border:
    """ASGI middleware; plain ASGI, since the framework's helper for it costs a task and a queue a request."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        straight: StraightWays,
        limit: int = BODY_LIMIT,
        larger: Mapping[str, int] | None = None,
    ) -> None:
        """`limit` is in bytes; `larger` are the limits of paths that begin so."""
        self._straight = straight
        self._app = app
        self._limit = limit
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        service: Service = scope["app"].state.service
        limit = self._limit_of(scope["path"])
        crossing = _Crossing(_request_id(scope, service.runtime.new_id), limit, receive, send)
        scope.setdefault("state", {})["request_id"] = crossing.request_id
        began = time.perf_counter()
        try:
            if _announced(scope) > limit:
                await respond(Problem("body_too_large"), crossing.request_id)(scope, receive, crossing.send)
            else:
                await (self._straight.of(scope) or self._app)(scope, crossing.receive, crossing.send)
        finally:
            _note(scope, service.metrics, crossing, time.perf_counter() - began)

    def _limit_of(self, path: str) -> int:
        return next((limit for begin, limit in self._larger.items() if path.startswith(begin)), self._limit)


class _Crossing:
    """One request's way in and out."""

    def __init__(self, request_id: str, limit: int, receive: Receive, send: Send) -> None:
        self.request_id = request_id
        self.status = 500  # what the server answers when nothing else was sent
        self._left = limit
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """Count the body: a client may send more than it announced, or announce nothing."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise Problem("body_too_large")
        return message

    async def send(self, message: Message) -> None:
        """Add the headers to the response's start."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), *security_headers(self.request_id)]
        await self._send(message)


def _note(scope: Scope, metrics: Metrics, crossing: _Crossing, seconds: float) -> None:
    """Log and measure. The route's pattern is noted, never the path's query, which may hold a sign-in token."""
    method, route = _method(scope), _route(scope)
    metrics.request(method, route, crossing.status, seconds)
    log.info(
        "request",
        method=method,
        route=route,
        status=crossing.status,
        ms=round(seconds * 1000, 1),
        request_id=crossing.request_id,
        user_id=scope["state"].get("user_id"),
    )


def _request_id(scope: Scope, new_id: Callable[[], str]) -> str:
    """The client's id where it is harmless, so that both sides' logs agree; else a new one."""
    given = _header(scope, b"x-request-id")
    return given.decode() if _SAFE_ID.fullmatch(given) else new_id()


def _method(scope: Scope) -> str:
    """The method, or OTHER for one that a client made up: labels must stay few."""
    return str(scope["method"]) if scope["method"] in _METHODS else "OTHER"


def _route(scope: Scope) -> str:
    """The pattern of the route that was found, with its prefix where the framework says it; '-' for none."""
    found = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    return str(getattr(found, "path", "-"))


def _announced(scope: Scope) -> int:
    length = _header(scope, b"content-length")
    return int(length) if length.isdigit() else 0


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")
