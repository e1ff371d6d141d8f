"""Corrections of the last write: the very record is amended, never a second one made."""

from __future__ import annotations

import re
from typing import Any

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, echo, new_time, wrong_time
from assistant.planner.embedded.deals import update_opportunity
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.notes import occurred_at
from assistant.planner.embedded.people import update_contact, update_customer, update_lead
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.tasks import update_task
from intents.commands import Command
from intents.evidence import evidence_in
from intents.names import Kind

RECENT = 3
"""A correction reaches back so many turns."""
_WRONG = re.compile(
    r"不对|不是|错了|记错|说错|写错|弄错|搞错|弄岔|搞混|弄混|岔了|应该是|应该为|其实是|更正|纠正|订正|我是说|口误|"
    r"actually|i meant?|wrong|not .{1,20} but|should be|correction",
    re.I,
)
_CUSTOMER_WRONG = re.compile(r"客户|公司|家|单位|customer|company|是|换|改")
_AMENDED = ("task", "note", "opportunity", "contact", "lead", "customer", "order")


def is_correction(desk: Desk, commands: list[Command]) -> bool:
    """Whether the message amends what was written just now."""
    if desk.last is None or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT:
        return False
    if commands[0].intent == "correct" and commands[0].score > 0.4:
        return True
    if _brings_the_time(desk) or _adds_on(desk, commands):
        return True
    return bool(_WRONG.search(desk.text[:14])) and len(desk.text) < 40


_AROUND_A_TIME = re.compile(r"时间|日期|就|定|在|是|到|吧|呢|啊|改|设|约|那|行|好|[，。、\s]")


def _brings_the_time(desk: Desk) -> bool:
    """Whether a message is only a time, and the task made just before has none."""
    record = last_record(desk)
    if record is None or record[0] != "task" or not desk.sentence.times or desk.question is not None:
        return False
    rest = "".join(
        c for i, c in enumerate(desk.text) if not any(t.begin <= i < t.stop for t in desk.sentence.times)
    )
    return not _AROUND_A_TIME.sub("", rest) and desk.crm.tasks.require(record[1]).due_at is None


_ON = re.compile(r"(?:还有|另外|再加|再补|以及|也|对了|and also|also)(?:一[点句条])?[，,:：、\s]*", re.I)


def _adds_on(desk: Desk, commands: list[Command]) -> bool:
    """「还有,…」 right after a minute was added to goes on adding, unless it is a command."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) != int(last["turn"]) or not _ON.match(desk.text):
        return False
    amended = last["calls"] and last["calls"][-1]["tool"] == "amend_note" and "append" in last["calls"][-1]["args"]
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    return bool(amended) and not evidence.orders and not evidence.asks and len(desk.text) <= 40


def correct_last(desk: Desk, commands: list[Command]) -> list[Step]:
    """The amendment; [] when the message says nothing that the record could take."""
    record = last_record(desk)
    if record is None:
        return []
    kind, record_id = record
    draft = Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=_INTENTS[kind], hints={kind: record_id}
    )
    return _AMEND[kind](draft, record_id)


def last_record(desk: Desk) -> tuple[str, int] | None:
    """Type and id of the record that the last write was about."""
    assert desk.last is not None
    found = [(str(t), int(i)) for t, i, op in desk.last["records"] if t in _AMENDED and op != "delete"]
    alive = [(t, i) for t, i in found if desk.crm.repository(t).get(i) is not None]
    return alive[-1] if alive else None


def _named_customer(draft: Draft) -> Any:
    if not draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7):
        return None
    return resolve_customer(draft, focus=False)


def _amend_task(draft: Draft, task_id: int) -> list[Step]:
    customer = _named_customer(draft)
    task = draft.desk.crm.tasks.require(task_id)
    if customer is not None and not (customer.found and customer.id == task.customer_id):
        if not customer.found:
            return ask_which(draft, "customer", customer)
        return [do(draft, "update_task", {"tasks": [task_id], "customer": customer.id})]
    return update_task(draft) if draft.times or re.search("优先|标题|内容|让|给|派", draft.text) else []


def retitled(draft: Draft, title: str, old_id: int | None, customer_id: int) -> str:
    """The title with the new customer's name where it had the old one's."""
    customers = draft.desk.crm.customers
    old = customers.get(old_id) if old_id else None
    names = sorted((old.name, *old.aliases), key=len, reverse=True) if old else ()
    said = next((name for name in names if name in title), None)
    return title.replace(said, customers.require(customer_id).short_name) if said else title


def _amend_note(draft: Draft, note_id: int) -> list[Step]:
    customer = _named_customer(draft)
    note = draft.desk.crm.notes.require(note_id)
    if customer is not None and not (customer.found and customer.id == note.customer_id):
        if not customer.found:
            return ask_which(draft, "customer", customer)
        return [do(draft, "amend_note", {"note": note_id, "customer": customer.id})]
    if draft.times and not draft.amounts:
        when, spoken, problem = occurred_at(draft)
        return problem or [do(draft, "amend_note", {"note": note_id, "occurred_at": when.isoformat()}, echo=spoken)]
    if _ON.match(draft.desk.text):
        added = _ON.sub("", draft.words, count=1).strip(" ，,。")
        return [do(draft, "amend_note", {"note": note_id, "append": added})] if added else []
    text = re.sub(r"^(?:不对|不是|错了|说错了|记错了|更正|纠正)?[，,。\s]*", "", draft.words)
    return [do(draft, "amend_note", {"note": note_id, "append": f"更正:{text}"})] if text else []


def _amend_deal(draft: Draft, deal_id: int) -> list[Step]:
    draft.hints = {"opportunity": deal_id}
    customer = _named_customer(draft)
    deal = draft.desk.crm.opportunities.require(deal_id)
    if (
        customer is not None
        and customer.found
        and customer.id != deal.customer_id
        and not draft.amounts
        and not draft.times
    ):
        return []
    time = new_time(draft)
    if time is not None and not draft.amounts:
        problem = wrong_time(draft, time, "expected_close_date")
        args: dict[str, object] = {"opportunities": [deal_id], "expected_close_date": time.due.date().isoformat()}
        return problem or [do(draft, "update_opportunity", args, echo=echo(draft, time))]
    return update_opportunity(draft)


def _amend_contact(draft: Draft, contact_id: int) -> list[Step]:
    customer = _named_customer(draft)
    person = draft.desk.crm.contacts.require(contact_id)
    if customer is not None and customer.found and customer.id != person.customer_id and not draft.phones:
        return [do(draft, "update_contact", {"contact": contact_id, "customer": customer.id})]
    return update_contact(draft)


def _amend_lead(draft: Draft, _: int) -> list[Step]:
    return update_lead(draft)


def _amend_customer(draft: Draft, _: int) -> list[Step]:
    return update_customer(draft)


def _amend_order(draft: Draft, _: int) -> list[Step]:
    return []


_AMEND = {
    "task": _amend_task,
    "note": _amend_note,
    "opportunity": _amend_deal,
    "contact": _amend_contact,
    "lead": _amend_lead,
    "customer": _amend_customer,
    "order": _amend_order,
}
_INTENTS = {
    "task": "update_task",
    "note": "amend_note",
    "opportunity": "update_opportunity",
    "contact": "update_contact",
    "lead": "update_lead",
    "customer": "update_customer",
    "order": "record_order",
}
