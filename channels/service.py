"""What the routes of one app work with: the running assistant, its measurements, its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from assistant.bootstrap import Runtime
from channels.limits import InFlight, Window
from channels.metrics import Metrics
from crm_store.principal import Principal

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """Made once by the app factory; routes get it as an argument."""

    runtime: Runtime
    metrics: Metrics = field(default_factory=Metrics)
    turns: InFlight = field(default_factory=InFlight)
    sign_ins: Window = field(default_factory=Window)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    seen: dict[tuple[str, str, str], Principal] = field(default_factory=dict)
    """Who was behind a token of a kind in a conversation when it was last looked up."""

    def keep(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run work to its end even when the client that asked for it has gone."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


def service_of(request: Request) -> Service:
    """The service of the app that a request came to."""
    service: Service = request.app.state.service
    return service


async def _service(request: Request) -> Service:
    return service_of(request)


ServiceOf = Annotated[Service, Depends(_service)]
"""An argument of a route: the service of its app."""
