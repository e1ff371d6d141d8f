"""What a principal may see, as SQL conditions; the only place where visibility is written down."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select, true

from crm_store import schema
from crm_store.principal import Principal

_HANGING = ("contact", "opportunity", "order", "note", "task", "interaction")


def visible(record_type: str, principal: Principal) -> ColumnElement[bool]:
    """The condition under which rows of `record_type` exist for `principal` (FORMAT.md, "A role sees").

    Deleted rows, and what hangs on a deleted customer, are invisible to everybody. Users, stages and products are
    common knowledge of a company.
    """
    alive = _alive(record_type)
    scope = principal.scope_ids
    if scope is None:
        return alive
    return alive & _in_scope(record_type, scope)


def _alive(record_type: str) -> ColumnElement[bool]:
    table = schema.RECORD_TABLES[record_type]
    alive = table.c.deleted_at.is_(None)
    if record_type not in _HANGING:
        return alive
    deleted = select(schema.customers.c.id).where(schema.customers.c.deleted_at.is_not(None))
    elsewhere = table.c.customer_id.not_in(deleted)
    return alive & (or_(table.c.customer_id.is_(None), elsewhere) if table.c.customer_id.nullable else elsewhere)


def _in_scope(record_type: str, scope: tuple[int, ...]) -> ColumnElement[bool]:
    table = schema.RECORD_TABLES[record_type]
    if record_type == "customer":
        return table.c.owner_id.in_(scope)
    if record_type == "opportunity":
        return or_(table.c.owner_id.in_(scope), table.c.customer_id.in_(_customers(scope)))
    if record_type == "task":
        return or_(table.c.assignee_id.in_(scope), table.c.customer_id.in_(_customers(scope)))
    if record_type == "lead":
        return or_(table.c.owner_id.in_(scope), table.c.owner_id.is_(None))
    if record_type in ("contact", "order", "note", "interaction"):
        return table.c.customer_id.in_(_customers(scope))
    return true()


def _customers(scope: tuple[int, ...]) -> Select[tuple[int]]:
    customers = schema.customers
    return select(customers.c.id).where(customers.c.owner_id.in_(scope), customers.c.deleted_at.is_(None))
