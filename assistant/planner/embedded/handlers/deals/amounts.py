"""What a deal is to be worth: plain, by a step, by a factor, by the list price."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from assistant.messages import Step
from assistant.planner.embedded.common import spoken_money
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.targets import product_ids
from crm_store.records import Opportunity
from intents import patterns as re
from intents.numbers import Amount, AmountOp

_LIST_PRICE = re.compile(r"目录价|挂牌价?|牌价|标价|标准价|列表价|原价|list price")
TEN_TIMES = Decimal(8)
"""A value at least this many times the record's, or this fraction of it, is asked about (FORMAT.md: ten times off)."""


def amount_fields(draft: Draft, deal: Opportunity) -> tuple[dict[str, object], list[Step]]:
    """The amount arguments; relative ones are computed against the record, absurd ones asked about."""
    amounts = [a for a in draft.amounts if a.unit in ("", "CNY") or a.op is not AmountOp.SET]
    amounts = [a for a in amounts if not a.per_unit and (a.unit or a.op is not AmountOp.SET)]
    if not amounts:
        return _repriced(draft, deal), []
    amount = _preferred(amounts)
    if amount.op in (AmountOp.ADD, AmountOp.SUBTRACT) and amount.unit and _MISSAID.search(draft.text):
        return _plain_amount(draft, deal, dataclasses.replace(amount, op=AmountOp.SET))
    if amount.op is AmountOp.ADD:
        return {"amount_add": str(amount.value)}, []
    if amount.op is AmountOp.SUBTRACT:
        return {"amount_add": str(-amount.value)}, []
    if amount.op is AmountOp.PERCENT_CHANGE:
        return {"amount_factor": str(1 + amount.value)}, []
    if amount.op is AmountOp.FACTOR:
        return _discounted(draft, deal, amount.value), []
    if amount.op is AmountOp.PERCENT:
        return {}, []
    return _plain_amount(draft, deal, amount)


_MISSAID = re.compile(
    r"(?:说|报|写|记|填|算|定|给|开|打)(?:得|的)?(?:高|低|多|少|大|小)了?[，,。\s]*(?:应该?|其实|该)?(?:是|为)?(?=[\d一二两三四五六七八九十])"
)
"""「说高了,六十九万」: the figure behind is the right one, not by how much it was off."""


def _repriced(draft: Draft, deal: Opportunity) -> dict[str, object]:
    """An amount without a figure: list price times quantity, or the price worked out just before."""
    if _LIST_PRICE.search(draft.everything) and draft.intent == "update_opportunity":
        return {k: v for k, v in _discounted(draft, deal, Decimal(1)).items() if k == "amount"}
    said = draft.desk.state.get("said")
    if said and "amount" in said and re.search(r"(?:按|用|照)这个(?:价|数|金额)|this price", draft.text):
        return {"amount": str(said["amount"])}
    return {}


def _preferred(amounts: list[Amount]) -> Amount:
    """Of several amounts the one that something is set to: said last, unless only one is a change."""
    changes = [a for a in amounts if a.op is not AmountOp.SET]
    plain = [a for a in amounts if a.op is AmountOp.SET]
    return plain[-1] if plain else changes[-1]


def _discounted(draft: Draft, deal: Opportunity, factor: Decimal) -> dict[str, object]:
    if not _LIST_PRICE.search(draft.everything):
        return {"amount_factor": str(factor)}
    ids = product_ids(draft) or list(deal.product_ids)
    prices = [p.list_price for p in draft.desk.crm.products.many(ids).values() if p.list_price is not None]
    quantity = draft.quantities[0].value if draft.quantities else Decimal(1)
    total = sum(prices, Decimal(0)) * quantity
    return {"amount": str(total * factor)} if total else {"amount_factor": str(factor)}


def _plain_amount(draft: Draft, deal: Opportunity, amount: Amount) -> tuple[dict[str, object], list[Step]]:
    value = _sensible(amount, deal.amount)
    if (
        deal.amount
        and value
        and not draft.hints.get("amount_sure")
        and not 1 / TEN_TIMES < value / deal.amount < TEN_TIMES
    ):
        zh = (
            f"「{deal.name}」现在是 {spoken_money(deal.amount)},您说的是 {spoken_money(value)} 吗?请再说一遍金额,"
            f"或回复「是」。"
        )
        en = f"“{deal.name}” now stands at {spoken_money(deal.amount)}. Do you really mean {spoken_money(value)}?"
        draft.hints = {**draft.hints, "opportunity": deal.id}
        return {}, [draft.ask("amount_sure", draft.say(zh, en))]
    return {"amount": str(value)}, []


def _sensible(amount: Amount, known: Decimal | None) -> Decimal:
    """Of an elliptic amount's readings (一百二) the one nearest to the record."""
    if not known or not amount.alternatives or amount.scale_said:
        return amount.value
    return min((amount.value, *amount.alternatives), key=lambda v: abs(v - known) / max(v, known) if v else Decimal(9))


def absolute_amount(deal: Opportunity, fields: dict[str, object]) -> str | None:
    """The amount that relative fields come to."""
    if "amount" in fields:
        return str(fields["amount"])
    known = deal.amount or Decimal(0)
    if "amount_add" in fields:
        return str(known + Decimal(str(fields["amount_add"])))
    return str(known * Decimal(str(fields["amount_factor"]))) if "amount_factor" in fields else None


def from_list_price(draft: Draft) -> str | None:
    """List price × quantity, only where the command says 「按目录价」."""
    if not _LIST_PRICE.search(draft.text):
        return None
    prices = [p.list_price for p in draft.desk.crm.products.many(product_ids(draft)).values() if p.list_price]
    quantity = draft.quantities[0].value if draft.quantities else Decimal(1)
    factor = next((a.value for a in draft.amounts if a.op is AmountOp.FACTOR), Decimal(1))
    return str(sum(prices, Decimal(0)) * quantity * factor) if prices else None
