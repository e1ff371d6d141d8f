"""Whether a message leaves an open question: it asks something itself, or is a command of its own."""

from __future__ import annotations

from typing import Any

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import TIME_SLOTS
from assistant.planner.embedded.handlers.tasks.words import THE_TASK_IS
from assistant.planner.embedded.reading.fields import level_in
from assistant.planner.embedded.table import QUERIES, WRITES
from assistant.planner.embedded.talk.choosing import NUMBER
from assistant.planner.embedded.talk.message import asks_to_be_told, evidence_of
from assistant.planner.embedded.talk.resuming import LONG_ANSWER, RECORD_SLOTS, STRONG
from intents import patterns as re
from intents.commands import Command
from intents.names import Kind, Mention

SURELY = 0.8


def goes_elsewhere(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether a message is plainly no choice among options: it asks something, or it is a whole command."""
    top = max(commands, key=lambda c: c.score)
    if top.intent in QUERIES and evidence_of(desk).asks and not NUMBER.match(desk.text):
        return True
    if _names_none_of_them(desk, question):
        return True
    if question["intent"] in QUERIES and top.intent in WRITES and top.score > SURELY and _SETS.search(desk.text):
        return True
    return len(desk.text) > LONG_ANSWER and top.intent in WRITES and (top.score > STRONG or bool(desk.sentence.times))


def _names_none_of_them(desk: Desk, question: dict[str, Any]) -> bool:
    """Whether the message names for sure a customer to which none of the options belongs."""
    kind = str(question["slot"])
    options = [desk.crm.repository(kind).get(int(o["id"])) for o in question.get("options") or ()]
    if not options or question.get("unknown"):
        return False
    customers = {r.id if kind == "customer" else getattr(r, "customer_id", None) for r in options if r is not None}
    named = {
        int(c.nameable.id)
        for m in desk.sentence.mentions
        for c in m.candidates
        if c.nameable.kind is Kind.CUSTOMER and c.score >= SURE_OTHER
    }
    return bool(named) and not named & customers


SURE_OTHER = 0.95


def completes(desk: Desk, slot: str, own: dict[str, Any] | None = None) -> bool:
    """Whether a message, after another was in between, still brings what a question asked for."""
    if slot in TIME_SLOTS:
        return bool(desk.sentence.times)
    if slot == "title" and THE_TASK_IS.match(desk.text):
        return True
    priced = re.search("目录价|挂牌|牌价|标价|list price", desk.text) is not None
    return (
        slot == "value"
        and (priced or bool(desk.sentence.amounts or desk.sentence.times))
        and not any(
            m.candidates[0].score >= 0.9
            and m.candidates[0].nameable.kind is not Kind.STAGE
            and not _is_its_own(desk, m, own or {})
            for m in desk.sentence.mentions
        )
    )


def _is_its_own(desk: Desk, mention: Mention, hints: dict[str, Any]) -> bool:
    """Whether a name is that of the record asked about or of its customer: 「回到某某,推到21号」."""
    for kind, found in hints.items():
        record = desk.crm.repository(kind).get(int(found)) if kind in RECORD_SLOTS else None
        customer = found if kind == "customer" else getattr(record, "customer_id", None)
        for n in (c.nameable for c in mention.candidates if c.score >= SURELY):
            if (n.kind == kind and n.id == found) or (n.kind is Kind.CUSTOMER and n.id == customer):
                return True
    return False


_SETS = re.compile(r"(?:升|降|改|换|调|推|转|设|标|挪|延)(?:到|成|为|给)(?!.*(?:那[个家位]|的)$)")
"""An answer that names a record and sets something on it is no answer but a command about that record."""


def sets_a_value(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether a message that names a record also says what to set on it: a command, where the open one had a value."""
    if str(question["slot"]) not in RECORD_SLOTS or not str(question["intent"]).startswith("update_"):
        return False
    valued = level_in(desk.text) is not None or bool(desk.sentence.amounts)
    named = any(m.candidates[0].score >= 0.9 for m in desk.sentence.mentions if m.candidates)
    return valued and named and any(c.intent == question["intent"] for c in commands)


def is_new_command(desk: Desk, commands: list[Command], slot: str) -> bool:
    """Whether the message goes its own way instead of answering."""
    top = max(commands, key=lambda c: c.score)
    if slot not in RECORD_SLOTS and slot != "content" and top.intent in QUERIES and evidence_of(desk).asks:
        return True
    if slot == "title":
        other = top.intent in WRITES and top.intent not in ("create_task", "record_note", "log_interaction")
        return other and top.score > SURELY and evidence_of(desk).orders
    if slot == "content":
        asked = top.question or len(desk.text) < 12 or asks_to_be_told(desk)
        return top.intent in QUERIES and top.score > STRONG and asked
    if top.intent in QUERIES:
        return top.score > STRONG and not _only_names(desk, slot)
    if slot in RECORD_SLOTS and top.intent in WRITES and _SETS.search(desk.text):
        return True
    return top.intent in WRITES and top.score > STRONG and slot in RECORD_SLOTS and len(desk.text) > 10


def _only_names(desk: Desk, slot: str) -> bool:
    """Whether a short message asks nothing but names somebody, when a record was asked for."""
    evidence = evidence_of(desk)
    named = any(m.candidates and m.candidates[0].score >= 0.8 for m in desk.sentence.mentions)
    return slot in RECORD_SLOTS and named and not evidence.asks and len(desk.text) <= LONG_ANSWER
