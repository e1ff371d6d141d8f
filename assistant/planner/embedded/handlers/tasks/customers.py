"""Whose customer, lead or deal a new task is about."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.titles import title_of
from assistant.planner.embedded.handlers.tasks.words import THAT_HOUSE
from assistant.planner.embedded.pointing import person_meant
from assistant.planner.embedded.resolve import MARGIN, NOTHING, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import resolve_party
from intents import patterns as re
from intents.names import Kind as NameKind

_PRIVATE = re.compile(
    r"洗车|加油(?!站)|接孩子|接娃|接送|体检|买菜|吃药|健身|年检|车险|交(?:水|电|房|话)费|还信用卡|取快递|理发|看牙|带孩子|家长会|打卡|"
    r"(?:[日周月]|工作|拜访)报(?!价|表)|报销|述职|\b(?:gym|dentist|car wash|expense report)\b",
    re.I,
)
"""What a seller does for himself or the office: no customer is taken over from the words around."""
POINTS_BACK = re.compile(
    r"^(?:行|好的?|嗯|对|ok)?[，,\s]*(?:那|就这|再|然后|顺便|接着)|这个|他|她|它|佢|那边|那家|这家|对方|客户|"
    r"人家|该公司|[这那该]单|them|him|her|they",
    re.I,
)


def target_of(draft: Draft) -> Resolution:
    """The customer of a new task; a task need not have one, and the focus serves where words or facts point back."""
    if "lead" in draft.hints:
        return NOTHING
    if any(kind in draft.hints for kind in ("customer", "contact", "opportunity")):
        return resolve_customer(draft, focus=False)
    if (pointed := _house_pointed_at(draft)) is not None:
        return pointed
    if _is_private(draft):
        return NOTHING
    if (theirs := _of_person_meant(draft)) is not None:
        return theirs
    customers = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.OPPORTUNITY)
    if not customers and draft.mentions_of(NameKind.LEAD):
        return _converted(draft, only_record(draft, NameKind.LEAD, None)) or NOTHING
    if customers:
        found = resolve_party(draft)
        unsure = found.verdict in (Verdict.ASK, Verdict.UNKNOWN) and _names_a_part_only(draft)
        return NOTHING if unsure else found
    if "customer" in draft.shared:
        return resolve_customer(draft)
    if (person := person_meant(draft, "contact", "lead", "user")) is not None and person[0] == "lead":
        if (grown := _converted(draft, person[1])) is not None:
            return grown
        draft.hints = {**draft.hints, "lead": person[1]}
        return NOTHING
    return resolve_customer(draft, focus=bool(POINTS_BACK.search(draft.text)) or _goes_on(draft))


def _is_private(draft: Draft) -> bool:
    """Whether it is the seller's own affair; where check-ups are what is sold, a check-up is none."""
    found = _PRIVATE.search(draft.everything)
    if found is None or draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.75):
        return False
    return not any(found[0] in product.name for product in draft.desk.crm.products.find(limit=500))


def _house_pointed_at(draft: Draft) -> Resolution | None:
    """The customer spoken of, where 上面那家 means it and nobody is named; a question where nobody was spoken of."""
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.LEAD, least=0.7)
    pointer = THAT_HOUSE.search(draft.text)
    if named or pointer is None or "customer" in draft.shared:
        return None
    found = draft.desk.focus("customer")
    return Resolution(verdict=Verdict.ASK if found is None else Verdict.SURE, id=found, words=pointer[0])


def _converted(draft: Draft, lead_id: int | None) -> Resolution | None:
    """The customer that a lead has become, if it has."""
    lead = None if lead_id is None else draft.desk.crm.leads.get(lead_id)
    customer = None if lead is None or lead.customer_id is None else draft.desk.crm.customers.get(lead.customer_id)
    return None if customer is None else Resolution(verdict=Verdict.SURE, id=customer.id)


def _of_person_meant(draft: Draft) -> Resolution | None:
    """约他看样板线: the customer of the person spoken of, where no record is named for sure beside 他."""
    person = person_meant(draft, "contact", "lead", "user")
    if person is None or person[0] != "contact":
        return None
    named = (c for m in draft.mentions_of(*_OWNERS, least=0.85) for c in m.candidates)
    if any(c.whole and c.score >= 0.85 and c.nameable.kind in _OWNERS for c in named):
        return None
    return Resolution(verdict=Verdict.SURE, id=draft.desk.crm.contacts.require(person[1]).customer_id)


_OWNERS = (NameKind.CUSTOMER, NameKind.CONTACT, NameKind.OPPORTUNITY, NameKind.LEAD)
FRESH = 2
"""For so many turns what a customer's records tell is what the next task may be about."""


def _goes_on(draft: Draft) -> bool:
    """Whether the task speaks of what the notes, deals and tasks of the customer spoken of just now tell."""
    customer = draft.desk.focus("customer")
    if customer is None or draft.desk.turns_ago("customer") > FRESH:
        return False
    crm = draft.desk.crm
    told = [note.summary for note in crm.notes.of_customer(customer, limit=5)]
    told += [deal.name for deal in crm.opportunities.of_customer(customer)]
    told += [task.title for task in crm.tasks.of_customer(customer)]
    return any(pair in each for each in told for pair in _telling_pairs(title_of(draft)))


_COMMON_PAIRS = frozenset(
    [
        "提醒",
        "电话",
        "客户",
        "联系",
        "一下",
        "上午",
        "下午",
        "晚上",
        "明天",
        "今天",
        "时候",
        "准备",
        "资料",
        "发给",
        "一个",
        "这个",
        "那个",
        "我们",
        "公司",
    ]
)


def _telling_pairs(title: str) -> set[str]:
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return {pair for pair in pairs if re.fullmatch("[\u4e00-\u9fff]{2}", pair)} - _COMMON_PAIRS


def _names_a_part_only(draft: Draft) -> bool:
    """Whether nothing but words of some deals' names is said (盘种植体库存): what a task is about, not whose it is."""
    people = (c for m in draft.mentions_of(NameKind.CONTACT) for c in m.candidates)
    if any(c.whole for c in people if c.nameable.kind is NameKind.CONTACT):
        return False
    if draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.LEAD, least=0.7):
        return False
    deals = [c for m in draft.mentions_of(NameKind.OPPORTUNITY) for c in m.candidates]
    own = [c for c in deals if c.nameable.kind is NameKind.OPPORTUNITY]
    return bool(deals) and not any(c.whole and c.score >= 0.85 for c in own)


def lead_of(draft: Draft) -> int | None:
    """The lead that the command names, or that 他 and 她 mean."""
    named = draft.hints.get("lead") or only_record(draft, NameKind.LEAD, None)
    points = re.search("[他她](?!们)|这条线索|那条线索|该线索", draft.text)
    return named if named is not None or not points else _lead_in_focus(draft)


def only_record(draft: Draft, kind: NameKind, customer_id: int | None) -> int | None:
    """The one record of a kind that the command names for sure."""
    for mention in draft.mentions_of(kind, least=0.85):
        best, *others = [c for c in mention.candidates if c.nameable.kind is kind]
        if customer_id is None and any(best.score - other.score < MARGIN for other in others):
            continue
        if customer_id is None or best.nameable.customer_id == customer_id:
            return int(best.nameable.id)
    return None


def _lead_in_focus(draft: Draft) -> int | None:
    """The lead that the conversation was about just now."""
    return draft.desk.focus("lead") if draft.desk.topic == "lead" else None
