"""Takes a command up again where a question stopped it."""

from __future__ import annotations

from typing import Any

from assistant.messages import Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.table import HANDLERS
from assistant.planner.embedded.talk.last_write import INTENTS

RECORD_SLOTS = ("customer", "contact", "opportunity", "task", "lead", "product")
CLEAR = 0.3
STRONG = 0.6
LONG_ANSWER, LONGEST_FACT = 14, 24


def resume(desk: Desk, question: dict[str, Any], hints: dict[str, Any], fills: dict[str, str]) -> list[Step]:
    """Take the command up again where the question stopped it; a choice between kinds says the kind too."""
    intent = str(question["intent"])
    if "record" in hints:
        kind, record_id = str(hints["record"]).split(":")
        intent, hints = INTENTS[kind], {kind: int(record_id)} if record_id else {}
    sentence = desk.read(str(question["text"]))
    draft = Draft(
        desk=desk,
        sentence=sentence,
        begin=0,
        stop=len(sentence.text),
        intent=intent,
        hints={**question.get("hints", {}), **hints},
        fills={**question.get("fills", {}), **fills},
        shared=dict(question.get("shared", {})),
    )
    return HANDLERS[draft.intent](draft)
