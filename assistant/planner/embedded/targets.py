"""Resolves contacts, opportunities, tasks and leads within what the message and the conversation say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.messages import Option
from assistant.planner.embedded.distinguishing import singled_out
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import described, says_other, shown
from assistant.planner.embedded.reading.round_sums import rough_sum
from assistant.planner.embedded.resolve import (
    MARGIN,
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
from crm_store.records import OPEN, Contact, Customer, Opportunity, Task
from intents import patterns as re
from intents.names import By, Candidate, Kind, Mention
from intents.numbers import parse_number
from intents.phonetics import folded_syllables
from intents.sentence import Stretch

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
            verdict=Verdict.ASK, options=tuple(fitting[:OPTIONS]), words=_words(draft, Kind.CONTACT), kind="contact"
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
        return judge(scored, "lead", words=_words(draft, Kind.LEAD))
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


_THING = re.compile(
    r"^(?:我们?|咱们?|全组|团队|组里)?(?:的)?([\u4e00-\u9fffA-Za-z0-9]{2,8}?)(?:这一?[款个种类条块]|那一?[款个种类]|产品|目前|现在|眼下|当前|在[谈跟]|"
    r"的(?:单|商机|项目)|有[几多哪]|还有|一共|总共)"
)


def product_by_word(draft: Draft) -> list[int]:
    """The one product whose name has the word that a question begins with (黑板在谈的有几单)."""
    found = _THING.match(draft.text)
    fits = [p.id for p in draft.desk.crm.products.find() if found and found[1] in p.name]
    return fits if len(fits) == 1 else []


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
        words=customer.words or _words(draft, Kind.OPPORTUNITY),
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
    words = word_overlap(draft.everything, deal.name, known=_customer_words(draft, deal.customer_id))
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


_ORDINAL = re.compile(
    r"第([一二三四五六七八九十\d]+)[个条单家位项笔件]|最后[一那]?[个条单家位项笔件]|(?:头|最前面)一?[个条单家]"
)
_LARGEST = re.compile(r"(?:金额|额度|价)?(?:最大|最高|大|高|贵|多)的?(?:那)?(?:一?[单个笔]|的$)|biggest|largest")
_SMALLEST = re.compile(r"(?:金额|额度|价)?(?:最小|最低|小|低|便宜|少)的?(?:那)?(?:一?[单个笔]|的$)|smallest")


def _roughly_priced(deals: Iterable[Opportunity], text: str) -> list[int]:
    """The deals of about as much as is said: 「二十几万那个」."""
    sums = rough_sum(text)
    return [d.id for d in deals if d.amount is not None and sums[0] <= d.amount < sums[1]] if sums else []


def listed_choice(draft: Draft, record_type: str) -> int | None:
    """The record that 「第二个」 or 「金额最大那单」 picks from the list shown last."""
    ids = shown(draft.desk, record_type)
    if len(ids) < 2:
        return None
    picked = pick(draft, record_type, ids, draft.everything)
    return told_apart(draft, record_type, ids) if picked is None else picked


_THAT_ONE = re.compile(r"那[个单条笔项件家]|的[吧呢]?$")
FEW = 6


def told_apart(draft: Draft, record_type: str, ids: Sequence[int]) -> int | None:
    """Of the few records listed last, the one that 「牙椅那单」 tells by a word of its name."""
    if (
        not 1 < len(ids) <= FEW
        or not _THAT_ONE.search(draft.text)
        or draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=SURE)
    ):
        return None
    named = re.findall(r"([^，。,\s]{2,8}?)那[个单条笔项件家]", draft.text)
    return singled_out(draft.desk, record_type, ids, named[0], deep=False) if named else None


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
    deals = draft.desk.crm.opportunities.many(ids).values()
    priced = [deal.id for deal in deals if deal.amount in said] or _roughly_priced(deals, text)
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
    score += 0.3 * word_overlap(draft.everything, deal.name, known=_customer_words(draft, deal.customer_id))
    if customer.id is not None:
        score += 0.6 if deal.customer_id == customer.id else -0.6
    elif not customer.options and deal.customer_id == draft.desk.focus("customer"):
        score += NEAR
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


NEAR, SAID = 0.15, 0.1
"""What the conversation adds to a task (listed before, of the customer spoken of), if the words say that much of it."""
OWN, SHARED, GUESSED = (0.5, -0.3), (0.15, -0.1), (0.4, -0.1)
"""What a customer says for its own tasks and against others': named by the command, by another one, or guessed at."""


def task_scores(draft: Draft, candidates: Iterable[Task], customer: Resolution) -> Scored:
    """Open tasks by how well the command points at them: title words, customer, people, the list shown last."""
    named = _task_mentions(draft)
    tasks = list(candidates)
    said = _telling(draft)
    shares = {task.id: _share(said, task.title) for task in tasks}
    most = max(shares.values(), default=0.0)
    weights, listed = _customer_weights(draft, customer), set(shown(draft.desk, "task"))
    owned = _names_customer(draft) and (customer.id is not None or bool(customer.options))
    scores = []
    for task in tasks:
        likeness = _Likeness(said=said, share=shares[task.id], most=most)
        score = _task_score(draft, task, named, likeness)
        near = weights(task) + (NEAR if task.id in listed else 0.0)
        scores.append((task.id, score + (near if owned or score >= SAID else 0.0)))
    return sorted(scores, key=lambda item: -item[1])


_NOT_TELLING = re.compile(
    r"待办|任务|提醒|日程|事情|事儿|那个|这个|那[条件项]|这[条件项]|[弄整做办搞写改发送交收打约填]完|搞定|办妥|弄好|做好|完成|勾上|勾掉|划掉|勾|标|"
    r"已经?|给我|帮我|麻烦|放宽|宽限|往[前后]|改到|推到|挪到|放到|调到|提前|推迟|顺延|延到|取消|作废|不用|还是|刚刚?|就是|然后|一下|[的了啦吧啊呢嘛呀把将我你都也还再事到去]"
)
_LIKE = 0.6
"""Share of the telling words that a title must have before the share counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Likeness:
    """The words that tell the task, how much of them this title has, and how much the best title has."""

    said: tuple[tuple[str, str], ...]
    share: float
    most: float


def _telling(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The command's Chinese characters with their sounds, less names of customers, times and words of command."""
    text, taken = draft.sentence.text, bytearray(len(draft.sentence.text))
    customers = [m for m in draft.mentions_of(Kind.CUSTOMER, least=SURE) if draft.inside(m)]
    spans: tuple[Stretch, ...] = (*customers, *draft.sentence.times)
    for span in spans:
        taken[span.begin : span.stop] = b"\1" * (span.stop - span.begin)
    bare = "".join(" " if taken[i] else text[i] for i in range(draft.begin, draft.stop))
    rest = "".join(c for c in _NOT_TELLING.sub("", bare) if "\u4e00" <= c <= "\u9fff")
    return tuple(zip(rest, folded_syllables(rest), strict=True))


def _share(said: Sequence[tuple[str, str]], title: str) -> float:
    """Share of the telling characters that the title has, by sight or sound, whatever their order."""
    sounds = folded_syllables(title)
    if not _runs_together([sound for _, sound in said], sounds):
        return 0.0
    left = list(zip(title, sounds, strict=True))
    found = heard = 0
    for character, sound in said:
        match = next((pair for pair in left if pair[0] == character), None)
        if match is None and (match := next((pair for pair in left if pair[1] == sound), None)) is not None:
            heard += 1
        if match is not None:
            left.remove(match)
            found += 1
    if heard and not _neighbours(said) & {(a, b) for a, b in pairwise(sounds)}:
        return 0.0  # single syllables that sound alike are no sign of a word
    return found / len(said) if found >= 2 else 0.0


def _neighbours(said: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(a[1], b[1]) for a, b in pairwise(said)}


def _task_mentions(draft: Draft) -> dict[int, float]:
    named: dict[int, float] = {}
    for mention in draft.mentions_of(Kind.TASK, least=0.3):
        for c in mention.candidates:
            if c.nameable.kind is Kind.TASK:
                named[int(c.nameable.id)] = max(named.get(int(c.nameable.id), 0.0), c.score)
    return named


def _runs_together(said: Sequence[str], title: Sequence[str]) -> bool:
    """Whether two neighbouring syllables of one stand side by side in the other, or three at all."""
    pairs = set(pairwise(title))
    if any(pair in pairs for pair in pairwise(said)):
        return True
    return len(set(said).intersection(title)) >= 3


def _task_score(draft: Draft, task: Task, named: dict[int, float], likeness: _Likeness) -> float:
    known = _customer_words(draft, task.customer_id) if task.customer_id else ""
    like, factor = 0.0, 1.0
    if likeness.most >= _LIKE:
        matched = likeness.share * len(likeness.said)
        like = likeness.share * (0.6 + 0.4 * min(1.0, matched / len(task.title))) if likeness.share >= _LIKE else 0.0
        factor = 1.0 if named.get(task.id, 0.0) >= 0.9 else likeness.share / likeness.most
    score = 0.9 * max(word_overlap(draft.everything, task.title, known=known), like)
    score += 0.7 * named.get(task.id, 0.0) * factor
    if like and likeness.share * len(likeness.said) >= 3:
        score += 0.15
    return score


def _customer_weights(draft: Draft, customer: Resolution) -> Callable[[Task], float]:
    """What each task gains or loses by the customer it is of."""
    ids = {i for i in (customer.id, *customer.options) if i is not None}
    if not ids:
        focus = draft.desk.focus("customer")
        return lambda task: NEAR if focus is not None and task.customer_id == focus else 0.0
    shared = not _names_customer(draft)
    gain, loss = SHARED if shared else GUESSED if customer.verdict is Verdict.UNKNOWN else OWN
    return lambda task: gain if task.customer_id in ids else loss


def _names_customer(draft: Draft) -> bool:
    return "customer" in draft.hints or bool(
        draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.LEAD, Kind.TASK)
    )


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
    "by_post",
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
    "told_apart",
]
