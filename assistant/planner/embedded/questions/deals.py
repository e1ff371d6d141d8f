"""Questions about several deals: lists, sums, figures, performance."""

from __future__ import annotations

from datetime import timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.filters import (
    amount_bounds,
    is_unseen,
    iso_day,
    limit_in,
    order_in,
    owners_in,
    stages_in,
    status_in,
    topic_in,
)
from assistant.planner.embedded.questions.words import GROUPS, MEASURES
from assistant.planner.embedded.reading.periods import Period, period_in
from assistant.planner.embedded.resolve import NOTHING, resolve_customer
from assistant.planner.embedded.targets import product_by_word, product_ids
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Look

_SUMMED = re.compile(r"加起来|加一起|合起来|一共|总共|合计|共计|总额|总数|总和|拢共|in total|altogether|\bsum\b"
    r"|total", re.I)
"""Where the sum is asked for as well as the largest, all are listed, the largest first."""


def list_opportunities(draft: Draft) -> list[Step]:
    """Deals by customer, stage, product, owner, size and date, with their sum."""
    if topic_in(draft.text, GROUPS, "none") == "owner" and len(owners_in(draft)) != 1:
        return pipeline_figures(draft)
    if topic_in(draft.text, MEASURES, "amount") == "win_rate":
        return pipeline_figures(draft)
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    points_back = re.search(r"他们|它|那边|这家|该客户|their|them", draft.text)
    customer = resolve_customer(draft, focus=bool(points_back)) if named or points_back else NOTHING
    if is_unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    status = "open" if stages_in(draft) else status_in(draft.text)
    if status == "open" and customer.id is not None and _OF_ALL_TIME.search(draft.text) and not draft.times:
        status = "all"
    period = period_in(draft, Look.AHEAD if status == "open" else Look.BACK)
    closed = status in ("won", "lost")
    bounds = amount_bounds(draft)
    owners = owners_in(draft)
    products = product_ids(draft) or ([] if named else product_by_word(draft))
    args: dict[str, object] = {
        "customer": customer.id,
        "product": products[0] if products else None,
        "owner": owners[0] if owners else None,
        "stages": stages_in(draft) or None,
        "status": status,
        "closed_from" if closed else "closing_from": iso_day(period.first_day),
        "closed_to" if closed else "closing_to": iso_day(period.last_day),
        "amount_min": bounds[0],
        "amount_max": bounds[1],
        "order": order_in(draft.text),
        "limit": None if _SUMMED.search(draft.text) else limit_in(draft),
    }
    return [do(draft, "list_opportunities", _within_the_last(draft, args))]


_OF_ALL_TIME = re.compile(r"名下(?!.*(?:在谈|在跟|在手|没签|未))|有过|做过|开过|一共有过|历来|从头到尾")
"""A customer's deals whatever has become of them."""
_WITHIN = re.compile(r"其中|里面|里头|当中|这里边|这[些几两三](?:个|单|张|笔)?(?:里|中)|of (?:those|these)", re.I)


def _within_the_last(draft: Draft, args: dict[str, object]) -> dict[str, object]:
    """「其中最大的」: the filters of the list asked for last hold on, and the new ones narrow it."""
    last = draft.desk.state.get("asked")
    if not last or last["tool"] != "list_opportunities" or not _WITHIN.search(draft.text):
        return args
    said = {name: value for name, value in args.items() if value is not None and name != "status"}
    return {**{k: v for k, v in last["args"].items() if k not in ("limit", "order")}, **said}


def pipeline_figures(draft: Draft) -> list[Step]:
    """Sums and counts over the pipeline."""
    status, period = "open" if stages_in(draft) else status_in(draft.text), period_in(draft, Look.NEUTRAL)
    closed = status in ("won", "lost", "closed")
    owners, measure = owners_in(draft), topic_in(draft.text, MEASURES, "amount")
    customer = resolve_customer(draft, focus=False) if draft.mentions_of(NameKind.CUSTOMER, least=0.75) else NOTHING
    products = product_ids(draft)
    group = topic_in(draft.text, GROUPS, "owner" if len(owners) > 1 else "none")
    funnel = bool(re.search(r"漏斗|funnel", draft.text))
    if group == "none" and measure in ("amount", "count") and not funnel and len(owners) < 2:
        return list_opportunities(draft)
    args: dict[str, object] = {
        "measure": measure,
        "group_by": "stage" if funnel else group,
        "status": "closed" if measure == "win_rate" else status,
        "owners": owners or None,
        "customer": customer.id,
        "product": products[0] if products else None,
        "stages": stages_in(draft) or None,
        "closed_from" if closed or measure == "win_rate" else "closing_from": iso_day(period.first_day),
        "closed_to" if closed or measure == "win_rate" else "closing_to": iso_day(period.last_day),
        "funnel": funnel or None,
    }
    return [do(draft, "pipeline_figures", args)]


_WHICH_DEALS = re.compile(
    r"哪(?:一|几|些|两|三)?(?:个|张|笔|单)(?:单子?|商机|项目)?|哪些(?:单|商机|项目)|"
    r"(?:都|分别|各)?(?:是|来自)(?:谁家|哪[几些]?家|哪些(?:客户|公司|厂家))|which deals?|what deals?", re.I
)


_TO_COME = re.compile(
    "(?:要|该|能|会|可以|准备|计划|打算|应该|预计|有望|可能|还能|大概)(?:签|成交|成单|关单?|拿下|落单)(?!了)"
)


def performance(draft: Draft) -> list[Step]:
    """How somebody, or the team, is doing; which deals were won or lost is a list of them."""
    if _WHICH_DEALS.search(draft.text) and status_in(draft.text) in ("won", "lost"):
        return list_opportunities(draft)
    if _TO_COME.search(draft.text):
        return list_opportunities(draft)
    if topic_in(draft.text, MEASURES, "amount") == "win_rate":
        return pipeline_figures(draft)
    period = period_in(draft, Look.BACK)
    if period.is_open:
        period = _this_month(draft)
    args: dict[str, object] = {
        "owners": owners_in(draft) or None,
        "begin": iso_day(period.first_day),
        "end": iso_day(period.last_day),
    }
    return [do(draft, "performance", args)]


def _this_month(draft: Draft) -> Period:
    begin = draft.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Period(begin=begin, end=(begin + timedelta(days=32)).replace(day=1))
