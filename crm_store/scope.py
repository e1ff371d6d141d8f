"""What a principal may see, as SQL conditions; the only place where visibility is written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select, true

from crm_store import schema
from crm_store.principal import Principal

HANGING = ("contact", "opportunity", "order", "note", "task", "interaction")
"""Record types that hang on a customer and are gone with it."""
_PERSON = {"customer": "owner_id", "opportunity": "owner_id", "task": "assignee_id", "lead": "owner_id"}


def visible(record_type: str, principal: Principal) -> ColumnElement[bool]:
    """The condition under which rows of `record_type` exist for `principal` (FORMAT.md, "A role sees").

    Deleted rows, and what hangs on a deleted customer, are invisible to everybody. Users, stages and products are
    common knowledge of a company.
    """
    return _visible(record_type, principal.scope_ids, one_by_one=False)


def visible_row(record_type: str, scope: Sequence[Any] | None) -> ColumnElement[bool]:
    """The same for statements that name a few rows: it looks each one's customer up instead of listing all customers.

    `scope` holds the scope's user ids or the parameters that stand for them; None sees everything.
    """
    return _visible(record_type, scope, one_by_one=True)


def alive_row(record_type: str) -> ColumnElement[bool]:
    """The condition that a row itself is not deleted; for rows of a customer that is known to be visible."""
    return schema.RECORD_TABLES[record_type].c.deleted_at.is_(None)


def scope_marks(size: int | None) -> list[Any] | None:
    """Parameters that stand for a scope of so many users in a statement that is compiled once; None for everything."""
    return None if size is None else [bindparam(f"scope_{i}", type_=schema.BigId) for i in range(size)]


def scope_values(scope: Sequence[int]) -> dict[str, int]:
    """The values of those parameters."""
    return {f"scope_{i}": user_id for i, user_id in enumerate(scope)}


def _visible(record_type: str, scope: Sequence[Any] | None, *, one_by_one: bool) -> ColumnElement[bool]:
    table = schema.RECORD_TABLES[record_type]
    alive = table.c.deleted_at.is_(None)
    if record_type not in HANGING:
        return alive if scope is None else alive & _common(record_type, table, scope)
    kept = _of_kept_customer(table, one_by_one)
    if scope is None:
        return alive & kept
    theirs = _of_customer_in(table, scope, one_by_one)
    if record_type not in _PERSON:
        return alive & theirs
    return alive & or_(table.c[_PERSON[record_type]].in_(scope) & kept, theirs)


def _common(record_type: str, table: Any, scope: Sequence[Any]) -> ColumnElement[bool]:
    if record_type == "customer":
        found: ColumnElement[bool] = table.c.owner_id.in_(scope)
        return found
    return or_(table.c.owner_id.in_(scope), table.c.owner_id.is_(None)) if record_type == "lead" else true()


def _of_kept_customer(table: Any, one_by_one: bool) -> ColumnElement[bool]:
    """The row's customer, if it has one, is not deleted."""
    c = schema.customers.c
    deleted = select(c.id).where(c.deleted_at.is_not(None))
    if one_by_one:
        return ~exists(deleted.where(c.id == table.c.customer_id))
    elsewhere: ColumnElement[bool] = table.c.customer_id.not_in(deleted)
    return or_(table.c.customer_id.is_(None), elsewhere) if table.c.customer_id.nullable else elsewhere


def _of_customer_in(table: Any, scope: Sequence[Any], one_by_one: bool) -> ColumnElement[bool]:
    """The row's customer is one that the scope's people own."""
    c = schema.customers.c
    owned: Select[tuple[int]] = select(c.id).where(c.owner_id.in_(scope), c.deleted_at.is_(None))
    if one_by_one:
        return exists(owned.where(c.id == table.c.customer_id))
    found: ColumnElement[bool] = table.c.customer_id.in_(owned)
    return found
