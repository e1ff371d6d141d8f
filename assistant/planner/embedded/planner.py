"""Plans one message inside one reading unit of work: settle, answer a question, correct, or command."""

from __future__ import annotations

from functools import cached_property

from assistant.messages import Plan
from assistant.planner import Heard
from assistant.planner.embedded.desk import Desk, open_desk
from assistant.planner.embedded.dialogue import plan_message
from assistant.planner.embedded.name_cache import NameCache
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from intents.classifier import Classifier
from intents.phonetics import folded_syllables


class EmbeddedPlanner:
    """Makes plans without a model; safe to share between conversations."""

    def __init__(self) -> None:
        self._names = NameCache()

    @cached_property
    def _classifier(self) -> Classifier:
        return Classifier.load(folded_syllables)

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """One hop to the store: read the conversation, understand, look records up."""
        return await store.read(heard.inbound.principal, lambda uow: self.plan_now(heard, uow))

    def plan_now(self, heard: Heard, uow: UnitOfWork) -> Plan:
        """The plan, in the store's thread."""
        desk = self.desk(heard, uow)
        steps = plan_message(desk)
        return Plan(
            steps=tuple(steps),
            conversation_version=desk.conversation_version,
            language=desk.view.language,
            state=desk.plan_state(),
            trace=desk.trace(),
        )

    def desk(self, heard: Heard, uow: UnitOfWork) -> Desk:
        """Everything a message is understood with."""
        return open_desk(heard, uow, self._names.index_for(uow), self._classifier)
