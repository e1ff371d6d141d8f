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

    Routes are tried one by one, so modules that say `BUSY = True` come first, and those with many routes last.
    """
    found = sorted(_found(), key=lambda each: (not each[0], len(each[2].routes)))
    return [(prefix, router) for _, prefix, router in found]


def _found() -> Iterator[tuple[bool, str, APIRouter]]:
    for folder in pkgutil.iter_modules(channels.__path__, "channels."):
        if folder.ispkg:
            package = importlib.import_module(folder.name)
            for module in _modules(package):
                router = getattr(module, "router", None)
                if isinstance(router, APIRouter):
                    yield getattr(module, "BUSY", False), getattr(package, "PREFIX", ""), router


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)
