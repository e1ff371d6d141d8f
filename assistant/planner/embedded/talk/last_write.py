"""The record that was written last, and whether a message names another one."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.pointing import point
from assistant.planner.embedded.talk.message import whole
from intents import patterns as re
from intents.names import Kind

RECENT = 3
"""A correction reaches back so many turns."""
_AMENDED = ("task", "note", "opportunity", "contact", "lead", "customer", "order")


def last_record(desk: Desk) -> tuple[str, int] | None:
    """Type and id of the record that the last write was about."""
    assert desk.last is not None
    found = [(str(t), int(i)) for t, i, op in desk.last["records"] if t in _AMENDED and op != "delete"]
    alive = [(t, i) for t, i in found if desk.crm.repository(t).get(i) is not None]
    return alive[-1] if alive else None


INTENTS = {
    "task": "update_task",
    "note": "amend_note",
    "opportunity": "update_opportunity",
    "contact": "update_contact",
    "lead": "update_lead",
    "customer": "update_customer",
    "order": "record_order",
}


def at_hand(desk: Desk) -> list[tuple[str, int]]:
    """The records written last, newest first, then the one that was shown last, if it was one."""
    assert desk.last is not None
    written = [(str(t), int(i)) for t, i, op in reversed(desk.last["records"]) if op != "delete"]
    since = {t: found for t in {t for t, _ in written} if (found := desk.focus(t)) is not None}
    written = [(t, i) for t, i in written if t not in since or (t, since[t]) in written]
    deal = desk.focus("opportunity")
    shown = [] if deal is None else [("opportunity", deal)]
    return [
        (t, i)
        for t, i in dict.fromkeys([*written, *shown])
        if t in _AMENDED and desk.crm.repository(t).get(i) is not None
    ]


def names_another(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the words name some other record, or point at one (第二个), so that the field is that one's."""
    if points_at_another(desk, kind, record_id):
        return True
    record = desk.crm.repository(kind).require(record_id)
    customer = record_id if kind == "customer" else getattr(record, "customer_id", None)
    value = re.search(r"[:：「“\"]", desk.text)
    for mention in desk.sentence.mentions:
        if value is not None and mention.begin >= value.start():
            break
        sure = [c.nameable for c in mention.candidates if c.score >= SURE_NAME and c.nameable.kind in _RECORDS]
        if sure and not any(n.id == record_id and n.kind == kind for n in sure):
            own = any(n.kind is Kind.CUSTOMER and n.id == customer for n in sure)
            if not own and not (kind == "task" and any(n.customer_id == customer for n in sure)):
                return True
    return False


def points_at_another(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the words point at another record of the list shown last: 「第二个不动,优先级提到高」."""
    draft = whole(desk, INTENTS[kind])
    point(draft)
    return any((pointed, found) != (kind, record_id) for pointed, found in draft.hints.items())


SURE_NAME = 0.8
_RECORDS = (Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.TASK, Kind.LEAD)
