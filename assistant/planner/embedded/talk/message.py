"""The message as a whole, as one draft and as its evidence: what speaks of the talk so far is not cut into parts."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from intents import patterns as re
from intents.evidence import Evidence, evidence_in


def whole(desk: Desk, intent: str, hints: dict[str, int] | None = None) -> Draft:
    """The draft of an intent over the whole message, perhaps about a record that is known."""
    return Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=intent, hints={**(hints or {})}
    )


def evidence_of(desk: Desk) -> Evidence:
    """What speaks for and against intents in the whole message."""
    return evidence_in(desk.sentence, 0, len(desk.text))


_TELL_ME = re.compile(
    r"^(?:你|请|麻烦你?|那|先|倒|顺便|回头|另外|对了|再|还|[，,\s])*(?:帮我|给我|替我|跟我)?(?:再|先)?"
    r"(?:告诉(?:一?下)?我|跟我(?:说|讲)(?:一?下|说|讲)?|(?:查|看|瞧|瞅|报|念|说|讲|调|翻|找|列|确认|核对?)(?:一?[下眼]|一?[查看报念说讲翻找]|给我|出来)|"
    r"show me|tell me|look up)",
    re.I,
)


def asks_to_be_told(desk: Desk, begin: int = 0) -> bool:
    """Whether the words, whatever mark they end in, ask to be told or shown something: 「先告诉我M163的目录价」."""
    return _TELL_ME.match(desk.text[begin:]) is not None
