"""What a tool is: one typed function with declared arguments and effect; the registry finds them by module."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Protocol
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from crm_store.unit_of_work import UnitOfWork
from tools.cards import Answer


class Effect(StrEnum):
    """READ changes nothing; WRITE changes records and goes through hold, audit and undo."""

    READ = "read"
    WRITE = "write"


class ToolRefused(Exception):
    """The tool can't do this as asked; `reason` tells the user why and what to do (in the user's language)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks an argument as a record's id; a language model gives words there, which our code resolves to the id."""

    record_type: str


CustomerRef = Annotated[int, Ref("customer")]
ContactRef = Annotated[int, Ref("contact")]
OpportunityRef = Annotated[int, Ref("opportunity")]
ProductRef = Annotated[int, Ref("product")]
TaskRef = Annotated[int, Ref("task")]
NoteRef = Annotated[int, Ref("note")]
LeadRef = Annotated[int, Ref("lead")]
UserRef = Annotated[int, Ref("user")]
StageRef = Annotated[int, Ref("stage")]


class Args(BaseModel):
    """Arguments of a tool; field descriptions are what a language model reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """How to show something: language ('zh' or 'en'), the time zone people speak in, the present."""

    language: str
    zone: ZoneInfo
    now: datetime

    def say(self, zh: str, en: str) -> str:
        """The wording in the user's language."""
        return en if self.language == "en" else zh


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolContext:
    """What a tool works with: the store as the principal sees it, and the view."""

    crm: UnitOfWork
    view: View

    @property
    def now(self) -> datetime:
        """The present, in the time zone people speak in."""
        return self.crm.now.astimezone(self.view.zone)


class Result(Protocol):
    """What a tool returns: plain values that can show themselves."""

    def render(self, view: View) -> Answer:
        """The answer to show, in the user's language."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """A registered tool. `description` is the first paragraph of its docstring, for a language model."""

    name: str
    args: type[Args]
    effect: Effect
    function: Callable[[ToolContext, Any], Result]
    description: str


def tool(*, args: type[Args], effect: Effect) -> Callable[[Callable[[ToolContext, Any], Result]], Tool]:
    """Declare a function as a tool; the function's name is the tool's name."""

    def declare(function: Callable[[ToolContext, Any], Result]) -> Tool:
        text = (function.__doc__ or "").strip().split("\n\n")[0]
        return Tool(name=function.__name__, args=args, effect=effect, function=function, description=text)

    return declare


def load_tools() -> dict[str, Tool]:
    """All tools of this package by name; a tool is a module-level `Tool` in one of its modules."""
    package = importlib.import_module("tools")
    found: dict[str, Tool] = {}
    for module in pkgutil.iter_modules(package.__path__):
        values = vars(importlib.import_module(f"tools.{module.name}")).values()
        found.update({value.name: value for value in values if isinstance(value, Tool)})
    return dict(sorted(found.items()))
