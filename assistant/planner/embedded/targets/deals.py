"""Which opportunity a command is about: named, by its product, the customer's only one, or the one in focus."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import (
    MENTIONED,
    NOTHING,
    OPTIONS,
    SURE,
    Resolution,
    Verdict,
    customers_named,
    resolve_customer,
)
from assistant.planner.embedded.strangers import stranger
from assistant.planner.embedded.targets.choices import (
    NEAR,
    Scored,
    customer_words,
    judge,
    listed_choice,
    product_ids,
    word_overlap,
    words_of,
)
from crm_store.records import Opportunity
from intents import patterns as re
from intents.names import By, Candidate, Kind, Mention

DEAL_ALONE = 0.7
"""A deal named without its customer must be named this well to be acted upon."""


def resolve_opportunity(draft: Draft, *, closed: bool = False) -> Resolution:
    """The deal that a command is about: named, by its product, the customer's only one, or the one in focus."""
    if "opportunity" in draft.hints:
        return Resolution(verdict=Verdict.SURE, id=int(draft.hints["opportunity"]))
    if not draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, least=SURE) and (
        (picked := listed_choice(draft, "opportunity")) is not None
    ):
        return Resolution(verdict=Verdict.SURE, id=picked, kind="opportunity")
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
    if (others := _of_somebody_else(draft, deals, customer)) is not None:
        return others
    found = judge(
        scored,
        "opportunity",
        words=customer.words or words_of(draft, Kind.OPPORTUNITY),
        sure=0.0 if customer.id is not None or customer.options else DEAL_ALONE,
    )
    return _held_like(found, customer)


def _of_somebody_else(draft: Draft, deals: Sequence[Opportunity], customer: Resolution) -> Resolution | None:
    """A question where a deal is named that none of the customers named has, and what they have is not named."""
    owners = customers_named(draft)
    if not owners or "customer" in draft.hints:
        return None
    named = [
        (c, m)
        for m in draft.mentions_of(Kind.OPPORTUNITY, least=MENTIONED)
        for c in m.candidates
        if c.nameable.kind is Kind.OPPORTUNITY and c.score >= MENTIONED
    ]
    best, said = max(named, key=lambda pair: pair[0].score, default=(None, None))
    if best is None or said is None or best.whole or best.score < NAMED_ALONE:
        return None
    if any(c.nameable.customer_id in owners for c, _ in named):
        return None
    own = [deal.id for deal in deals if deal.customer_id in owners]
    if any(_told_by_other_words(draft, _of(deals, i), said) for i in own):
        return None
    options = (int(best.nameable.id), *(i for i in own if not _is_closed(draft, _of(deals, i))))
    return Resolution(verdict=Verdict.ASK, options=options[:OPTIONS], words=customer.words, kind="opportunity")


NAMED_ALONE = 0.85
"""A deal named this well is meant, whoever else's the words say it is."""


def _told_by_other_words(draft: Draft, deal: Opportunity, said: Mention) -> bool:
    """Whether the words that name one deal name another's product, or a good part of its name, as well."""
    own = (m for m in draft.mentions_of(Kind.PRODUCT, least=SURE) if m.begin <= said.begin and said.stop <= m.stop)
    products = {int(c.nameable.id) for m in own for c in m.candidates if c.nameable.kind is Kind.PRODUCT}
    words = word_overlap(draft.everything, deal.name, known=customer_words(draft, deal.customer_id))
    return bool(products & set(deal.product_ids)) or words >= TOLD_IN_PART


TOLD_IN_PART = 0.3


def _of(deals: Sequence[Opportunity], deal_id: int) -> Opportunity:
    return next(deal for deal in deals if deal.id == deal_id)


_BEFORE = re.compile(
    r"^(?:[你您]?(?:给|帮)?[我咱]?(?:再)?(?:看看|看一?下|瞧瞧|查查|查一?下|说说|讲讲)|[你您]|把|将|给|帮我|请|麻烦|我们?的?|咱们?的?|那个|这个|那单|那[批套台款]|这[批套台款]|他们?家?|她们?家?|它|人家|对方|客户|上次|上回|新|老|替|为|的|先|再|然后|另外|顺便|关于|今天|昨天|刚才?|\s)+"
)
_POINTED = re.compile(
    r"(?:他们|她们|公司)?(?:家|那边|那儿|那里|这边)?的?(?:[那这]一?[个单笔张条件项份台批]|[那这家]|的)的?$"
)
"""What stands between the name of a deal's customer and the deal: 金陵|那个|两癌筛查."""
_NO_OWNER = re.compile(
    r"[他她它们我你您的了着过给把要去看这那很都也就还被让叫请帮加]|[说聊谈提讲问见做报写跟推]|"
    r"上次|上回|之前|刚才?|最近|原来|新|老|大|小|客户|商机|单子?|项目|合同|金额|阶段|[日月号周天年]$"
)
"""Words before 那个 that tell of a deal and name nobody."""


def foreign_name(draft: Draft) -> str:
    """Words right before a partly named deal that belong to no known name: probably somebody else's customer."""
    for mention in draft.mentions_of(Kind.OPPORTUNITY):
        best = next(c for c in mention.candidates if c.nameable.kind is Kind.OPPORTUNITY)
        if best.by not in (By.PART, By.TYPO) or best.score >= 0.98:
            continue
        named = (m.stop for m in draft.mentions_of(Kind.USER, least=SURE) if m.stop <= mention.begin)
        begin = max([draft.begin, *named])
        before = re.split(r"[，。；！？\s]", draft.sentence.text[begin : mention.begin])[-1]
        rest = _BEFORE.sub("", before)
        best = next(c for c in mention.candidates if c.nameable.kind is Kind.OPPORTUNITY)
        before = re.split(r"[，。；！？\s]|把|将", draft.sentence.text[draft.begin : mention.begin])[-1]
        rest = _BEFORE.sub("", before)
        pointed = _POINTED.search(rest)
        rest = rest[: pointed.start()] if pointed else rest
        covered = any(
            m.begin < mention.begin <= m.stop + (len(pointed[0]) if pointed else 2) and m is not mention
            for m in draft.mentions
            if m.candidates[0].score >= SURE
        )
        if (
            len(rest) >= 2
            and not covered
            and re.fullmatch(r"[\u4e00-\u9fffA-Za-z]+", rest)
            and rest[-1] not in "的个把给"
            and not ((pointed or best is not mention.candidates[0]) and _NO_OWNER.search(rest))
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


def _deal_in_focus(draft: Draft, *, closed: bool) -> Resolution:
    desk = draft.desk
    if (picked := listed_choice(draft, "opportunity")) is not None:
        return Resolution(verdict=Verdict.SURE, id=picked, kind="opportunity")
    if strange := stranger(draft):
        return Resolution(verdict=Verdict.UNKNOWN, words=strange)
    found = draft.shared.get("opportunity") or desk.focus("opportunity")
    shared = draft.shared.get("customer")
    if found is not None and shared is None and _talk_went_on(draft, found):
        found = None
    if found is not None and (shared is None or desk.crm.opportunities.require(found).customer_id == shared):
        return Resolution(verdict=Verdict.SURE, id=found)
    customer_id = shared or desk.focus("customer")
    if customer_id is None:
        return NOTHING
    deals = [d for d in desk.crm.opportunities.of_customer(customer_id) if closed or not _is_closed(draft, d)]
    scored = _score_deals(draft, deals, Resolution(verdict=Verdict.SURE, id=customer_id))
    return judge(scored, "opportunity", sure=0.0) if scored else NOTHING


_EARLIER_ONE = re.compile(r"刚才|刚刚|方才|前面|前头|先前|之前|原来|那[单笔个张]|头先")


def _talk_went_on(draft: Draft, deal_id: int) -> bool:
    """Whether another customer was spoken of since the deal in focus: 这单 is that customer's then."""
    desk, customer = draft.desk, draft.desk.focus("customer")
    if customer is None or desk.turns_ago("customer") >= desk.turns_ago("opportunity"):
        return False
    return desk.crm.opportunities.require(deal_id).customer_id != customer and not _EARLIER_ONE.search(draft.text)


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
    score += 0.3 * word_overlap(draft.everything, deal.name, known=customer_words(draft, deal.customer_id))
    if customer.id is not None:
        score += 0.6 if deal.customer_id == customer.id else -0.6
    elif not customer.options and deal.customer_id == draft.desk.focus("customer"):
        score += NEAR
    if deal.id == draft.desk.focus("opportunity") and not named and not products:
        score += 0.1
    if len(recent := draft.desk.listed("opportunity")) > 1 and deal.id in recent:
        score += 0.15
    return score
