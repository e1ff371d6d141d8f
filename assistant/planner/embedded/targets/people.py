"""Which contact, lead or colleague a command is about, and whose the post or surname named is."""

from __future__ import annotations

from collections.abc import Callable

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import described, says_other, shown
from assistant.planner.embedded.resolve import (
    MARGIN,
    MENTIONED,
    NOTHING,
    OPTIONS,
    SURE,
    Resolution,
    Verdict,
    resolve_customer,
)
from assistant.planner.embedded.targets.choices import (
    Scored,
    judge,
    pick,
    words_of,
)
from crm_store.records import Contact, Customer
from intents import patterns as re
from intents.names import By, Candidate, Kind

_ROLE_WORDS = (
    "采购|财务|技术|质量|品质|生产|设备|工艺|研发|信息|IT|仓储|物流|法务|老板|决策|拍板|说了算|使用|影响|行政|人事|"
    "运营|安全|基建|工程|检验|化验|实验"
)


def resolve_contact(draft: Draft) -> Resolution:
    """The person that a command is about."""
    if "contact" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["contact"]))
    if (other := the_other(draft, "contact")) is not None:
        return Resolution(verdict=Verdict.SURE, id=other)
    customer = resolve_customer(draft, focus=False)
    scored = _named(draft, Kind.CONTACT, customer)
    if scored:
        return judge(scored, "contact", words=words_of(draft, Kind.CONTACT))
    named = customer.id is not None and draft.mentions_of(Kind.CUSTOMER, least=SURE)
    if named and (titled := by_post(draft, int(customer.id or 0))) is not None:
        return titled
    found = draft.desk.focus("contact")
    if found is None or customer.verdict is Verdict.UNKNOWN:
        return NOTHING
    if customer.found and draft.desk.crm.contacts.require(found).customer_id != customer.id:
        return NOTHING
    return Resolution(verdict=Verdict.SURE, id=found)


_BECOMES = re.compile(r"改|换成|换为|升|任|调|提拔|转岗|变成")


def by_post(draft: Draft, customer_id: int) -> Resolution | None:
    """The customer's person whose title, or part in a purchase, the words say: 瀚驿的工会主席, 瀚驿管采购的."""
    said = _BECOMES.split(draft.text)[0]
    people = draft.desk.crm.contacts.of_customer(customer_id)
    by_title = [p.id for p in people if p.title and p.title in said]
    matches = contact_matches(said)
    ids = by_title or [p.id for p in people if matches(p)]
    if not ids:
        return None
    if len(ids) > 1:
        return Resolution(verdict=Verdict.ASK, options=tuple(ids[:OPTIONS]), kind="contact")
    return Resolution(verdict=Verdict.SURE, id=ids[0], kind="contact")


def resolve_party(draft: Draft) -> Resolution:
    """The customer named, by its own name or its people's; where several people fit, the question is which person."""
    customer = resolve_customer(draft, focus=False)
    if draft.mentions_of(Kind.CUSTOMER) or not draft.mentions_of(Kind.CONTACT):
        return customer
    scored = _with_facts(draft, _named(draft, Kind.CONTACT, NOTHING))
    fitting = [i for i, score in scored if scored[0][1] - score < MARGIN]
    customers = {c.customer_id for c in draft.desk.crm.contacts.many(fitting).values()}
    if len(fitting) > 1 and (len(customers) > 1 or customer.verdict in (Verdict.ASK, Verdict.UNKNOWN)):
        return Resolution(
            verdict=Verdict.ASK, options=tuple(fitting[:OPTIONS]), words=words_of(draft, Kind.CONTACT), kind="contact"
        )
    return customer


def _with_facts(draft: Draft, scored: Scored) -> Scored:
    """People by how well they are named, and by region, trade and tags of their customers that the message names."""
    people = draft.desk.crm.contacts.many([i for i, _ in scored])
    customers = draft.desk.crm.customers.many({person.customer_id for person in people.values()})
    text = draft.everything
    for mention in draft.mentions_of(Kind.CONTACT):
        text = text.replace(mention.text, " ")
    told = {i for i, c in customers.items() if _tells_of(text, c)}
    weighed = [(i, score + (0.25 if people[i].customer_id in told else 0.0)) for i, score in scored if i in people]
    return sorted(weighed, key=lambda item: -item[1])


_EVERY_COMPANYS = {"有限", "公司", "限公", "股份", "集团", "管理", "科技", "中心"}


def _tells_of(text: str, customer: Customer) -> bool:
    """Whether the words tell the customer by a part of its name, its trade, region or a tag."""
    facts = (customer.name, *customer.aliases, customer.industry or "", customer.region or "", *customer.tags)
    pairs = {fact[i : i + 2] for fact in facts for i in range(len(fact) - 1)} - _EVERY_COMPANYS
    return any(pair in text for pair in pairs)


def resolve_lead(draft: Draft) -> Resolution:
    """The lead that a command is about."""
    if "lead" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["lead"]))
    if (other := the_other(draft, "lead")) is not None:
        return Resolution(verdict=Verdict.SURE, id=other)
    scored = _written(draft, Kind.LEAD) or _named(draft, Kind.LEAD, NOTHING)
    if scored:
        return judge(scored, "lead", words=words_of(draft, Kind.LEAD))
    if (told := _listed_lead(draft)) is not None:
        return Resolution(verdict=Verdict.SURE, id=told)
    listed, ids = draft.desk.listed("lead"), shown(draft.desk, "lead")
    if len(ids) > 1 and (meant := described(draft.desk, "lead", ids, draft.text)) is not None:
        return Resolution(verdict=Verdict.SURE, id=meant, kind="lead")
    if len(listed) > 1 or says_other(draft):
        rest = [i for i in ids if i != draft.desk.focus("lead") or not says_other(draft)]
        return Resolution(verdict=Verdict.ASK, options=tuple(rest[:OPTIONS]), kind="lead") if rest else NOTHING
    found = draft.desk.focus("lead")
    return NOTHING if found is None else Resolution(verdict=Verdict.SURE, id=found)


def _written(draft: Draft, kind: Kind) -> Scored:
    """The one record that is named in full as it is written, before those that merely sound the same."""
    exact = {
        int(c.nameable.id)
        for m in draft.mentions_of(kind, least=0.98)
        for c in m.candidates
        if c.nameable.kind is kind and c.score >= 0.98 and c.by in (By.EXACT, By.ALIAS)
    }
    return [(exact.pop(), 1.0)] if len(exact) == 1 else []


def _listed_lead(draft: Draft) -> int | None:
    """The one lead of the list shown last whose company, name or source the words tell."""
    ids = list(dict.fromkeys([*draft.desk.listed_before("lead"), *draft.desk.listed("lead")]))
    leads = draft.desk.crm.leads.many(ids)
    picked = pick(draft, "lead", ids, draft.text) if len(ids) > 1 else None
    if picked is not None:
        return picked
    fits = {
        i: sum(f"{lead.company or ''} {lead.name} {lead.source or ''}".count(pair) for pair in _pairs(draft.text))
        for i, lead in leads.items()
    }
    best = max(fits.values(), default=0)
    chosen = [i for i, fit in fits.items() if fit == best]
    return chosen[0] if best and len(chosen) == 1 else None


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if re.fullmatch(r"[\u4e00-\u9fffA-Za-z]{2}", text[i : i + 2])}


_OTHER = re.compile(r"(?:另外?|其他|别的|剩下)(?:那|的)?(?:一)?[个位条家](?:姓([\u4e00-\u9fff]))?|the other", re.I)


def the_other(draft: Draft, kind: str) -> int | None:
    """「另一个姓雷的」: the one other person or lead of that surname than the one spoken of."""
    found, focus = _OTHER.search(draft.text), draft.desk.focus(kind)
    if found is None or focus is None or not found[1]:
        return None
    same = [
        r.id for r in draft.desk.crm.repository(kind).find(limit=5000) if r.name.startswith(found[1]) and r.id != focus
    ]
    return same[0] if len(same) == 1 else None


def resolve_user(draft: Draft) -> int | None:
    """A colleague named in the command."""
    for mention in draft.mentions_of(Kind.USER, least=SURE):
        return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is Kind.USER)
    return None


_TO = re.compile(r"(?:给|到|由|让|归|成|是|to)\s*$", re.I)
_TAKES = re.compile(r"^(?:名下|来?(?:负责|跟|管|接|盯|做))")


def new_owner(draft: Draft) -> int | None:
    """Of the colleagues named, the one that something goes to: 「张三的单子划给李四」 means 李四."""
    users = [m for m in draft.mentions_of(Kind.USER, least=SURE) if m.candidates[0].nameable.kind is Kind.USER]
    if len(users) < 2:
        return resolve_user(draft)
    own = [m for m in users if draft.inside(m)] or users
    text = draft.sentence.text
    given = [m for m in own if _TO.search(text[: m.begin]) or _TAKES.search(text[m.stop :])]
    return int((given or own)[-1].candidates[0].nameable.id)


def _named(draft: Draft, kind: Kind, customer: Resolution) -> Scored:
    """Records of one kind by how well the message names them; one of the named customer's counts more."""
    scores: dict[int, float] = {}
    for mention in draft.mentions_of(kind, least=MENTIONED):
        exact = any(_is_written(c) for c in mention.candidates if c.nameable.kind is kind)
        for candidate in mention.candidates:
            if candidate.nameable.kind is not kind:
                continue
            score = candidate.score + _belongs(candidate.nameable.customer_id, customer, draft, exact=exact)
            score += MARGIN if exact and _is_written(candidate) else 0.0
            record_id = int(candidate.nameable.id)
            scores[record_id] = max(scores.get(record_id, 0.0), score)
    return sorted(scores.items(), key=lambda item: -item[1])


def _is_written(candidate: Candidate) -> bool:
    """Whether the whole name stands in the text: it beats one that only sounds the same."""
    return candidate.whole and candidate.by in (By.EXACT, By.ALIAS)


def _belongs(customer_id: int | None, customer: Resolution, draft: Draft, *, exact: bool = False) -> float:
    """What the customers named, or else the one in focus, say for a record; the focus is silent on a written name."""
    if customer_id is None:
        return 0.0
    if customer.id == customer_id or customer_id in customer.options:
        return 0.3
    if customer.id is not None:
        return -0.3
    return 0.1 if draft.desk.focus("customer") == customer_id and not exact else 0.0


def contact_matches(words: str) -> Callable[[Contact], bool]:
    """Whether a contact's role or title speaks of one of the role words in the text."""
    roles = re.findall(_ROLE_WORDS, words)
    return lambda contact: any(role in f"{contact.role or ''}{contact.title or ''}" for role in roles)
