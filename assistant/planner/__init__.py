"""Planners: from what was heard to a plan. The embedded one needs no model; others stand behind the same protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from assistant.messages import Inbound, Plan
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One message as text, whatever it came as."""

    inbound: Inbound
    text: str


@runtime_checkable
class PlansInside(Protocol):
    """A planner quick enough to plan within the transaction that carries its plan out: one look at the store, not two.

    Nothing can come between such a plan and its effect.
    """

    def plan_now(self, heard: Heard, uow: UnitOfWork) -> Plan:
        """The plan, in the store's thread. Raises PlannerError when this planner can't make one."""
        ...


class Planner(Protocol):
    """Makes a plan for one message; reads the store, writes nothing."""

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """The plan. Raises PlannerError when this planner can't make one."""
        ...
