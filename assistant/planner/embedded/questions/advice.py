"""Questions to the documents, advice on a customer or deal, what to work on first."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.deals import list_opportunities
from assistant.planner.embedded.questions.filters import limit_in, stages_in
from assistant.planner.embedded.questions.minutes import told_before
from assistant.planner.embedded.questions.searching import advice_args, search_args
from assistant.planner.embedded.questions.tasks import list_tasks
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import product_ids, resolve_user
from intents import patterns as re
from intents.names import Kind as NameKind

_WHEN = re.compile(r"几时|什么时候|啥时候|几点|几号|哪天|到期|截止|when|due", re.I)
_HOW_MANY = re.compile(r"几[个单张笔家]|哪[些几]|都?有谁|多大|how many|which", re.I)


def search_collateral(draft: Draft) -> list[Step]:
    """Knowledge questions; what a customer's people said stands in the minutes."""
    if _WHEN.search(draft.text) and any(
        m.candidates[0].nameable.kind is NameKind.TASK for m in draft.mentions_of(NameKind.TASK, least=0.85)
    ):
        return list_tasks(draft)
    if (told := told_before(draft)) is not None:
        return [do(draft, "list_notes", told)]
    if stages_in(draft) and _HOW_MANY.search(draft.text) and not product_ids(draft):
        return list_opportunities(draft)
    return [do(draft, "search_collateral", search_args(draft))]


def recommend(draft: Draft) -> list[Step]:
    """Advice on a customer or a deal; where none is named, what the documents say."""
    customer = resolve_customer(draft)
    if customer.verdict in (Verdict.ASK, Verdict.UNKNOWN):
        return ask_which(draft, "customer", customer)
    args = advice_args(draft)
    return [do(draft, "recommend", args)] if args else search_collateral(draft)


def next_actions(draft: Draft) -> list[Step]:
    """Which open deals to work on first."""
    limit = limit_in(draft)
    args: dict[str, object] = {"owner": resolve_user(draft), "limit": min(limit, 10) if limit else None}
    return [do(draft, "next_actions", args)]
