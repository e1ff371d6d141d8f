"""Planners: from what was heard to a plan. The embedded one needs no model; others stand behind the same protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.messages import Inbound, Plan
from crm_store.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One message as text, whatever it came as."""

    inbound: Inbound
    text: str


class Planner(Protocol):
    """Makes a plan for one message; reads the store, writes nothing."""

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """The plan. Raises PlannerError when this planner can't make one."""
        ...
