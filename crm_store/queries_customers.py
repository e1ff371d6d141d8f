"""Customers by what people ask for, when each was last in touch, and what it has bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union_all

from crm_store.queries_records import json_holds, like
from crm_store.records import LOST, WON, Customer, Interaction
from crm_store.schema import Instant, interactions, notes, opportunities, orders, stages
from crm_store.scope import visible
from crm_store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerFilter:
    """Which customers. `text` is looked for in all that describes one; `quiet_since`: no contact since then.

    `ordered_from` and `ordered_to`: with an order of these days; `not_ordered_from` and `not_ordered_to`: with none.
    """

    text: str | None = None
    industry: str | None = None
    region: str | None = None
    level: str | None = None
    tag: str | None = None
    owner: int | None = None
    quiet_since: datetime | None = None
    has_open_opportunity: bool | None = None
    ordered_from: date | None = None
    ordered_to: date | None = None
    not_ordered_from: date | None = None
    not_ordered_to: date | None = None


def find_customers_where(uow: UnitOfWork, wanted: CustomerFilter, *, limit: int | None = None) -> list[Customer]:
    """Customers that meet all conditions, by level and name."""
    c = uow.customers.c
    return uow.customers.find(*_conditions(uow, wanted), order=(c.level.is_(None), c.level, c.id), limit=limit)


def count_customers(uow: UnitOfWork, wanted: CustomerFilter) -> int:
    """How many customers meet all conditions."""
    return uow.customers.count(*_conditions(uow, wanted))


def last_contacts(uow: UnitOfWork, customer_ids: list[int]) -> dict[int, datetime]:
    """When each customer was last in touch (note or interaction, not of the future); absent where never."""
    both = union_all(
        *(
            select(table.c.customer_id, table.c.occurred_at).where(
                table.c.customer_id.in_(customer_ids), table.c.occurred_at <= uow.now, visible(kind, uow.principal)
            )
            for kind, table in (("note", notes), ("interaction", interactions))
        )
    ).subquery()
    newest = func.max(both.c.occurred_at, type_=Instant())
    query = select(both.c.customer_id, newest).group_by(both.c.customer_id)
    return {int(i): at for i, at in uow.rows(query)}


def purchase_totals(uow: UnitOfWork, customer_id: int) -> tuple[int, Decimal]:
    """How many orders a customer has placed, and their sum in yuan."""
    total = func.coalesce(func.sum(orders.c.amount), 0, type_=orders.c.amount.type)
    query = select(func.count(), total).where(orders.c.customer_id == customer_id, visible("order", uow.principal))
    ((count, amount),) = uow.rows(query)
    return int(count), Decimal(amount)


def newest_interaction(uow: UnitOfWork, customer_id: int) -> Interaction | None:
    """The newest logged interaction with a customer."""
    c = uow.interactions.c
    found = uow.interactions.find(c.customer_id == customer_id, order=(c.occurred_at.desc(), c.id.desc()), limit=1)
    return found[0] if found else None


def _conditions(uow: UnitOfWork, wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    c = uow.customers.c
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        texts = [like(column, wanted.text) for column in (c.name, c.industry, c.region, c.address, c.phone)]
        found.append(or_(*texts, json_holds(c.aliases, wanted.text), json_holds(c.tags, wanted.text)))
    for column, word in ((c.industry, wanted.industry), (c.region, wanted.region)):
        if word:
            found.append(or_(like(column, word), column.in_(_loosely(uow, column, word))))
    if wanted.level:
        found.append(c.level == wanted.level)
    if wanted.tag:
        found.append(json_holds(c.tags, wanted.tag))
    if wanted.owner is not None:
        found.append(c.owner_id == wanted.owner)
    if wanted.quiet_since is not None:
        found += [c.id.not_in(_in_touch(table, wanted.quiet_since)) for table in (notes, interactions)]
    if wanted.has_open_opportunity is not None:
        members = _with_open_opportunity()
        found.append(c.id.in_(members) if wanted.has_open_opportunity else c.id.not_in(members))
    if wanted.ordered_from is not None or wanted.ordered_to is not None:
        found.append(c.id.in_(_ordered(wanted.ordered_from, wanted.ordered_to)))
    if wanted.not_ordered_from is not None:
        found.append(c.id.not_in(_ordered(wanted.not_ordered_from, wanted.not_ordered_to)))
    return found


def _ordered(first: date | None, last: date | None) -> Any:
    day = orders.c.ordered_on
    bounds = [day >= first] if first is not None else []
    bounds += [day <= last] if last is not None else []
    return select(orders.c.customer_id).where(*bounds, orders.c.deleted_at.is_(None))


def _loosely(uow: UnitOfWork, column: Any, word: str) -> list[str]:
    """The values in use that `word` contains (江苏省 holds 江苏)."""
    values = uow.rows(select(column).where(visible("customer", uow.principal)).distinct())
    return [value for (value,) in values if value and value in word]


def _in_touch(table: Any, since: datetime) -> Any:
    return select(table.c.customer_id).where(table.c.occurred_at >= since, table.c.deleted_at.is_(None))


def _with_open_opportunity() -> Any:
    closed = select(stages.c.id).where(stages.c.key.in_((WON, LOST)))
    table = opportunities
    return select(table.c.customer_id).where(table.c.stage_id.not_in(closed), table.c.deleted_at.is_(None))
