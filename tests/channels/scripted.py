"""A planner whose plans are written down by the test; it fails when one of them was not asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.messages import Ask, Do, Option, Plan, Say, Step, ToolCall
from assistant.planner import Heard
from assistant.turn import conversation_version
from crm_store.store import Store


class Scripted:
    """Stands in for a planner: what is said exactly is done as written, all else is answered with 收到."""

    def __init__(self) -> None:
        self._script: dict[str, tuple[Step, ...]] = {}
        self.heard: list[str] = []
        self.error: Exception | None = None

    def on(self, say: str, *steps: Step) -> None:
        """When this is said, do that."""
        self._script[say] = steps

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """The plan that the test wrote."""
        if self.error is not None:
            raise self.error
        self.heard.append(heard.text)
        version = await store.read(heard.inbound.principal, lambda uow: conversation_version(uow, heard.inbound))
        return Plan(steps=self._script.get(heard.text, (Say(text="收到"),)), conversation_version=version)

    @property
    def unused(self) -> list[str]:
        """What was written down and never said."""
        return [say for say in self._script if say not in self.heard]


def call(tool: str, **args: Any) -> Do:
    """A command of one call."""
    return Do(calls=(ToolCall(tool=tool, args=args),))


def ask(text: str, labels: Sequence[str]) -> Ask:
    """A clarifying question."""
    return Ask(text=text, question={}, options=tuple(Option(label=label, value=label) for label in labels))
