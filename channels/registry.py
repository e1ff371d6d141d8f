"""Finds the routers of all channels by module: a channel is a folder here, each of its modules may have a `router`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from fastapi import APIRouter
from pydantic import BaseModel

import channels
from channels.straight import Straight


@dataclass(frozen=True, kw_only=True, slots=True)
class Routes:
    """A module's `router`, `MODELS` (they describe bodies and answers), `BUSY`, `BODY_LIMIT` and `STRAIGHT`, and its
    folder's `PREFIX`."""

    router: APIRouter
    prefix: str
    models: tuple[type[BaseModel], ...]
    busy: bool
    body_limit: int | None = None  # bytes, where its requests may be larger than others
    straight: tuple[Straight, ...] = ()


def all_routes() -> list[Routes]:
    """What every module brings. Routes are tried one by one, so the busy come first and those with many routes last."""
    return sorted(_found(), key=lambda each: (not each.busy, len(each.router.routes)))


def _found() -> Iterator[Routes]:
    for folder in pkgutil.iter_modules(channels.__path__, "channels."):
        if folder.ispkg:
            package = importlib.import_module(folder.name)
            for module in _modules(package):
                router = getattr(module, "router", None)
                if isinstance(router, APIRouter):
                    yield Routes(
                        router=router,
                        prefix=getattr(package, "PREFIX", ""),
                        models=tuple(getattr(module, "MODELS", ())),
                        busy=getattr(module, "BUSY", False),
                        body_limit=getattr(module, "BODY_LIMIT", None),
                        straight=tuple(getattr(module, "STRAIGHT", ())),
                    )


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)
