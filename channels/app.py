"""The web application: middleware, errors and the routers of all channels around one running assistant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from fastapi import FastAPI

from assistant.bootstrap import Runtime
from channels import problems, registry
from channels.logs import events
from channels.middleware import BODY_LIMIT, Border
from channels.openapi import describe
from channels.reminding import keep_reminding
from channels.service import Service

TITLE = "小销 sales assistant"
log = events("channels.app")


def create_app(runtime: Runtime, *, body_limit: int = BODY_LIMIT) -> FastAPI:
    """The application. The caller closes `runtime` after the application has ended; `body_limit` is in bytes."""
    app = FastAPI(title=TITLE, version="1", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.service = Service(runtime=runtime)
    app.add_middleware(Border, limit=body_limit)
    problems.install(app)
    found = registry.all_routes()
    for each in found:
        app.include_router(each.router, prefix=each.prefix)
    models = dict.fromkeys(model for each in found for model in each.models)
    app.openapi = partial(describe, app, models)  # type: ignore[method-assign]
    return app


def _told_when_it_breaks(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("reminders have stopped", exc_info=task.exception())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Remind while the application runs; let turns that have begun come to their end."""
    service: Service = app.state.service
    reminding = asyncio.create_task(keep_reminding(service))
    reminding.add_done_callback(_told_when_it_breaks)
    yield
    reminding.cancel()
    with suppress(asyncio.CancelledError):
        await reminding
    if service.tasks:
        await asyncio.wait(service.tasks)
