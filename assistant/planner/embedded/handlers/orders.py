"""Purchases, and contacts with a customer that are no minutes."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.notes import record_note
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import resolve_product
from intents import patterns as re


def record_order(draft: Draft) -> list[Step]:
    """A purchase to enter."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    product = resolve_product(draft)
    if product is None:
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("product", draft.say("买的是哪个产品?", "Which product was bought?"))]
    amounts = [a for a in draft.amounts if a.unit]
    args: dict[str, object] = {
        "customer": customer.id,
        "product": product,
        "quantity": str(draft.quantities[0].value) if draft.quantities else "1",
        "amount": str(amounts[-1].value) if amounts else None,
    }
    return [do(draft, "record_order", args, hold=customer.verdict is Verdict.HOLD)]


def log_interaction(draft: Draft) -> list[Step]:
    """A contact with a customer without minutes; a visit or meeting is worth a minute."""
    if re.search(r"拜访|走访|沟通|会谈|会议|纪要|visit|meeting", draft.text):
        draft.intent = "record_note"
        return record_note(draft)
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    kinds = (("call", "电话|通话|打给|call"), ("visit", "拜访|来访|上门|visit"), ("email", "邮件|email|mail"))
    kind = next((kind for kind, words in kinds if re.search(words, draft.text, re.I)), "message")
    return [do(draft, "log_interaction", {"customer": customer.id, "kind": kind, "summary": draft.words})]
