"""Straight ways: the busiest endpoints are served without the framework's routing, which costs more than their work.

The same function is a route of the framework too, which describes it; whatever a straight way does not know (another
method, an id of another shape) goes there.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from fastapi import Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.problems import ERRORS, Problem, counted, problem_of

Handle = Callable[[Request, str], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Straight:
    """A POST endpoint whose `path` is the route's, with one parameter in it that is shaped like `parameter`."""

    path: str
    parameter: str
    handle: Handle

    def below(self, prefix: str) -> Straight:
        """The same, for a router that is included with a prefix."""
        return replace(self, path=prefix + self.path)


class StraightWays:
    """Finds the straight way of a request, if it has one."""

    def __init__(self, ways: Iterable[Straight]) -> None:
        self._ways = [(re.compile(_pattern(way)), way) for way in ways]

    def of(self, scope: Scope) -> ASGIApp | None:
        """What serves the request, or None."""
        if scope["method"] != "POST" or scope.get("root_path"):
            return None
        for pattern, way in self._ways:
            found = pattern.fullmatch(scope["path"])
            if found is not None:
                scope["route"] = way
                return _Serving(way.handle, found[1])
        return None


class _Serving:
    """One request on its straight way."""

    def __init__(self, handle: Handle, parameter: str) -> None:
        self._handle = handle
        self._parameter = parameter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._handle(request, self._parameter)
        except (Problem, *ERRORS) as error:
            response = counted(request, problem_of(error))
        await response(scope, receive, send)


def _pattern(way: Straight) -> str:
    before, _, after = way.path.partition("{")
    return f"{re.escape(before)}({way.parameter}){re.escape(after.partition('}')[2])}"
