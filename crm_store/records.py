"""The CRM's records as frozen values; money is in yuan, times are aware, ids are database ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

OPEN, DONE, CANCELLED = "open", "done", "cancelled"
WON, LOST = "won", "lost"
TASK_STATUSES = (OPEN, DONE, CANCELLED)
TASK_PRIORITIES = ("low", "normal", "high")
LEAD_STATUSES = ("new", "working", "qualified", "converted", "unqualified")
CUSTOMER_LEVELS = ("A", "B", "C")


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What every record has. `version` counts changes (optimistic locking); a deleted record keeps its row."""

    id: int
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class User(Record):
    """Somebody who uses the assistant."""

    key: str
    name: str
    role: str
    team: str | None = None
    wecom_userid: str | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Record):
    """A step of the pipeline; `probability` is 0 to 100, `position` the order."""

    key: str
    name: str
    probability: int
    position: int

    @property
    def is_closed(self) -> bool:
        """Whether an opportunity in this stage is won or lost."""
        return self.key in (WON, LOST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer(Record):
    """An organisation that buys or may buy."""

    name: str
    owner_id: int
    aliases: tuple[str, ...] = ()
    industry: str | None = None
    region: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()
    phone: str | None = None
    address: str | None = None
    website: str | None = None
    merged_into_id: int | None = None

    @property
    def short_name(self) -> str:
        """The shortest name people use for it."""
        return min((self.name, *self.aliases), key=len)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact(Record):
    """A person at a customer."""

    customer_id: int
    name: str
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    role: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Product(Record):
    """Something the seller sells."""

    name: str
    category: str | None = None
    list_price: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opportunity(Record):
    """A deal in the pipeline."""

    name: str
    customer_id: int
    stage_id: int
    owner_id: int
    amount: Decimal | None = None
    expected_close_date: date | None = None
    product_ids: tuple[int, ...] = ()
    closed_on: date | None = None
    lost_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Order(Record):
    """One line of a customer's purchase history."""

    customer_id: int
    product_id: int
    quantity: Decimal
    amount: Decimal
    ordered_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Note(Record):
    """A meeting note; `details` may hold needs, budget, competitor, decisions, next_steps."""

    customer_id: int
    author_id: int
    occurred_at: datetime
    summary: str
    opportunity_id: int | None = None
    attendees: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task(Record):
    """A follow-up task; `recurrence` is an RFC 5545 RRULE."""

    title: str
    assignee_id: int
    customer_id: int | None = None
    opportunity_id: int | None = None
    lead_id: int | None = None
    due_at: datetime | None = None
    recurrence: str | None = None
    status: str = OPEN
    priority: str = "normal"
    completed_at: datetime | None = None
    reminded_for: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead(Record):
    """Somebody who may become a customer; without an owner every rep and manager sees it."""

    name: str
    company: str | None = None
    phone: str | None = None
    source: str | None = None
    status: str = "new"
    owner_id: int | None = None
    customer_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Interaction(Record):
    """A logged contact with a customer (call, message, visit) that is not a meeting note."""

    customer_id: int
    user_id: int
    kind: str
    occurred_at: datetime
    summary: str


RECORD_TYPES: dict[str, type[Record]] = {
    "user": User,
    "stage": Stage,
    "customer": Customer,
    "contact": Contact,
    "product": Product,
    "opportunity": Opportunity,
    "order": Order,
    "note": Note,
    "task": Task,
    "lead": Lead,
    "interaction": Interaction,
}
