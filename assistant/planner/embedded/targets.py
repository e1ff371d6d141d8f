"""Resolves contacts, opportunities, tasks and leads within what the message and the conversation say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.messages import Option
from assistant.planner.embedded.draft import Draft
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
from crm_store.records import OPEN, Contact, Opportunity, Task
from intents.names import By, Candidate, Kind, Mention
from intents.numbers import parse_number

_ROLE_WORDS = (
    "采购|财务|技术|质量|品质|生产|设备|工艺|研发|信息|IT|仓储|物流|法务|老板|决策|拍板|说了算|使用|影响|行政|人事|"
    "运营|安全|基建|工程|检验|化验|实验"
)
DEAL_ALONE = 0.7
"""A deal named without its customer must be named this well to be acted upon."""
Scored = list[tuple[int, float]]


def resolve_contact(draft: Draft) -> Resolution:
    """The person that a command is about."""
    if "contact" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["contact"]))
    if (other := the_other(draft, "contact")) is not None:
        return Resolution(verdict=Verdict.SURE, id=other)
    customer = resolve_customer(draft, focus=False)
    scored = _named(draft, Kind.CONTACT, customer)
    if scored:
        return judge(scored, "contact", words=_words(draft, Kind.CONTACT))
    found = draft.desk.focus("contact")
    if found is None or (customer.found and draft.desk.crm.contacts.require(found).customer_id != customer.id):
        return NOTHING
    return Resolution(verdict=Verdict.SURE, id=found)


def resolve_lead(draft: Draft) -> Resolution:
    """The lead that a command is about."""
    if "lead" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["lead"]))
    if (other := the_other(draft, "lead")) is not None:
        return Resolution(verdict=Verdict.SURE, id=other)
    scored = _written(draft, Kind.LEAD) or _named(draft, Kind.LEAD, NOTHING)
    if scored:
        return judge(scored, "lead", words=_words(draft, Kind.LEAD))
    if (listed := _listed_lead(draft)) is not None:
        return Resolution(verdict=Verdict.SURE, id=listed)
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


def resolve_product(draft: Draft) -> int | None:
    """A product named in the command, if one is clearly meant."""
    found = product_ids(draft)
    return found[0] if found else None


def product_ids(draft: Draft) -> list[int]:
    """The products named in the command, best of each mention."""
    ids: list[int] = []
    for mention in draft.mentions_of(Kind.PRODUCT, least=MENTIONED):
        best, *rest = [c for c in mention.candidates if c.nameable.kind is Kind.PRODUCT]
        if best.score < SURE and rest and best.score - rest[0].score < 2 * MARGIN:
            continue
        if int(best.nameable.id) not in ids:
            ids.append(int(best.nameable.id))
    return ids


def _named(draft: Draft, kind: Kind, customer: Resolution) -> Scored:
    """Records of one kind by how well the message names them; one of the named customer's counts more."""
    scores: dict[int, float] = {}
    for mention in draft.mentions_of(kind, least=MENTIONED):
        for candidate in mention.candidates:
            if candidate.nameable.kind is not kind:
                continue
            score = candidate.score + _belongs(candidate.nameable.customer_id, customer, draft)
            record_id = int(candidate.nameable.id)
            scores[record_id] = max(scores.get(record_id, 0.0), score)
    return sorted(scores.items(), key=lambda item: -item[1])


def _belongs(customer_id: int | None, customer: Resolution, draft: Draft) -> float:
    if customer_id is None:
        return 0.0
    if customer.id == customer_id or customer_id in customer.options:
        return 0.3
    if customer.id is not None:
        return -0.3
    return 0.1 if draft.desk.focus("customer") == customer_id else 0.0


def judge(scored: Scored, kind: str, *, words: str = "", sure: float = SURE) -> Resolution:
    """Sure of the best one, or a question between those that fit about equally."""
    best_id, best = scored[0]
    if best < sure:
        return Resolution(
            verdict=Verdict.UNKNOWN, options=tuple(i for i, _ in scored[:OPTIONS]), words=words, kind=kind
        )
    rivals = [i for i, score in scored[1:] if best - score < MARGIN]
    if rivals:
        return Resolution(verdict=Verdict.ASK, options=(best_id, *rivals)[:OPTIONS], words=words, kind=kind)
    return Resolution(verdict=Verdict.SURE, id=best_id, words=words, kind=kind)


def _words(draft: Draft, kind: Kind) -> str:
    mentions = draft.mentions_of(kind)
    return mentions[0].text if mentions else ""


# --- opportunities -----------------------------------------------------------------------------------------------


def resolve_opportunity(draft: Draft, *, closed: bool = False) -> Resolution:
    """The deal that a command is about: named, by its product, the customer's only one, or the one in focus."""
    if "opportunity" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["opportunity"]))
    owned = (
        "customer" in draft.hints
        or draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7)
        or not draft.mentions_of(Kind.OPPORTUNITY)
    )
    customer = resolve_customer(draft, focus=False) if owned else NOTHING
    if customer.verdict is Verdict.UNKNOWN and not draft.mentions_of(Kind.OPPORTUNITY, least=SURE):
        return customer
    if customer.id is None and not customer.options and not draft.mentions_of(Kind.OPPORTUNITY, least=MENTIONED):
        return _deal_in_focus(draft, closed=closed)
    deals = _deals(draft, customer)
    named = _surely_named(draft)
    open_deals = [d for d in deals if closed or d.id in named or not _is_closed(draft, d)]
    scored = _score_deals(draft, open_deals or deals, customer)
    if not scored:
        return customer if customer.verdict is Verdict.ASK else NOTHING
    if customer.id is None and not customer.options and (foreign := foreign_name(draft)):
        return Resolution(verdict=Verdict.UNKNOWN, words=foreign, kind="opportunity")
    found = judge(
        scored,
        "opportunity",
        words=customer.words or _words(draft, Kind.OPPORTUNITY),
        sure=0.0 if customer.id is not None or customer.options else DEAL_ALONE,
    )
    return _held_like(found, customer)


_BEFORE = re.compile(
    r"^(?:把|将|给|帮我|请|麻烦|我们?的?|咱们?的?|那个|这个|那单|的|先|再|然后|另外|顺便|关于|今天|昨天|刚才?|\s)+"
)


def foreign_name(draft: Draft) -> str:
    """Words right before a partly named deal that belong to no known name: probably somebody else's customer."""
    for mention in draft.mentions_of(Kind.OPPORTUNITY):
        best = mention.candidates[0]
        if best.by not in (By.PART, By.TYPO) or best.score >= 0.98:
            continue
        before = re.split(r"[，。；！？\s]", draft.sentence.text[draft.begin : mention.begin])[-1]
        rest = _BEFORE.sub("", before)
        covered = any(
            m.begin < mention.begin <= m.stop + 2 and m is not mention
            for m in draft.mentions
            if m.candidates[0].score >= SURE
        )
        if (
            len(rest) >= 2
            and not covered
            and re.fullmatch(r"[\u4e00-\u9fffA-Za-z]+", rest)
            and rest[-1] not in "的个把给"
            and (best.score < 0.9 or _is_strange(draft, rest, best))
        ):
            return rest
    return ""


def _is_strange(draft: Draft, words: str, named: Candidate) -> bool:
    """Whether words before a deal's name share no two characters with what is known of the deal's customer."""
    customer = draft.desk.crm.customers.get(named.nameable.customer_id) if named.nameable.customer_id else None
    if customer is None:
        return False
    known = " ".join(
        (customer.name, *customer.aliases, customer.region or "", customer.industry or "", named.nameable.name)
    )
    people = "".join(c.name for c in draft.desk.crm.contacts.of_customer(customer.id))
    return not any(words[i : i + 2] in known + people for i in range(len(words) - 1))


def _held_like(found: Resolution, customer: Resolution) -> Resolution:
    """A deal found through an unsure customer is as unsure."""
    if found.found and customer.verdict is Verdict.HOLD:
        return Resolution(verdict=Verdict.HOLD, id=found.id, words=customer.words)
    return found


_ORDINAL = re.compile(
    r"第([一二三四五六七八九十\d]+)[个条单家位项笔件]|最后一?[个条单家位项笔件]|(?:头|最前面)一?[个条单家]"
)
_LARGEST = re.compile(r"(?:金额|额度|价)?(?:最大|最高|大|高|贵|多)的?(?:那)?(?:一?[单个笔]|的$)|biggest|largest")
_SMALLEST = re.compile(r"(?:金额|额度|价)?(?:最小|最低|小|低|便宜|少)的?(?:那)?(?:一?[单个笔]|的$)|smallest")


def listed_choice(draft: Draft, record_type: str) -> int | None:
    """The record that 「第二个」 or 「金额最大那单」 picks from the list shown last."""
    ids = draft.desk.listed(record_type) or draft.desk.listed_before(record_type)
    return pick(draft, record_type, ids, draft.everything) if len(ids) > 1 else None


def pick(draft: Draft, record_type: str, ids: Sequence[int], text: str) -> int | None:
    """Of several records, the one singled out by place or size."""
    found = _ORDINAL.search(text)
    if found is not None:
        place = parse_number(found[1]) if found[1] else None
        index = int(place) - 1 if place else (0 if found[0].startswith(("头", "最前")) else len(ids) - 1)
        return ids[index] if 0 <= index < len(ids) else None
    if record_type != "opportunity":
        return None
    focus = draft.desk.focus("opportunity")
    if len(ids) == 2 and focus in ids and re.search("另一|另外那|另外一|the other", text):
        return next(i for i in ids if i != focus)
    said = {amount.value for amount in draft.amounts}
    priced = [i for i, deal in draft.desk.crm.opportunities.many(ids).items() if deal.amount in said]
    if len(priced) == 1 and re.search("那[个单笔]|的$", text):
        return priced[0]
    for pattern, choose in ((_LARGEST, max), (_SMALLEST, min)):
        if pattern.search(text):
            deals = draft.desk.crm.opportunities.many(ids).values()
            return choose(deals, key=lambda deal: deal.amount or 0).id if deals else None
    return None


def _deal_in_focus(draft: Draft, *, closed: bool) -> Resolution:
    desk = draft.desk
    if (picked := listed_choice(draft, "opportunity")) is not None:
        return Resolution(verdict=Verdict.SURE, id=picked, kind="opportunity")
    found = draft.shared.get("opportunity") or desk.focus("opportunity")
    shared = draft.shared.get("customer")
    if found is not None and (shared is None or desk.crm.opportunities.require(found).customer_id == shared):
        return Resolution(verdict=Verdict.SURE, id=found)
    customer_id = shared or desk.focus("customer")
    if customer_id is None:
        return NOTHING
    deals = [d for d in desk.crm.opportunities.of_customer(customer_id) if closed or not _is_closed(draft, d)]
    scored = _score_deals(draft, deals, Resolution(verdict=Verdict.SURE, id=customer_id))
    return judge(scored, "opportunity", sure=0.0) if scored else NOTHING


def _deals(draft: Draft, customer: Resolution) -> list[Opportunity]:
    crm = draft.desk.crm
    ids = [i for i in (customer.id, *customer.options) if i is not None]
    deals = [deal for i in dict.fromkeys(ids) for deal in crm.opportunities.of_customer(i)]
    named = {
        int(c.nameable.id)
        for m in draft.mentions_of(Kind.OPPORTUNITY)
        for c in m.candidates
        if c.nameable.kind is Kind.OPPORTUNITY
    }
    known = {deal.id for deal in deals}
    return deals + [deal for i, deal in crm.opportunities.many(named).items() if i not in known]


def _surely_named(draft: Draft) -> set[int]:
    """Deals named in full: meant even when they are closed."""
    found = (c for m in draft.mentions_of(Kind.OPPORTUNITY, least=0.9) for c in m.candidates)
    return {int(c.nameable.id) for c in found if c.nameable.kind is Kind.OPPORTUNITY and c.by in (By.EXACT, By.ALIAS)}


def _is_closed(draft: Draft, deal: Opportunity) -> bool:
    return any(stage.id == deal.stage_id and stage.is_closed for stage in draft.desk.stages)


def _score_deals(draft: Draft, deals: Sequence[Opportunity], customer: Resolution) -> Scored:
    named: dict[int, float] = {}
    for mention in draft.mentions_of(Kind.OPPORTUNITY, least=0.4):
        for c in mention.candidates:
            if c.nameable.kind is Kind.OPPORTUNITY:
                named[int(c.nameable.id)] = max(named.get(int(c.nameable.id), 0.0), c.score)
    products = set(product_ids(draft))
    scores = [(deal.id, _deal_score(draft, deal, named, products, customer)) for deal in deals]
    return sorted(scores, key=lambda item: -item[1])


def _deal_score(
    draft: Draft, deal: Opportunity, named: dict[int, float], products: set[int], customer: Resolution
) -> float:
    score = named.get(deal.id, 0.0)
    score += 0.4 if products & set(deal.product_ids) else 0.0
    score += 0.3 * word_overlap(draft.everything, deal.name, known=_customer_words(draft, deal.customer_id))
    if customer.id is not None:
        score += 0.6 if deal.customer_id == customer.id else -0.6
    if deal.id == draft.desk.focus("opportunity") and not named and not products:
        score += 0.1
    if len(recent := draft.desk.listed("opportunity")) > 1 and deal.id in recent:
        score += 0.15
    return score


def _customer_words(draft: Draft, customer_id: int) -> str:
    customer = draft.desk.crm.customers.get(customer_id)
    return "" if customer is None else "".join((customer.name, *customer.aliases))


def word_overlap(text: str, title: str, *, known: str = "") -> float:
    """Share of the title's character pairs (those of `known`, the customer's names, left out) that the text has."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)} - {known[i : i + 2] for i in range(len(known) - 1)}
    return sum(1 for pair in pairs if pair in text) / len(pairs) if pairs else 0.0


# --- tasks -------------------------------------------------------------------------------------------------------


def task_scores(draft: Draft, candidates: Iterable[Task], customer: Resolution) -> Scored:
    """Open tasks by how well the command points at them: title words, customer, people, old due time."""
    named = _task_mentions(draft)
    scores = [(task.id, _task_score(draft, task, named, customer)) for task in candidates]
    return sorted(scores, key=lambda item: -item[1])


def _task_mentions(draft: Draft) -> dict[int, float]:
    named: dict[int, float] = {}
    for mention in draft.mentions_of(Kind.TASK, least=0.3):
        for c in mention.candidates:
            if c.nameable.kind is Kind.TASK:
                named[int(c.nameable.id)] = max(named.get(int(c.nameable.id), 0.0), c.score)
    return named


def _task_score(draft: Draft, task: Task, named: dict[int, float], customer: Resolution) -> float:
    known = _customer_words(draft, task.customer_id) if task.customer_id else ""
    score = 0.9 * word_overlap(draft.everything, task.title, known=known) + 0.7 * named.get(task.id, 0.0)
    if customer.id is not None or customer.options:
        fits = task.customer_id is not None and task.customer_id in (customer.id, *customer.options)
        score += 0.5 if fits else -0.3
    return score


def contact_matches(words: str) -> Callable[[Contact], bool]:
    """Whether a contact's role or title speaks of one of the role words in the text."""
    roles = re.findall(_ROLE_WORDS, words)
    return lambda contact: any(role in f"{contact.role or ''}{contact.title or ''}" for role in roles)


def options_for(draft: Draft, record_type: str, ids: Iterable[int]) -> list[tuple[Option, int | str]]:
    """Records to choose from, with what tells them apart."""
    records = draft.desk.crm.repository(record_type).many(ids)
    return [(_option(draft, record_type, records[i]), i) for i in ids if i in records]


def _option(draft: Draft, record_type: str, record: Any) -> Option:
    label = draft.desk.label(record_type, record)
    customer_id = getattr(record, "customer_id", None)
    customer = draft.desk.crm.customers.get(customer_id) if customer_id else None
    details = (
        [customer.name if customer else "", getattr(record, "title", "") or ""] if record_type == "contact" else []
    )
    if record_type in ("opportunity", "task", "note") and customer:
        details = [customer.name]
    if record_type == "task" and record.due_at:
        details.append(record.due_at.astimezone(draft.desk.view.zone).strftime("%m-%d %H:%M"))
    shown = " · ".join(detail for detail in details if detail)
    return Option(label=f"{label}({shown})" if shown else label, value=label)


__all__ = [
    "OPEN",
    "By",
    "Mention",
    "contact_matches",
    "judge",
    "options_for",
    "product_ids",
    "resolve_contact",
    "resolve_lead",
    "resolve_opportunity",
    "resolve_product",
    "resolve_user",
    "task_scores",
]
