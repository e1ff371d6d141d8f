"""What the search in the documents is told: words, customer, deal, product."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.hearing import as_documented
from assistant.planner.embedded.questions.knowledge import (
    SUPPOSED,
    asked_before,
    names_said,
    rival_meant,
    tells_a_case,
)
from assistant.planner.embedded.resolve import SURE, Verdict, resolve_customer
from assistant.planner.embedded.targets import product_ids, resolve_opportunity
from crm_store.collateral.answering import Situation, answer
from crm_store.collateral.cleaning import folded
from crm_store.collateral.counsel import counsel_in
from crm_store.collateral.inquiry import support
from crm_store.collateral.rivals import rival_in
from crm_store.collateral.shelf import collateral_of
from crm_store.collateral.styles import style_of
from intents import patterns as re
from intents.names import Kind

WELL_NAMED = 0.9
"""Score of a product's name from which the search is limited to it; below, the search judges by itself."""


def search_args(draft: Draft) -> dict[str, object]:
    """Arguments of the search: the words, and the customer, deal and product of the message or of the conversation."""
    customer, deal = _customer(draft), None
    if draft.mentions_of(Kind.OPPORTUNITY, least=SURE):
        found = resolve_opportunity(draft, closed=True)
        deal = found.id if found.verdict is Verdict.SURE else None
    if deal is None and (focus := draft.desk.focus("opportunity")) is not None:
        record = draft.desk.crm.opportunities.require(focus)
        deal = focus if record.customer_id == customer else None
    is_case = style_of(folded(draft.text)).name == "case" or tells_a_case(draft.desk)
    draft.desk.said_next = {"case": is_case, **(draft.desk.said_next or {})}
    query = draft.words
    if (supposed := SUPPOSED.match(draft.desk.text)) and (before := str(asked_before(draft.desk).get("query") or "")):
        query = f"{supposed[1]}，{_less_names(draft.desk, before)}"
    elif rival := rival_meant(draft.desk):
        query = f"{rival}，{query}"
    elif counsel_in(folded(query)) is not None:
        query = _less_names(draft.desk, query)
    elif told := _same_of_a_rival(draft.desk):
        return {"query": told, "customer": customer, "opportunity": deal, "product": None}
    query = as_documented(query, collateral_of(draft.desk.crm.documents), names_said(draft.desk))
    return {"query": query, "customer": customer, "opportunity": deal, "product": _product(draft)}


_AND_THAT = re.compile(r"^(?:那么?|再看看?|换成?)?(.{2,10}?)(?:的|那边)?(?:呢|怎么样)[？?]?$")


def _same_of_a_rival(desk: Desk) -> str:
    """「某某那个型号呢」: what was asked last, of a rival; '' where it is nothing such."""
    before, found = str(asked_before(desk).get("query") or ""), _AND_THAT.match(desk.text)
    rival = rival_in(collateral_of(desk.crm.documents).sections, desk.text) if before and found else ""
    return f"{rival}{re.sub(r'^(?:那么?)?(?:它|他们?|这个|那个)?的?', '', before)}" if rival else ""


def _less_names(desk: Desk, query: str) -> str:
    """An earlier question without the names of those it was asked for."""
    for mention in desk.read(query).mentions:
        if mention.candidates and mention.candidates[0].score >= SURE:
            people = mention.candidates[0].nameable.kind in (Kind.CUSTOMER, Kind.CONTACT)
            query = query.replace(mention.text, "") if people else query
    return query


_ASPECTS = (
    ("script", r"话术|说法|说什么|聊什么|怎么开口|怎么(?:说|回|接|讲)|talking|script|what (?:do|should) i say"),
    (
        "solution",
        r"产品|方案|配什么|搭配|推什么|卖点什么|加购|交叉销售|采购记录|再推|还能(?:卖|推)|solution|product|upsell|cross",
    ),
    ("strategy", r"策略|打法|下一步|推进|怎么(?:推|跟|攻|打|走|拿)|拿下|办法|动起来|strategy|next|forward"),
)


def advice_args(draft: Draft) -> dict[str, object]:
    """Arguments of advice: which customer and deal, what is wanted; {} where the message names nobody."""
    found = search_args(draft)
    wanted = [name for name, words in _ASPECTS if re.search(words, draft.text, re.I)]
    if found["customer"] is None and found["opportunity"] is None:
        return {}
    aspect = wanted[0] if len(wanted) == 1 else "all"
    return {key: found[key] for key in ("customer", "opportunity", "query")} | {"aspect": aspect}


def _customer(draft: Draft) -> int | None:
    named = draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, least=SURE)
    found = resolve_customer(draft, focus=False) if named else None
    if found is not None and found.verdict is Verdict.SURE:
        return found.id
    return draft.desk.focus("customer")


def _product(draft: Draft) -> int | None:
    """The one product that the question names; one that names none may go on about the product of the last."""
    if draft.mentions_of(Kind.PRODUCT, least=WELL_NAMED):
        named = product_ids(draft)
        return named[0] if len(named) == 1 else None
    before = asked_before(draft.desk).get("product")
    return before if isinstance(before, int) and _says_more_of(draft, before) else None


def _says_more_of(draft: Draft, product: int) -> bool:
    """Whether what is asked stands in the product's own documents, as well as it does anywhere."""
    index = collateral_of(draft.desk.crm.documents)
    products = {each.id: each.name for each in draft.desk.crm.products.find()}
    if product not in products:
        return False
    anything = Situation(ignored=names_said(draft.desk), products=tuple(products.values()))
    own = Situation(ignored=anything.ignored, products=anything.products, about_products=(products[product],))
    best, mine = (sum(support(answer(index, draft.text, each))) for each in (anything, own))
    return mine > 0 and mine >= best
