"""The repositories of the record types, each with its own rule about who may write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update

from crm_store.errors import NotPermitted, RecordNotVisible
from crm_store.names import name_key as name_key
from crm_store.names import name_keys
from crm_store.prepared import prepared
from crm_store.principal import Role
from crm_store.records import (
    OPEN,
    Contact,
    Customer,
    Lead,
    Note,
    Opportunity,
    Order,
    Product,
    Stage,
    Task,
    User,
)
from crm_store.repository import Repository
from crm_store.schema import alias_keys
from crm_store.scope import alive_row, visible_row


class _OfCustomer(Repository[Any]):
    """Records that hang on a customer: writing one needs the customer to be visible."""

    def _theirs(self, customer_id: int, limit: int | None, status: str | None = None) -> list[Any]:
        """The visible records of one customer, in this type's order.

        Who sees the customer sees all that hangs on it; else each record is judged by itself (a task assigned, an
        opportunity owned).
        """
        seen = self._sight.customer(customer_id)
        values: dict[str, Any] = {"customer_id": customer_id}
        if limit is not None:
            values["most"] = limit
        if status is not None:
            values["status"] = status
        key = f"of customer {seen} {' '.join(values)}"
        return self._prepared(key, lambda scope: self._of_one_customer(scope, seen, values), **values)

    def _of_one_customer(self, scope: Sequence[Any] | None, seen: bool, values: dict[str, Any]) -> Select[Any]:
        sees = alive_row(self.record_type) if seen else visible_row(self.record_type, scope)
        query = select(*self._columns).where(sees, self.c.customer_id == bindparam("customer_id"))
        if "status" in values:
            query = query.where(self.c.status == bindparam("status"))
        query = query.order_by(*self._order())
        return query.limit(bindparam("most")) if "most" in values else query

    def _order(self) -> tuple[Any, ...]:
        return (self.c.id,)

    def _check_add(self, fields: dict[str, Any]) -> None:
        self._require_customer(fields.get("customer_id"))

    def _check_update(self, before: Any, fields: dict[str, Any]) -> None:
        if "customer_id" in fields:
            self._require_customer(fields["customer_id"])

    def _require_customer(self, customer_id: int | None) -> None:
        if customer_id is not None and not self._sight.customer(customer_id):
            raise RecordNotVisible("customer", customer_id)


class UserRepository(Repository[User]):
    """Everybody of the company; only an admin changes it."""

    record_type = "user"

    def by_key(self, key: str) -> User | None:
        """The user with this key (the `id` of FORMAT.md)."""
        found = self.find(self.c.key == key, limit=1)
        return found[0] if found else None

    def reachable(self) -> list[User]:
        """The users that tasks may be assigned to: oneself and the team; everybody for an admin."""
        me = self._principal
        active = self.c.active.is_(True)
        if me.role is Role.ADMIN:
            return self.find(active)
        return self.find(active, self.c.id.in_((me.user_id, *me.team_ids)))

    def _check_add(self, fields: dict[str, Any]) -> None:
        _admin_only(self._principal.role)

    def _check_update(self, before: User, fields: dict[str, Any]) -> None:
        _admin_only(self._principal.role)


class StageRepository(Repository[Stage]):
    """The pipeline's stages; only an admin changes them."""

    record_type = "stage"

    def in_order(self) -> list[Stage]:
        """All stages in pipeline order."""
        return self._prepared("in order", self._in_order)

    def _in_order(self, scope: Sequence[Any] | None) -> Select[Any]:
        return select(*self._columns).where(visible_row(self.record_type, scope)).order_by(self.c.position)

    def by_key(self, key: str) -> Stage | None:
        """The stage with this key."""
        found = self._prepared("by key", self._of_key, value=key)
        return found[0] if found else None

    def _of_key(self, scope: Sequence[Any] | None) -> Select[Any]:
        return select(*self._columns).where(visible_row(self.record_type, scope), self.c.key == bindparam("value"))

    def _check_add(self, fields: dict[str, Any]) -> None:
        _admin_only(self._principal.role)

    def _check_update(self, before: Stage, fields: dict[str, Any]) -> None:
        _admin_only(self._principal.role)


class ProductRepository(Repository[Product]):
    """The price list; only managers and admins change it."""

    record_type = "product"

    def _check_add(self, fields: dict[str, Any]) -> None:
        if self._principal.role is Role.REP:
            raise NotPermitted("产品目录只有经理和管理员可以修改")

    def _check_update(self, before: Product, fields: dict[str, Any]) -> None:
        self._check_add(fields)


class CustomerRepository(Repository[Customer]):
    """Customers; a rep's belong to itself, a manager's to the team."""

    record_type = "customer"

    def same_as(self, name: str, phone: str | None = None, aliases: Iterable[str] = ()) -> list[Customer]:
        """Visible customers that are probably the same organisation: equal name key, alias or phone."""
        keys = {name_key(each) for each in (name, *aliases)}
        by_alias = select(alias_keys.c.customer_id).where(alias_keys.c.key.in_(keys))
        same = or_(self.c.name_key.in_(keys), self.c.id.in_(by_alias))
        return self.find(or_(same, self.c.phone == phone) if phone else same, limit=5)

    def get(self, record_id: int) -> Customer | None:
        found = super().get(record_id)
        if found is not None:
            self._sight.remember(record_id)
        return found

    def matching(self, text: str, *, limit: int = 20, offset: int = 0) -> list[Customer]:
        """Customers whose name contains `text`, for lists with a search box."""
        pattern = f"%{_like(text)}%"
        return self.find(self.c.name.like(pattern, escape="\\"), limit=limit, offset=offset)

    def _derived(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {"name_key": name_key(fields["name"])} if "name" in fields else {}

    def _written(self, record: Customer, changed: Iterable[str]) -> None:
        self._sight.forget()
        if "aliases" not in changed:
            return
        self._connection.execute(delete(alias_keys).where(alias_keys.c.customer_id == record.id))
        rows = [{"key": key, "customer_id": record.id} for key in {name_key(alias) for alias in record.aliases}]
        if rows:
            self._connection.execute(insert(alias_keys), rows)

    def derived_columns(self, columns: dict[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
        return {"name_key": columns.get("name_key") or name_keys(columns["name"])}

    def _check_add(self, fields: dict[str, Any]) -> None:
        self._check_owner(fields["owner_id"])

    def _check_update(self, before: Customer, fields: dict[str, Any]) -> None:
        if fields.get("owner_id", before.owner_id) != before.owner_id:
            _check_teammate(self._principal, fields["owner_id"])

    def _check_owner(self, owner_id: int) -> None:
        if not self._principal.covers(owner_id):
            raise NotPermitted("只能为自己(经理可为本组)建立客户")


class ContactRepository(_OfCustomer):
    """People at customers."""

    record_type = "contact"

    def of_customer(self, customer_id: int) -> list[Contact]:
        """The contacts of one customer."""
        return self._theirs(customer_id, None)


class OpportunityRepository(_OfCustomer):
    """Deals."""

    record_type = "opportunity"

    def of_customer(self, customer_id: int) -> list[Opportunity]:
        """The opportunities of one customer, newest first."""
        return self._theirs(customer_id, None)

    def _order(self) -> tuple[Any, ...]:
        return (self.c.id.desc(),)

    def _check_update(self, before: Any, fields: dict[str, Any]) -> None:
        super()._check_update(before, fields)
        if fields.get("owner_id", before.owner_id) != before.owner_id:
            _check_teammate(self._principal, fields["owner_id"])


class OrderRepository(_OfCustomer):
    """Purchase history."""

    record_type = "order"

    def of_customer(self, customer_id: int, *, limit: int | None = None) -> list[Order]:
        """What one customer bought, newest first."""
        return self._theirs(customer_id, limit)

    def _order(self) -> tuple[Any, ...]:
        return (self.c.ordered_on.desc(), self.c.id.desc())


class NoteRepository(_OfCustomer):
    """Meeting notes."""

    record_type = "note"

    def of_customer(self, customer_id: int, *, limit: int | None = None) -> list[Note]:
        """The notes of one customer, newest first."""
        return self._theirs(customer_id, limit)

    def _order(self) -> tuple[Any, ...]:
        return (self.c.occurred_at.desc(), self.c.id.desc())

    def containing(self, words: list[str], *, limit: int = 20) -> list[Note]:
        """Notes whose summary contains every one of `words`, newest first."""
        conditions = [self.c.summary.like(f"%{_like(word)}%", escape="\\") for word in words]
        return self.find(*conditions, order=(self.c.occurred_at.desc(),), limit=limit)


class TaskRepository(_OfCustomer):
    """Follow-up tasks."""

    record_type = "task"

    def open_between(
        self,
        begin: datetime | None,
        end: datetime | None,
        *,
        assignee_ids: tuple[int, ...] | None = None,
        limit: int | None = None,
    ) -> list[Task]:
        """Open tasks due in [begin, end), by due time; None leaves that side open."""
        conditions = [self.c.status == OPEN]
        if begin is not None:
            conditions.append(self.c.due_at >= begin)
        if end is not None:
            conditions.append(self.c.due_at < end)
        if assignee_ids is not None:
            conditions.append(self.c.assignee_id.in_(assignee_ids))
        return self.find(*conditions, order=(self.c.due_at, self.c.id), limit=limit)

    def mark_reminded(self, task: Task) -> None:
        """Remember that this due time has been reminded of: bookkeeping, so no new version and no audit."""
        same = (self.c.id == task.id) & (self.c.due_at == task.due_at)
        self._connection.execute(update(self._table).where(same).values(reminded_for=task.due_at))
        self._sight.forget_records()

    def of_customer(self, customer_id: int, *, status: str | None = OPEN) -> list[Task]:
        """The tasks of one customer, by due time."""
        return self._theirs(customer_id, None, status)

    def _order(self) -> tuple[Any, ...]:
        return (self.c.due_at, self.c.id)

    def _check_add(self, fields: dict[str, Any]) -> None:
        super()._check_add(fields)
        self._check_assignee(fields["assignee_id"])

    def _check_update(self, before: Any, fields: dict[str, Any]) -> None:
        super()._check_update(before, fields)
        if fields.get("assignee_id", before.assignee_id) != before.assignee_id:
            self._check_assignee(fields["assignee_id"])

    def _check_assignee(self, user_id: int) -> None:
        _check_teammate(self._principal, user_id, "待办只能分配给自己或同组的同事")


class LeadRepository(Repository[Lead]):
    """Leads; those without an owner are common to reps and managers."""

    record_type = "lead"

    def _check_add(self, fields: dict[str, Any]) -> None:
        owner = fields.get("owner_id")
        if owner is not None:
            _check_teammate(self._principal, owner)

    def _check_update(self, before: Lead, fields: dict[str, Any]) -> None:
        owner = fields.get("owner_id")
        if owner is not None and owner != before.owner_id:
            _check_teammate(self._principal, owner)


class InteractionRepository(_OfCustomer):
    """Logged interactions."""

    record_type = "interaction"

    def newest(self, customer_id: int) -> datetime | None:
        """When the customer was last in touch, or None."""
        if not self._sight.customer(customer_id):
            return None
        statement = prepared(self._connection, "newest interaction", self._newest)
        found: datetime | None = statement.rows(self._connection, {"id": customer_id})[0][0]
        return found

    def _newest(self) -> Select[Any]:
        of_customer = alive_row(self.record_type) & (self.c.customer_id == bindparam("id"))
        return select(func.max(self.c.occurred_at, type_=self.c.occurred_at.type)).where(of_customer)


def _admin_only(role: Role) -> None:
    if role is not Role.ADMIN:
        raise NotPermitted("只有管理员可以修改")


def _check_teammate(principal: Any, user_id: int, reason: str = "只能转给同组的同事") -> None:
    if principal.role is not Role.ADMIN and user_id not in (principal.user_id, *principal.team_ids):
        raise NotPermitted(reason)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
