"""Questions about one deal, and what it would come to at another price."""

from __future__ import annotations

from decimal import Decimal

from assistant.messages import Say, Step
from assistant.planner.embedded.common import ask_which, do, spoken_money
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.deals.amounts import absolute_amount, amount_fields
from assistant.planner.embedded.questions.deals import list_opportunities
from assistant.planner.embedded.questions.filters import deal_topic, order_in, topic_in
from assistant.planner.embedded.questions.words import TOPICS_DEAL
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import resolve_opportunity
from crm_store.records import Opportunity
from intents import patterns as re
from intents.names import Kind as NameKind

_SUPPOSED = re.compile(
    r"(?:要是|如果|假如|假设|若是?|万一|倘若).{1,24}(?:几折|打几|多少|几个?点|几成|百分之几|划算|划得来|合算|够不够|行不行|亏不亏|赚|毛利|吗[？?]?$|呢[？?]?$)"
    r"|(?:what if|if (?:we|i|it)).*\?",
    re.I,
)


def supposes_a_price(draft: Draft) -> bool:
    """Whether an amount is only supposed, to ask what it would come to (要是降到85万,占目录价几折)."""
    return draft.intent == "update_opportunity" and bool(draft.amounts) and _SUPPOSED.search(draft.text) is not None


_OF_SEVERAL = re.compile(r"expected to close|(?:due|going|set|likely) to close|closing (?:this|next|by|in)"
    r"|what (?:will|should) close", re.I)


def opportunity_detail(draft: Draft) -> list[Step]:
    """One deal, or one fact about it; the largest or soonest of several is a list of one."""
    unnamed = not draft.mentions_of(NameKind.CUSTOMER, NameKind.OPPORTUNITY, NameKind.CONTACT, least=0.7)
    if unnamed and order_in(draft.text) and re.search("单|商机|项目|deal", draft.text):
        return list_opportunities(draft)
    if unnamed and draft.times and _OF_SEVERAL.search(draft.text):
        return list_opportunities(draft)
    if re.search("分别|各自?", draft.text) and (owner := _of_one_customer(draft)) is not None:
        return [do(draft, "list_opportunities", {"customer": owner, "status": "all"})]

    if _EACH_DEAL.search(draft.text) and (several := _deals_of_one(draft)):
        return several
    found = resolve_opportunity(draft, closed=True)
    if found.id is not None and (what_if := _what_if(draft, found.id)):
        return what_if
    if found.verdict is Verdict.ASK and topic_in(draft.text, TOPICS_DEAL) != "lost_reason":
        customer = resolve_customer(draft)
        if customer.found:
            return [do(draft, "list_opportunities", {"customer": customer.id, "status": "all"})]
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    if re.search("谁(?:在)?(?:负责|跟|管)", draft.text):
        draft.desk.focus_next["user"] = draft.desk.crm.opportunities.require(int(found.id or 0)).owner_id
    return [do(draft, "opportunity_detail", {"opportunity": found.id, "topic": deal_topic(draft.text)})]


def _of_one_customer(draft: Draft) -> int | None:
    """The customer of all the deals of the list shown before, where they have but one."""
    if draft.mentions_of(NameKind.CUSTOMER, NameKind.OPPORTUNITY, least=0.7):
        return None
    deals = draft.desk.crm.opportunities.many(draft.desk.listed_before("opportunity")).values()
    owners = {deal.customer_id for deal in deals}
    return owners.pop() if len(deals) > 1 and len(owners) == 1 else None


_EACH_DEAL = re.compile(
    r"(?:[两二三四五]|几)(?:个|张|笔)?(?:单|商机|项目).{0,6}(?:各|分别|都)|(?:各|分别).{0,6}(?:哪|多少|什么|几)"
)


def _deals_of_one(draft: Draft) -> list[Step]:
    """The deals of the customer named or spoken of, asked about together; [] where there are not several."""
    customer = resolve_customer(draft)
    open_ids = {s.id for s in draft.desk.stages if not s.is_closed}
    deals = draft.desk.crm.opportunities.of_customer(customer.id) if customer.id is not None else []
    if len([deal for deal in deals if deal.stage_id in open_ids]) < 2:
        return []
    return [do(draft, "list_opportunities", {"customer": customer.id, "status": "open"})]


_DIFFERENCE = re.compile(
    r"(?:要是|如果|假如|假设|若是?|万一|倘若|按).{1,30}(?:少|多|差|低|高|便宜|贵|亏|让)(?:了|出|掉|出来|收|挣|赚)?(?:多少|几多|几万|几块)"
)


def _set_against(draft: Draft, deal: Opportunity) -> list[Step]:
    """「假如让到八万,比眼下少多少」: the difference from what the deal is at; nothing is written."""
    if not _DIFFERENCE.search(draft.text) or len(draft.amounts) != 1 or deal.amount is None:
        return []
    value = Decimal(draft.amounts[0].value)
    less = deal.amount - value
    draft.desk.focus_next |= {"opportunity": deal.id, "customer": deal.customer_id}
    draft.desk.said_next = {"amount": str(value)}
    compared = draft.say("少" if less > 0 else "多", "less" if less > 0 else "more")
    zh = (
        f"「{deal.name}」现在 {spoken_money(deal.amount)},按 {spoken_money(value)} 算{compared} {abs(less):,.0f} 元。"
        "没有改动;要改请说「就按这个价更新」。"
    )
    return [Say(text=draft.say(zh, f"“{deal.name}” would be CNY {abs(less):,.0f} {compared}; nothing was changed."))]


def _what_if(draft: Draft, deal_id: int) -> list[Step]:
    """What a deal would come to at another price; nothing is written, but 「就按这个价」 may follow."""
    deal = draft.desk.crm.opportunities.require(deal_id)
    fields, problem = amount_fields(draft, deal)
    if problem or not fields or deal.amount is None:
        return []
    if "amount" in fields and "目录价" not in draft.text:
        return _set_against(draft, deal)
    value = Decimal(absolute_amount(deal, fields) or 0)
    draft.desk.focus_next |= {"opportunity": deal.id, "customer": deal.customer_id}
    draft.desk.said_next = {"amount": str(value)}
    zh = (
        f"「{deal.name}」现在 {spoken_money(deal.amount)},这样算是 {spoken_money(value)}({value:,.0f} 元)。"
        f"没有改动;要改请说「就按这个价更新」。"
    )
    return [
        Say(
            text=draft.say(
                zh, f"“{deal.name}” would come to CNY {value:,.0f} instead of {deal.amount:,.0f}; nothing was changed."
            )
        )
    ]
