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
from channels.straight import StraightWays
from channels.watching import keep_watching

TITLE = "小销 sales assistant"
log = events("channels.app")


def create_app(runtime: Runtime, *, body_limit: int = BODY_LIMIT) -> FastAPI:
    """The application. The caller closes `runtime` after the application has ended; `body_limit` is in bytes."""
    app = FastAPI(title=TITLE, version="1", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.service = Service(runtime=runtime)
    found = registry.all_routes()
    larger = {each.prefix + each.router.prefix: each.body_limit for each in found if each.body_limit is not None}
    straight = StraightWays(way.below(each.prefix) for each in found for way in each.straight)
    app.add_middleware(Border, limit=body_limit, larger=larger, straight=straight)
    problems.install(app)
    for each in found:
        app.include_router(each.router, prefix=each.prefix)
    models = dict.fromkeys(model for each in found for model in each.models)
    app.openapi = partial(describe, app, models)  # type: ignore[method-assign]
    return app


def _told_when_it_breaks(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("a loop has stopped (reminders or the collateral folder)", exc_info=task.exception())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Remind while the application runs; let turns that have begun come to their end."""
    service: Service = app.state.service
    reminding = asyncio.create_task(keep_reminding(service))
    folder = service.runtime.settings.collateral_folder
    loops = [reminding] if folder is None else [reminding, asyncio.create_task(keep_watching(service, folder))]
    for loop in loops:
        loop.add_done_callback(_told_when_it_breaks)
    yield
    for loop in loops:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
    if service.tasks:
        await asyncio.wait(service.tasks)
