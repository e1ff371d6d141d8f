"""Finds the routers of all channels by module: a channel is a folder here, each of its modules may have a `router`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from fastapi import APIRouter

import channels


def routers() -> list[tuple[str, APIRouter]]:
    """(prefix, router) for each module that has one; the prefix is the folder's `PREFIX`, if it has one.

    Those with few routes come first: routes are tried one by one, and the many of the records are not the busy ones.
    """
    return sorted(_found(), key=lambda found: len(found[1].routes))


def _found() -> Iterator[tuple[str, APIRouter]]:
    for folder in pkgutil.iter_modules(channels.__path__, "channels."):
        if folder.ispkg:
            package = importlib.import_module(folder.name)
            for module in _modules(package):
                router = getattr(module, "router", None)
                if isinstance(router, APIRouter):
                    yield getattr(package, "PREFIX", ""), router


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)
