"""Which customers a unit of work has found visible: asked once for each, however many records hang on it."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from crm_store.prepared import prepared
from crm_store.principal import Principal
from crm_store.schema import BigId, customers
from crm_store.scope import visible_row


class Sight:
    """A principal's view of customers, remembered until one of them changes."""

    def __init__(self, connection: Connection, principal: Principal) -> None:
        self._connection = connection
        self._scope = principal.scope_ids
        self._known: dict[int, bool] = {}

    def customer(self, customer_id: int) -> bool:
        """Whether the principal sees this customer."""
        found = self._known.get(customer_id)
        if found is None:
            found = self._known[customer_id] = self._look_up(customer_id)
        return found

    def forget(self) -> None:
        """A customer was changed, or the unit of work was taken back to an earlier point."""
        self._known.clear()

    def _look_up(self, customer_id: int) -> bool:
        scope = self._scope
        marks = None if scope is None else [bindparam(f"scope_{i}", type_=BigId) for i in range(len(scope))]
        query = select(customers.c.id).where(visible_row("customer", marks), customers.c.id == bindparam("id"))
        statement = prepared(self._connection, ("sight", None if scope is None else len(scope)), lambda: query)
        values = {f"scope_{i}": user_id for i, user_id in enumerate(scope or ())}
        return bool(statement.rows(self._connection, {**values, "id": customer_id}))
