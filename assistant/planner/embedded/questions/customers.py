"""Questions about customers: everything or one fact, who is there, what was bought, who changed what."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.customer_filters import customer_filters
from assistant.planner.embedded.questions.filters import deal_topic, is_unseen, iso_day, topic_in
from assistant.planner.embedded.questions.ordering import asks_who_ordered
from assistant.planner.embedded.questions.words import TOPICS_CUSTOMER
from assistant.planner.embedded.reading.periods import around_a_feast, period_in
from assistant.planner.embedded.resolve import NOTHING, resolve_customer
from assistant.planner.embedded.targets import product_ids, resolve_opportunity
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Look


def customer_360(draft: Draft) -> list[Step]:
    """Everything, or one fact, about a customer."""
    customer = resolve_customer(draft)
    if (
        draft.desk.topic == "opportunity"
        and not draft.mentions
        and (deal := draft.desk.focus("opportunity")) is not None
    ):
        draft.desk.focus_next["user"] = draft.desk.crm.opportunities.require(deal).owner_id
        return [do(draft, "opportunity_detail", {"opportunity": deal, "topic": deal_topic(draft.text)})]
    if not customer.found:
        return ask_which(draft, "customer", customer)
    topic = topic_in(draft.text, TOPICS_CUSTOMER)
    if topic == "owner" or re.search("谁(?:在)?(?:负责|跟|管)", draft.text):
        draft.desk.focus_next["user"] = draft.desk.crm.customers.require(int(customer.id or 0)).owner_id
    asked = [words for _, words in (*TOPICS_CUSTOMER, *_ASPECTS) if re.search(words, draft.text, re.I)]
    whole = len(asked) > 1 or _WHOLE.search(draft.text) is not None
    return [do(draft, "customer_360", {"customer": customer.id, "topic": "all" if whole else topic})]


_ASPECTS = (
    ("contacts", r"联系人|对接人|都有谁|哪些人|contacts?"),
    ("deals", r"商机|单子|在谈|在跟|项目|deals?|opportunit"),
    ("tasks", r"待办|没办|没做|任务|日程|要做|tasks?"),
    ("orders", r"买过|采购记录|订单|orders?"),
)
"""What else of a customer one question may ask for together."""
_WHOLE = re.compile(
    r"全貌|全景|整体|全面|全盘|方方面面|过一遍|捋一[遍捋]|画像|概况|总览|全部情况|所有情况|来龙去脉|360|overview|everything",
    re.I,
)


_WHO_ALL = re.compile("谁|哪[些几]家|哪家|哪[些几]个?客户|客户(?:有|都)|which|who")


def purchase_history(draft: Draft) -> list[Step]:
    """What a customer bought, or who bought a product."""
    products = product_ids(draft)
    nobody = not draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    if nobody and not products and asks_who_ordered(draft):
        return find_customers(draft)
    spoken_of = draft.desk.focus("customer") if draft.desk.topic == "order" else None
    if spoken_of is not None and not draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7):
        draft.hints = {"customer": spoken_of, **draft.hints}
    customer = resolve_customer(draft, focus=not products)
    if products and _WHO_ALL.search(draft.text) and not draft.mentions_of(NameKind.CUSTOMER, least=0.8):
        customer = NOTHING
    if is_unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    period = around_a_feast(draft, period_in(draft, Look.BACK))
    args: dict[str, object] = {
        "customer": customer.id,
        "product": products[0] if products else None,
        "begin": iso_day(period.first_day),
        "end": iso_day(period.last_day),
    }
    return [do(draft, "purchase_history", args)]


def find_customers(draft: Draft) -> list[Step]:
    """Customers by what describes them, by silence or orders; who bought a product is told by its orders."""
    filters = customer_filters(draft)
    bought = filters.get("ordered_to") is not None and filters.get("not_ordered_from") is None
    if bought and product_ids(draft):
        return purchase_history(draft)
    return [do(draft, "find_customers", filters)]


def change_history(draft: Draft) -> list[Step]:
    """Who changed what."""
    deal = resolve_opportunity(draft, closed=True) if draft.mentions_of(NameKind.OPPORTUNITY, least=0.7) else NOTHING
    if deal.found:
        return [do(draft, "change_history", {"record_type": "opportunity", "record_id": deal.id})]
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    return [do(draft, "change_history", {"record_type": "customer", "record_id": customer.id})]
