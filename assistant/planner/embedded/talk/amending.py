"""How a record of each kind takes a correction."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import ask_which, do, echo, moved_time, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.contacts import update_contact
from assistant.planner.embedded.handlers.customers import update_customer
from assistant.planner.embedded.handlers.deals.changing import update_opportunity
from assistant.planner.embedded.handlers.leads import update_lead
from assistant.planner.embedded.handlers.notes import day_put_right, occurred_at
from assistant.planner.embedded.handlers.tasks.changing import update_task
from assistant.planner.embedded.handlers.words import PUTTING_OFF
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.talk.last_write import names_another
from assistant.planner.embedded.talk.numbers import number_put_right, tail_put_right
from assistant.planner.embedded.talk.rewording import OF_THE_MEETING, one_for_the_other, reworded
from crm_store.records import OPEN
from intents import patterns as re
from intents.names import Kind
from intents.numbers import AmountOp
from intents.times import Kind as TimeKind

_ORGANISATION_WRONG = "单位|公司|客户|哪家|company|customer"


def _amount_before(draft: Draft, deal_id: int) -> Decimal | None:
    """What a deal was worth before the last write, where that moved its amount by a step."""
    last = draft.desk.last
    if last is None or not any(
        "amount_add" in call["args"] or "amount_factor" in call["args"] for call in last["calls"]
    ):
        return None
    recent = draft.desk.crm.audit.recent(conversation_id=draft.desk.heard.inbound.conversation_id)
    changes = (c for each in recent[:1] for c in each.changes if c.record_type == "opportunity")
    found = next((c.before for c in changes if getattr(c.record, "id", None) == deal_id), None)
    return getattr(found, "amount", None)


def _other_step(draft: Draft, deal_id: int) -> list[Step]:
    """Another step from the amount that the deal had before the wrong one."""
    steps = [a for a in draft.amounts if a.op in (AmountOp.ADD, AmountOp.SUBTRACT)]
    before = _amount_before(draft, deal_id) if len(steps) == 1 and len(draft.amounts) == 1 else None
    if before is None:
        return []
    value = before + steps[0].value if steps[0].op is AmountOp.ADD else before - steps[0].value
    return [do(draft, "update_opportunity", {"opportunities": [deal_id], "amount": str(value)})]


ADDS_ON = re.compile(r"(?:还有|另外|再加|再补|以及|也|对了|and also|also)(?:一[点句条])?[，,:：、\s]*", re.I)


_NOT_THAT = re.compile(r"(?:不是|不叫|并非|不应该是)[^，,。！!；\s]{1,16}?[，,。！!；\s]+")


def _behind_the_wrong(draft: Draft) -> Draft:
    """「不是A,B!」: the words behind the name that is wrong, where another one stands there."""
    found = _NOT_THAT.search(draft.text)
    begin = draft.begin if found is None else draft.begin + found.end()
    named = [m for m in draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7) if m.begin >= begin]
    return dataclasses.replace(draft, begin=begin) if found is not None and named else draft


def _named_customer(draft: Draft) -> Any:
    draft = _behind_the_wrong(draft)
    if not draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7):
        return None
    return resolve_customer(dataclasses.replace(_without_denied(draft), hints={}), focus=False)


_DENIES = re.compile(r"(?:不是|不去|不给|并非|而非|别给)$")


def _without_denied(draft: Draft) -> Draft:
    """The words less the name that they deny, where they say another: 「不是宁珂,凌柯」 names 凌柯."""
    named = draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7)
    denied = [m for m in named if _DENIES.search(draft.sentence.text[: m.begin])]
    if len(denied) != 1 or len(named) < len(denied) + 1:
        return draft
    own = draft.sentence
    sentence = draft.desk.read(own.raw(0, denied[0].begin) + "，" + own.raw(denied[0].stop, len(own.text)))
    return Draft(desk=draft.desk, sentence=sentence, begin=0, stop=len(sentence.text), intent=draft.intent)


def _to_other_customer(draft: Draft, known: int | None, tool: str, record: dict[str, object]) -> list[Step]:
    """The record given to the customer that the words name, where that is another one; [] where none is."""
    customer = _named_customer(draft)
    if customer is None or (customer.found and customer.id == known):
        return []
    if not customer.found:
        return ask_which(draft, "customer", customer)
    return [do(draft, tool, {**record, "customer": customer.id})]


def _other_customer(draft: Draft) -> int | None:
    """The customer of whom the words name last, where that one is sure: 「不是谭甲,是谭乙」."""
    named = [m.candidates[0] for m in draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.85)]
    last = named[-1].nameable if named else None
    if last is None or last.kind not in (Kind.CUSTOMER, Kind.CONTACT):
        return None
    return int(last.id) if last.kind is Kind.CUSTOMER else last.customer_id


def _other_shift(draft: Draft, target: dict[str, object], name: str, unit: int) -> list[Step]:
    """「推太多了,推三天就行」: so much counted from where it stood before the shift just made."""
    last = draft.desk.last
    before = last["calls"][-1]["args"].get(name) if last and last["calls"] else None
    lengths = [t.duration for t in draft.times if t.kind is TimeKind.DURATION and t.duration]
    if not before or len(lengths) != 1 or len(draft.times) != 1 or TOO_FAR.search(draft.text) is None:
        return []
    size = int(lengths[0].total_seconds() // 60) * unit if name == "shift_minutes" else lengths[0].days
    other = (size if int(before) > 0 else -size) - int(before)
    tool = "update_task" if name == "shift_minutes" else "update_opportunity"
    return [do(draft, tool, {**target, name: other})] if other else []


TOO_FAR = re.compile(
    r"(?:推|延|拖|挪|提前|提|往后|往前|早|晚)(?:得|的)?(?:太|有点)?(?:多|少|久|远|早|晚|过头|狠)了|^(?:只|就|仅)(?:推|延|拖|挪|提前|往后|往前)(?!到)"
)
"""A shift just made was too long or too short: another one is to stand in its place."""


def _amend_task(draft: Draft, task_id: int) -> list[Step]:
    if shift := _other_shift(draft, {"tasks": [task_id]}, "shift_minutes", 1):
        return shift
    customer_id = draft.desk.crm.tasks.require(task_id).customer_id
    if not draft.times and (title := one_for_the_other(draft, draft.desk.crm.tasks.require(task_id).title)):
        return [do(draft, "update_task", {"tasks": [task_id], "title": title, "customer": _other_customer(draft)})]
    if moved := _to_other_customer(draft, customer_id, "update_task", {"tasks": [task_id]}):
        return moved
    task = draft.desk.crm.tasks.require(task_id)
    if not (draft.times or re.search("优先|标题|内容|让|给|派", draft.text)):
        return []
    steps = update_task(draft)
    if task.status != OPEN and len(steps) == 1 and isinstance(steps[0], Do):
        reopened = ToolCall(tool="set_task_status", args={"tasks": [task_id], "status": OPEN})
        return [dataclasses.replace(steps[0], calls=(reopened, *steps[0].calls))]
    return steps


def retitled(draft: Draft, title: str, old_id: int | None, customer_id: int) -> str:
    """The title with the new customer's name where it had the old one's."""
    customers = draft.desk.crm.customers
    old = customers.get(old_id) if old_id else None
    names = sorted((old.name, *old.aliases), key=len, reverse=True) if old else ()
    said = next((name for name in names if name in title), None)
    return title.replace(said, customers.require(customer_id).short_name) if said else title


def _of_what_was_told(draft: Draft, text: str) -> bool:
    """Whether a time that lies ahead is put right: that is of what was told, not of the day of the meeting."""
    times = [t for t in draft.times if t.kind is not TimeKind.DURATION]
    return bool(text and times) and all(t.start > draft.now for t in times) and not OF_THE_MEETING.search(draft.text)


def _amend_note(draft: Draft, note_id: int) -> list[Step]:
    customer_id = draft.desk.crm.notes.require(note_id).customer_id
    if moved := _to_other_customer(draft, customer_id, "amend_note", {"note": note_id}):
        return moved
    if right := day_put_right(draft, note_id):
        return right
    text = draft.desk.crm.notes.require(note_id).summary
    if (put_right := reworded(draft, text)) is not None:
        return [do(draft, "amend_note", {"note": note_id, "summary": put_right})]
    if draft.times and not draft.amounts and not _of_what_was_told(draft, text):
        when, spoken, problem = occurred_at(draft)
        return problem or [do(draft, "amend_note", {"note": note_id, "occurred_at": when.isoformat()}, echo=spoken)]
    if ADDS_ON.match(draft.desk.text):
        added = ADDS_ON.sub("", draft.words, count=1).strip(" ，,。")
        return [do(draft, "amend_note", {"note": note_id, "append": added})] if added else []
    text = re.sub(r"^(?:不对|不是|错了|说错了|记错了|更正|纠正)?[，,。\s]*", "", draft.words)
    return [do(draft, "amend_note", {"note": note_id, "append": f"更正:{text}"})] if text else []


_BY_MORE = re.compile(rf"再(?:往后|往前)?(?:{PUTTING_OFF})(?:上|个)?[一两二三四五六七八九十半几\d]")
"""A shift by so much more: a day named beside it is the reason, not the goal."""


def _amend_deal(draft: Draft, deal_id: int) -> list[Step]:
    if draft.amounts and names_another(draft.desk, "opportunity", deal_id):
        draft.hints = {}
        return update_opportunity(draft)
    if shift := _other_shift(draft, {"opportunities": [deal_id]}, "shift_days", 1):
        return shift
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
    if _BY_MORE.search(draft.text):
        return update_opportunity(draft)
    if step := _other_step(draft, deal_id):
        return step
    time = moved_time(draft, deal.expected_close_date)
    if time is not None and not draft.amounts:
        problem = wrong_time(draft, time, "expected_close_date")
        args: dict[str, object] = {"opportunities": [deal_id], "expected_close_date": time.due.date().isoformat()}
        return problem or [do(draft, "update_opportunity", args, echo=echo(draft, time))]
    return update_opportunity(draft)


def _amend_contact(draft: Draft, contact_id: int) -> list[Step]:
    customer = _named_customer(draft)
    person = draft.desk.crm.contacts.require(contact_id)
    if phone := tail_put_right(draft, "contact", contact_id):
        return phone
    others = [] if customer is None or customer.found else [i for i in customer.options if i != person.customer_id]
    if len(others) == 1 and re.search(_ORGANISATION_WRONG, draft.text):
        return [do(draft, "update_contact", {"contact": contact_id, "customer": others[0]})]
    if customer is not None and customer.found and customer.id != person.customer_id and not draft.phones:
        return [do(draft, "update_contact", {"contact": contact_id, "customer": customer.id})]
    return update_contact(draft)


def _amend_lead(draft: Draft, lead_id: int) -> list[Step]:
    return tail_put_right(draft, "lead", lead_id) or update_lead(draft)


_SHOULD_BE = re.compile(
    r"(标签|别名|简称)?(?:名字?|内容)?(?:应该|应当|其实|得|要)?(?:是|叫|为|写成?|改成|改为|换成)+(?:做|成)?[「“\"']?([^，。；「」“”\"']{1,16}?)[」”\"']?(?:才对|才是|吧)?[。！!]*$"
)
_WORDS_OF = {"标签": "tags", "别名": "aliases", "简称": "aliases"}


def _word_put_right(draft: Draft, customer_id: int) -> list[Step]:
    """「字打错了,标签应该叫…」: another word in the place of the tag or short name just given."""
    found, last = _SHOULD_BE.search(draft.words), draft.desk.last
    given = [c["args"] for c in (last or {}).get("calls", []) if c["args"].get("customer") == customer_id]
    kinds = [k for k in ("tags", "aliases") if given and given[-1].get(f"add_{k}")]
    if found is None or len(kinds) != 1 or _WORDS_OF.get(found[1] or "", kinds[0]) != kinds[0]:
        return []
    kind = kinds[0]
    if found[1] is None and (len(given[-1][f"add_{kind}"]) > 1 or draft.mentions_of(Kind.CUSTOMER, least=0.9)):
        return []
    args = {f"remove_{kind}": list(given[-1][f"add_{kind}"]), f"add_{kind}": [found[2].strip()]}
    return [do(draft, "update_customer", {"customer": customer_id, **args})]


def _amend_customer(draft: Draft, customer_id: int) -> list[Step]:
    return (
        _word_put_right(draft, customer_id)
        or tail_put_right(draft, "customer", customer_id)
        or number_put_right(draft, customer_id)
        or update_customer(draft)
    )


def _amend_order(draft: Draft, _: int) -> list[Step]:
    return []


AMEND = {
    "task": _amend_task,
    "note": _amend_note,
    "opportunity": _amend_deal,
    "contact": _amend_contact,
    "lead": _amend_lead,
    "customer": _amend_customer,
    "order": _amend_order,
}
