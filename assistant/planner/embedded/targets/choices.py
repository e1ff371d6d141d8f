"""Choosing among candidates: by score, by place or size in the list shown; and the options that are asked with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.messages import Option
from assistant.planner.embedded.distinguishing import singled_out
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import shown
from assistant.planner.embedded.reading.round_sums import rough_sum
from assistant.planner.embedded.resolve import (
    MARGIN,
    MENTIONED,
    OPTIONS,
    SURE,
    Resolution,
    Verdict,
)
from crm_store.records import Opportunity
from intents import patterns as re
from intents.names import Kind
from intents.numbers import parse_number

NEAR = 0.15
"""What the conversation adds to a record: it was shown before, or is of the customer spoken of."""
Scored = list[tuple[int, float]]


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


def words_of(draft: Draft, kind: Kind) -> str:
    mentions = draft.mentions_of(kind)
    return mentions[0].text if mentions else ""


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


def customer_words(draft: Draft, customer_id: int) -> str:
    customer = draft.desk.crm.customers.get(customer_id)
    return "" if customer is None else "".join((customer.name, *customer.aliases))


def word_overlap(text: str, title: str, *, known: str = "") -> float:
    """Share of the title's character pairs (those of `known`, the customer's names, left out) that the text has."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)} - {known[i : i + 2] for i in range(len(known) - 1)}
    return sum(1 for pair in pairs if pair in text) / len(pairs) if pairs else 0.0


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
