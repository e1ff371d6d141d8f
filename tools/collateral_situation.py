"""Who asks the documents about what: the customer's trade, the deal's stage, and the names that no document repeats."""

from __future__ import annotations

from collections.abc import Iterable

from crm_store.collateral.answering import Situation
from crm_store.collateral.passages import Filter
from crm_store.records import Customer, Opportunity, Stage
from crm_store.unit_of_work import UnitOfWork


def deal_of(crm: UnitOfWork, customer: int | None, opportunity: int | None) -> Opportunity | None:
    """The deal that is asked about: the given one, else the customer's only open one."""
    if opportunity is not None:
        return crm.opportunities.get(opportunity)
    if customer is None:
        return None
    stages = {stage.id: stage for stage in crm.stages.in_order()}
    open_deals = [deal for deal in crm.opportunities.of_customer(customer) if not stages[deal.stage_id].is_closed]
    return open_deals[0] if len(open_deals) == 1 else None


def situation_of(
    crm: UnitOfWork,
    *,
    customer: int | None = None,
    opportunity: int | None = None,
    product: int | None = None,
    kind: str | None = None,
) -> Situation:
    """The situation of a question about a customer, a deal or a product; records that can't be seen are left out."""
    deal = deal_of(crm, customer, opportunity)
    asked_for = crm.customers.get(deal.customer_id if deal is not None else customer or 0)
    products = {each.id: each.name for each in crm.products.find()}
    return Situation(
        ignored=tuple(_names(crm, asked_for, deal)),
        products=tuple(products.values()),
        about_products=(products[product],) if product in products else (),
        deal_products=tuple(products[each] for each in deal.product_ids if each in products) if deal else (),
        industry=(asked_for.industry or "") if asked_for else "",
        stages=_stage_names(crm.stages.get(deal.stage_id) if deal else None),
        kind=kind or "",
        only=Filter(today=crm.now.astimezone(crm.settings.timezone).date().isoformat()),
    )


def _stage_names(stage: Stage | None) -> tuple[str, ...]:
    """Front matter may call a stage by its name or by its key."""
    return (stage.name, stage.key) if stage else ()


def _names(crm: UnitOfWork, customer: Customer | None, deal: Opportunity | None) -> Iterable[str]:
    """What the question may call the customer and its people; no document has to repeat that."""
    if deal is not None:
        yield deal.name
    if customer is not None:
        yield from (customer.name, *customer.aliases)
        yield from (contact.name for contact in crm.contacts.all_of_customer(customer.id))
