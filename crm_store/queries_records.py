"""Lists of records by what people ask for: filters over opportunities, tasks, notes, orders and leads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, or_, select
from sqlalchemy import cast as cast_to

from crm_store.records import DONE, LOST, OPEN, WON, Lead, Note, Opportunity, Order, Task
from crm_store.schema import stages
from crm_store.unit_of_work import UnitOfWork

ALL, CLOSED = "all", "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityFilter:
    """Which opportunities; days are included on both ends, None leaves a condition out."""

    status: str = OPEN
    owners: tuple[int, ...] = ()
    customer: int | None = None
    product: int | None = None
    stages: tuple[int, ...] = ()
    closing_from: date | None = None
    closing_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskFilter:
    """Which tasks; due (or completed, for done ones) in [begin, end)."""

    status: str = OPEN
    customer: int | None = None
    opportunity: int | None = None
    lead: int | None = None
    assignees: tuple[int, ...] = ()
    begin: datetime | None = None
    end: datetime | None = None
    priority: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteFilter:
    """Which notes; occurred in [begin, end); with words, those that hold any of them."""

    customer: int | None = None
    opportunity: int | None = None
    author: int | None = None
    begin: datetime | None = None
    end: datetime | None = None
    words: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadFilter:
    """Which leads; `text` is looked for in name, company and phone, `without` is a status that is left out."""

    status: str | None = None
    without: str | None = None
    owner: int | None = None
    unowned: bool = False
    source: str | None = None
    text: str | None = None


def opportunities(
    uow: UnitOfWork, wanted: OpportunityFilter, *, order: str | None = None, limit: int | None = None
) -> list[Opportunity]:
    """Opportunities by close date, or by 'amount' (largest first), 'smallest', 'latest' or 'stage' (furthest first)."""
    c = uow.opportunities.c
    orders: dict[str | None, tuple[Any, ...]] = {
        "amount": (func.coalesce(c.amount, -1).desc(), c.id),
        "smallest": (c.amount.is_(None), c.amount, c.id),
        "latest": (c.expected_close_date.is_(None), c.expected_close_date.desc(), c.id),
        "stage": (_position(c.stage_id).desc(), c.id),
    }
    closing = (c.expected_close_date.is_(None), c.expected_close_date, c.id)
    conditions = opportunity_conditions(uow, wanted)
    return uow.opportunities.find(*conditions, order=orders.get(order, closing), limit=limit)


def opportunity_conditions(uow: UnitOfWork, wanted: OpportunityFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter, for lists and figures alike."""
    c = uow.opportunities.c
    found = [*_status(c, wanted.status), *_between(c.expected_close_date, wanted.closing_from, wanted.closing_to)]
    found += _between(c.closed_on, wanted.closed_from, wanted.closed_to)
    found += _equal((c.customer_id, wanted.customer))
    if wanted.owners:
        found.append(c.owner_id.in_(wanted.owners))
    if wanted.stages:
        found.append(c.stage_id.in_(wanted.stages))
    if wanted.product is not None:
        found.append(_holds_number(c.product_ids, wanted.product))
    if wanted.amount_min is not None:
        found.append(c.amount >= wanted.amount_min)
    if wanted.amount_max is not None:
        found.append(c.amount <= wanted.amount_max)
    return found


def tasks(uow: UnitOfWork, wanted: TaskFilter) -> list[Task]:
    """Tasks by due time, those without one last; done ones by when they were done, newest first."""
    c = uow.tasks.c
    conditions = _equal(
        (c.customer_id, wanted.customer),
        (c.opportunity_id, wanted.opportunity),
        (c.lead_id, wanted.lead),
        (c.priority, wanted.priority),
        (c.status, None if wanted.status == ALL else wanted.status),
    )
    if wanted.assignees:
        conditions.append(c.assignee_id.in_(wanted.assignees))
    when = func.coalesce(c.completed_at, c.due_at) if wanted.status == DONE else c.due_at
    if wanted.begin is not None:
        conditions.append(when >= wanted.begin)
    if wanted.end is not None:
        conditions.append(when < wanted.end)
    order = (when.desc(), c.id) if wanted.status == DONE else (c.due_at.is_(None), c.due_at, c.id)
    return uow.tasks.find(*conditions, order=order)


def notes(uow: UnitOfWork, wanted: NoteFilter, *, limit: int | None = None) -> list[Note]:
    """Notes, newest first; with words, those that hold the most of them come first."""
    c = uow.notes.c
    conditions = _equal(
        (c.customer_id, wanted.customer), (c.opportunity_id, wanted.opportunity), (c.author_id, wanted.author)
    )
    if wanted.begin is not None:
        conditions.append(c.occurred_at >= wanted.begin)
    if wanted.end is not None:
        conditions.append(c.occurred_at < wanted.end)
    if wanted.people:
        conditions.append(or_(*(_note_holds(c, person) for person in wanted.people)))
    newest = (c.occurred_at.desc(), c.id.desc())
    if not wanted.words:
        return uow.notes.find(*conditions, order=newest, limit=limit)
    holds = [_note_holds(c, word) for word in wanted.words]
    matched = sum((case((condition, 1), else_=0) for condition in holds[1:]), case((holds[0], 1), else_=0))
    return uow.notes.find(*conditions, or_(*holds), order=(matched.desc(), *newest), limit=limit)


def orders(
    uow: UnitOfWork,
    *,
    customer: int | None = None,
    product: int | None = None,
    begin: date | None = None,
    end: date | None = None,
) -> list[Order]:
    """Orders, newest first; days are included on both ends."""
    c = uow.orders.c
    conditions = _equal((c.customer_id, customer), (c.product_id, product)) + _between(c.ordered_on, begin, end)
    return uow.orders.find(*conditions, order=(c.ordered_on.desc(), c.id.desc()))


def leads(uow: UnitOfWork, wanted: LeadFilter, *, limit: int | None = None) -> list[Lead]:
    """Leads, newest first."""
    c = uow.leads.c
    conditions = _equal((c.status, wanted.status), (c.owner_id, wanted.owner))
    if wanted.without:
        conditions.append(c.status != wanted.without)
    if wanted.unowned:
        conditions.append(c.owner_id.is_(None))
    if wanted.source:
        conditions.append(like(c.source, wanted.source))
    if wanted.text:
        conditions.append(or_(like(c.name, wanted.text), like(c.company, wanted.text), like(c.phone, wanted.text)))
    return uow.leads.find(*conditions, order=(c.id.desc(),), limit=limit)


def same_leads(uow: UnitOfWork, *, name: str, company: str | None, phone: str | None) -> list[Lead]:
    """Visible leads that are probably the same: equal phone, or equal name and company."""
    c = uow.leads.c
    same = and_(c.name == name, c.company == company) if company else and_(c.name == name, c.company.is_(None))
    return uow.leads.find(or_(same, c.phone == phone) if phone else same, limit=5)


def like(column: Any, text: str) -> ColumnElement[bool]:
    """The condition that a column contains `text`."""
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    found: ColumnElement[bool] = column.like(f"%{escaped}%", escape="!")
    return found


def json_holds(column: Any, text: str) -> ColumnElement[bool]:
    """The condition that the JSON of a column contains `text`, however the writer escaped it."""
    plain = cast_to(column, String)
    escaped = json.dumps(text)[1:-1]
    return like(plain, text) if escaped == text else or_(like(plain, text), like(plain, escaped))


def _status(c: Any, status: str) -> list[ColumnElement[bool]]:
    if status == ALL:
        return []
    keys = (WON, LOST) if status in (OPEN, CLOSED) else (status,)
    members = select(stages.c.id).where(stages.c.key.in_(keys))
    return [c.stage_id.not_in(members) if status == OPEN else c.stage_id.in_(members)]


def _position(stage_id: Any) -> Any:
    return select(stages.c.position).where(stages.c.id == stage_id).scalar_subquery()


def _between(column: Any, begin: date | None, end: date | None) -> list[ColumnElement[bool]]:
    found = [] if begin is None else [column >= begin]
    return found if end is None else [*found, column <= end]


def _equal(*pairs: tuple[Any, Any]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in pairs if value is not None]


def _holds_number(column: Any, number: int) -> ColumnElement[bool]:
    """A JSON list of numbers holds one; the separators are those that json.dumps and PostgreSQL write."""
    plain = cast_to(column, String)
    first, middle = [f"[{number}"], [f", {number}", f",{number}"]
    return or_(*(plain.like(f"%{begin}{end}%") for begin in first + middle for end in (",", "]")))


def _note_holds(c: Any, word: str) -> ColumnElement[bool]:
    return or_(like(c.summary, word), json_holds(c.details, word), json_holds(c.attendees, word))
