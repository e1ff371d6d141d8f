"""The message as a whole, as one draft and as its evidence: what speaks of the talk so far is not cut into parts."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from intents.evidence import Evidence, evidence_in


def whole(desk: Desk, intent: str, hints: dict[str, int] | None = None) -> Draft:
    """The draft of an intent over the whole message, perhaps about a record that is known."""
    return Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=intent, hints={**(hints or {})}
    )


def evidence_of(desk: Desk) -> Evidence:
    """What speaks for and against intents in the whole message."""
    return evidence_in(desk.sentence, 0, len(desk.text))
