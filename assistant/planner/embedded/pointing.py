"""Words that point at a record shown before: by its place in the list, as the other one, as the one named earlier."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from crm_store.records import Contact, Customer, Record
from intents import patterns as re
from intents.numbers import parse_number
from intents.phonetics import folded_syllables

_MEASURES = {
    "位": ("contact", "lead"),
    "人": ("contact", "lead"),
    "家": ("customer", "lead"),
    "单": ("opportunity",),
    "笔": ("opportunity",),
    "条": ("task", "lead", "note"),
    "项": ("task",),
    "件": ("task",),
}
"""Which types a measure word counts; 个 and the like count any."""
_ANY = ("contact", "customer", "opportunity", "task", "lead")
_MEASURE = "[个位家单笔条项件人者]"
_PLACE = re.compile(
    rf"第([一二三四五六七八九十\d]+){_MEASURE}(?!阶段|季度|月|星期|周|步)|(倒数第一|最后[一那]|末[一那]|末尾那|最(?:下|后)面的?[那这]){_MEASURE}|"
    rf"(?:头一|最(?:上|前)面的?[一那这]){_MEASURE}"
)
_EARLIER = re.compile(
    rf"(?:前面|上面|先前|前头|前一|先(?:说|提|问|查|看|讲|聊|改)的?)(?:的|说的|提的)?(?:那|这)?({_MEASURE})|前者"
)
_LATER = re.compile(
    rf"(?:后面|下面|后头|后一|后(?:说|提|问|查|看|讲|聊|改)的?)(?:的|说的|提的)?(?:那|这)?({_MEASURE})|后者"
)
_OTHER = re.compile(
    rf"另(?:外)?(?:的)?(?:那)?一?({_MEASURE})(?!头|方面|边)|剩下(?:的)?(?:那)?一?({_MEASURE})|the other(?: one)?", re.I
)
_SURNAMED = re.compile(r"姓([\u4e00-\u9fff])的?")

POINTING = re.compile("|".join(p.pattern.replace("的?", "") for p in (_SURNAMED, _OTHER, _EARLIER, _LATER, _PLACE)))


def point(draft: Draft) -> None:
    """Settle, as hints, which record the words point at; nothing where they point at none."""
    if draft.hints:
        return
    found = _by_place(draft) or _the_other(draft) or _of_two(draft)
    if found is not None:
        kind, record_id = found
        draft.hints = {**draft.hints, kind: record_id}


def shown(desk: Desk, record_type: str) -> list[int]:
    """The newest list of several records of a type; what one of them was shown alone since does not matter."""
    listed = desk.listed(record_type)
    return listed if len(listed) > 1 else desk.listed_before(record_type)


def _types(desk: Desk, measure: str) -> tuple[str, ...]:
    """The types that a measure word may count, that of the list shown last first."""
    types = _MEASURES.get(measure, _ANY)
    return tuple(sorted(types, key=lambda kind: kind != desk.topic))


def _by_place(draft: Draft) -> tuple[str, int] | None:
    found = _PLACE.search(draft.text)
    if found is None:
        return None
    measure = found[0][-1]
    last = found[2] is not None
    place = parse_number(found[1]) if found[1] else 1
    for kind in _types(draft.desk, measure):
        ids = shown(draft.desk, kind)
        index = len(ids) - 1 if last else int(place or 0) - 1
        if len(ids) > 1 and 0 <= index < len(ids):
            return kind, ids[index]
    return None


def _measure(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group), "个")


def _the_other(draft: Draft) -> tuple[str, int] | None:
    """「另一个」: of two shown the one that is not in focus; 「另一个姓雷的」: the namesake of the one in focus."""
    found = _OTHER.search(draft.text)
    if found is None:
        return None
    surname = _SURNAMED.search(draft.text)
    if surname is not None:
        return _namesake(draft, surname[1])
    for kind in _types(draft.desk, _measure(found)):
        if kind == "task":
            continue
        focus = draft.desk.focus(kind)
        ids = shown(draft.desk, kind)
        ids = ids if focus in ids else _siblings(draft.desk, kind)
        rest = [i for i in ids if i != focus]
        if focus in ids and len(rest) == 1:
            return kind, rest[0]
    return None


def _siblings(desk: Desk, kind: str) -> list[int]:
    """The people, or the deals, of the customer of the one in focus."""
    focus = desk.focus(kind)
    record = desk.crm.repository(kind).get(focus) if focus is not None else None
    customer_id = getattr(record, "customer_id", None)
    if customer_id is None or kind not in ("contact", "opportunity"):
        return []
    of = desk.crm.contacts if kind == "contact" else desk.crm.opportunities
    return [sibling.id for sibling in of.of_customer(customer_id)]


def says_other(draft: Draft) -> bool:
    """Whether the words mean another record than the one spoken of."""
    return bool(_OTHER.search(draft.text))


def _namesake(draft: Draft, surname: str) -> tuple[str, int] | None:
    newest = draft.desk.newest("contact", "lead")
    for kind in ("contact", "lead") if newest is None or newest[0] == "contact" else ("lead", "contact"):
        others = [i for i in _surnamed(draft.desk, kind, surname) if (kind, i) != newest]
        if len(others) == 1:
            return kind, others[0]
    return None


def _surnamed(desk: Desk, kind: str, surname: str) -> list[int]:
    repository = desk.crm.repository(kind)
    return [record.id for record in repository.find(repository.c.name.startswith(surname), limit=20)]


def _of_two(draft: Draft) -> tuple[str, int] | None:
    """「前面那位」「后者」: the earlier or the later of two shown together or named one after the other."""
    for pattern, index in ((_EARLIER, 0), (_LATER, 1)):
        found = pattern.search(draft.text)
        if found is None:
            continue
        for kind in _types(draft.desk, _measure(found)):
            ids = draft.desk.mentioned(kind)[-2:]
            if len(ids) == 2:
                return kind, ids[index]
    return None


# --- people ------------------------------------------------------------------------------------------------------

PRONOUN = re.compile(r"[他她佢](?!们)|\b(?:him|her)\b", re.I)


def person_meant(draft: Draft, *types: str) -> tuple[str, int] | None:
    """Whom 他 or 她 means: of the given types the one spoken of last."""
    return draft.desk.newest(*types) if PRONOUN.search(draft.text) else None


def described(desk: Desk, record_type: str, ids: Sequence[int], text: str) -> int | None:
    """Of several records the one that the words describe (酒店那条, 包装厂的): by what is known of it, by sound too."""
    records = desk.crm.repository(record_type).many(ids)
    fits = sorted(((_fit(text, facts_of(desk, records[i])), i) for i in ids if i in records), reverse=True)
    if not fits or fits[0][0] < 2 or (len(fits) > 1 and fits[1][0] >= fits[0][0]):
        return None
    return fits[0][1]


def facts_of(desk: Desk, record: Record) -> str:
    """What a record and its customer are called, as one text."""
    values = [getattr(record, field, None) for field in ("name", "title", "company", "source", "role")]
    of_person = isinstance(record, Contact | Customer)
    customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", None)
    if customer_id is not None and (customer := desk.crm.customers.get(customer_id)) is not None:
        values += [customer.name, customer.industry, customer.region, *customer.aliases, *customer.tags]
        values += [deal.name for deal in desk.crm.opportunities.of_customer(customer_id) if of_person]
    if isinstance(record, Customer):
        values += [f"{person.name} {person.title or ''}" for person in desk.crm.contacts.of_customer(record.id)]
    return " ".join(str(value) for value in values if value)


_POINTERS = re.compile(r"那[个家位条单]|这[个家位条单]|线索|待办|联系人|客户|公司|有限")


def _fit(text: str, facts: str) -> int:
    """Length of the longest stretch, at least two characters, that the text and the facts share by sound."""
    said, known = folded_syllables(_POINTERS.sub("，", text)), folded_syllables(_POINTERS.sub(" ", facts))
    best = 0
    for i in range(len(said)):
        for j in range(len(known)):
            size = 0
            while i + size < len(said) and j + size < len(known) and said[i + size] == known[j + size] != " ":
                size += 1
            best = max(best, size)
    return best
