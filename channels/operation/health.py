"""Health and readiness, for whoever restarts the service or sends it traffic."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from assistant.settings import Settings
from channels.answers import answer
from channels.service import ServiceOf
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz() -> Response:
    """The process answers."""
    return answer({"status": "ok"})


@router.get("/readyz", responses={503: {"description": "The store can't be reached"}})
async def readyz(service: ServiceOf) -> Response:
    """The store can be read and there is a planner; 503 otherwise."""
    store = await _store_state(service)
    state = {"status": store, "store": store, "planner": planner_state(service.runtime.settings)}
    return answer(state, status=200 if store == "ok" else 503)


def planner_state(settings: Settings) -> dict[str, Any]:
    """Which planner answers. Without an endpoint, `auto` is the embedded one."""
    has_model = settings.llm_base_url is not None and settings.llm_model is not None
    missing = settings.planner == "llm" and not has_model
    return {"kind": settings.planner, "model": has_model, "status": "no model configured" if missing else "ok"}


async def _store_state(service: ServiceOf) -> str:
    try:
        await service.runtime.store.read(SYSTEM, lambda uow: uow.stages.find(limit=1))
    except StoreError:
        return "unreachable"
    return "ok"
