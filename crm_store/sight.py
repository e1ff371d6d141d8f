"""What a unit of work has found visible: customers and records, asked for once each until something is changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from crm_store.prepared import prepared
from crm_store.principal import Principal
from crm_store.schema import customers
from crm_store.scope import scope_marks, scope_values, visible_row


class Sight:
    """A principal's view: the customers in sight, and the records read, remembered until one of them changes."""

    def __init__(self, connection: Connection, principal: Principal) -> None:
        self._connection = connection
        self._scope = principal.scope_ids
        self._known: dict[int, bool] = {}
        self._records: dict[str, dict[int, Any]] = {}

    def records(self, record_type: str) -> dict[int, Any]:
        """The records of a type that were read and are still as they were, by id."""
        return self._records.setdefault(record_type, {})

    def customer(self, customer_id: int) -> bool:
        """Whether the principal sees this customer."""
        if customer_id in self.records("customer"):
            return True
        found = self._known.get(customer_id)
        if found is None:
            found = self._known[customer_id] = self._look_up(customer_id)
        return found

    def remember(self, customer_id: int) -> None:
        """The principal has just read this customer."""
        self._known[customer_id] = True

    def forget(self) -> None:
        """A customer was changed, or the unit of work was taken back to an earlier point."""
        self._known.clear()
        self.forget_records()

    def forget_records(self) -> None:
        """A record was changed, on which it may hang who sees another."""
        for records in self._records.values():
            records.clear()

    def _look_up(self, customer_id: int) -> bool:
        size = None if self._scope is None else len(self._scope)
        statement = prepared(self._connection, ("sight", size), lambda: _one_customer(size))
        values = {} if self._scope is None else scope_values(self._scope)
        return bool(statement.rows(self._connection, {**values, "id": customer_id}))


def _one_customer(size: int | None) -> Select[Any]:
    sees = visible_row("customer", scope_marks(size))
    return select(customers.c.id).where(sees, customers.c.id == bindparam("id"))
