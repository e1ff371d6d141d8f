"""Figures of the pipeline, of orders and of people, counted and summed by the database within the principal's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String, func, literal_column, select
from sqlalchemy import cast as cast_to

from crm_store.queries_records import OpportunityFilter, opportunity_conditions
from crm_store.records import DONE, OPEN
from crm_store.schema import customers, notes, opportunities, tasks
from crm_store.scope import visible
from crm_store.unit_of_work import UnitOfWork

# Written out, since PostgreSQL takes two expressions with parameters of their own for different ones in GROUP BY.
_FIRST: Any = literal_column("1")
_LENGTH: Any = literal_column("7")


@dataclass(frozen=True, kw_only=True, slots=True)
class DealFigure:
    """Count and amount (yuan) of the opportunities of one group in one stage; `key` is an id, a text or a month."""

    key: int | str | None
    stage_id: int
    count: int
    priced: int
    amount: Decimal


def deal_figures(uow: UnitOfWork, wanted: OpportunityFilter, group_by: str) -> list[DealFigure]:
    """Opportunities by group and stage.

    `group_by`: 'none', 'stage', 'owner', 'customer', 'product' (an opportunity counts once for each), 'month' (closed,
    else expected to close, 'YYYY-MM'), 'industry' or 'region' of the customer.
    """
    conditions = opportunity_conditions(uow, wanted)
    if group_by == "product":
        return _by_product(uow, conditions)
    key = _key(group_by)
    table = opportunities
    total = func.coalesce(func.sum(table.c.amount), 0, type_=table.c.amount.type)
    source = table.join(customers, customers.c.id == table.c.customer_id)
    query = (
        select(key, table.c.stage_id, func.count(), func.count(table.c.amount), total)
        .select_from(source)
        .where(visible("opportunity", uow.principal), *conditions)
        .group_by(key, table.c.stage_id)
    )
    return [
        DealFigure(key=k, stage_id=stage, count=count, priced=priced, amount=Decimal(amount or 0))
        for k, stage, count, priced, amount in uow.rows(query)
    ]


def _key(group_by: str) -> Any:
    table = opportunities
    if group_by == "month":
        return func.substr(
            cast_to(func.coalesce(table.c.closed_on, table.c.expected_close_date), String), _FIRST, _LENGTH
        )
    columns = {
        "none": table.c.stage_id,
        "stage": table.c.stage_id,
        "owner": table.c.owner_id,
        "customer": table.c.customer_id,
        "industry": customers.c.industry,
        "region": customers.c.region,
    }
    return columns[group_by]


def _by_product(uow: UnitOfWork, conditions: list[Any]) -> list[DealFigure]:
    table = opportunities
    query = select(table.c.product_ids, table.c.stage_id, table.c.amount)
    query = query.where(visible("opportunity", uow.principal), *conditions)
    return [
        DealFigure(key=key, stage_id=stage, count=1, priced=int(amount is not None), amount=Decimal(amount or 0))
        for products, stage, amount in uow.rows(query)
        for key in (products or (None,))
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkFigure:
    """What one person did and has to do: notes written, tasks done, tasks past their due time."""

    user_id: int
    notes: int
    done: int
    overdue: int


def work_figures(
    uow: UnitOfWork, owners: Sequence[int], begin: datetime | None, end: datetime | None
) -> list[WorkFigure]:
    """Notes and done tasks in [begin, end), and what is overdue now, by person."""
    note_rule = _within(notes.c.occurred_at, begin, end)
    done_at = func.coalesce(tasks.c.completed_at, tasks.c.due_at, type_=tasks.c.due_at.type)
    was_done = [tasks.c.status == DONE, *_within(done_at, begin, end)]
    is_late = [tasks.c.status == OPEN, tasks.c.due_at < uow.now]
    written = _counts(uow, "note", notes, notes.c.author_id, owners, note_rule)
    done = _counts(uow, "task", tasks, tasks.c.assignee_id, owners, was_done)
    late = _counts(uow, "task", tasks, tasks.c.assignee_id, owners, is_late)
    return [
        WorkFigure(user_id=one, notes=written.get(one, 0), done=done.get(one, 0), overdue=late.get(one, 0))
        for one in owners
    ]


def _within(column: Any, begin: datetime | None, end: datetime | None) -> list[Any]:
    found = [] if begin is None else [column >= begin]
    return found if end is None else [*found, column < end]


def _counts(
    uow: UnitOfWork, kind: str, table: Any, person: Any, owners: Sequence[int], conditions: list[Any]
) -> dict[int, int]:
    query = select(person, func.count()).select_from(table)
    query = query.where(visible(kind, uow.principal), person.in_(owners), *conditions).group_by(person)
    return {int(user): int(count) for user, count in uow.rows(query)}
