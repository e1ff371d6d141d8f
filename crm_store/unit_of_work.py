"""One unit of work: everything a principal may read or change, in one transaction, with its origin."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Executable, Select

from crm_store.audit import AuditTrail
from crm_store.bulk import BulkWriter
from crm_store.conversations import ConversationLog
from crm_store.credentials import Credentials
from crm_store.documents import Documents
from crm_store.figures import Figures
from crm_store.mailboxes import Inbox, Outbox
from crm_store.pendings import Pendings
from crm_store.prepared import all_tuples, prepared
from crm_store.principal import Origin, Principal
from crm_store.records import Record
from crm_store.repositories import (
    ContactRepository,
    CustomerRepository,
    InteractionRepository,
    LeadRepository,
    NoteRepository,
    OpportunityRepository,
    OrderRepository,
    ProductRepository,
    StageRepository,
    TaskRepository,
    UserRepository,
)
from crm_store.repository import Repository
from crm_store.savepoint import Savepoint
from crm_store.settings_table import StoreSettings
from crm_store.sight import Sight

_REPOSITORIES: dict[str, type[Repository[Any]]] = {
    "user": UserRepository,
    "stage": StageRepository,
    "customer": CustomerRepository,
    "contact": ContactRepository,
    "product": ProductRepository,
    "opportunity": OpportunityRepository,
    "order": OrderRepository,
    "note": NoteRepository,
    "task": TaskRepository,
    "lead": LeadRepository,
    "interaction": InteractionRepository,
}


class UnitOfWork:
    """The store as one principal sees it, for the length of one transaction; commits when the work returns.

    It lives in the store's thread: never keep it, and never hand it to another thread. `now` comes from the caller's
    clock, so that a replay is exact.
    """

    def __init__(self, connection: Connection, principal: Principal, origin: Origin, now: datetime) -> None:
        self._connection = connection
        self.principal = principal
        self.origin = origin
        self.now = now
        self.audit = AuditTrail(connection, principal, origin, now)
        self._sight = Sight(connection, principal)
        self._repositories: dict[str, Repository[Any]] = {}

    def savepoint(self) -> Savepoint:
        """A context whose changes `rollback()` takes back, and so does an exception that leaves it."""
        return Savepoint(self._connection, self.audit, self._forget_versions)

    def _forget_versions(self) -> None:
        self._sight.forget()
        for repository in self._repositories.values():
            repository.forget_versions()

    def rows(self, query: Executable) -> Iterable[Any]:
        """Rows of a query made inside the store, which has put the principal's scope into it."""
        return self._connection.execute(query)

    def prepared_rows(
        self, key: Hashable, build: Callable[[], Select[Any]], values: Mapping[str, Any]
    ) -> list[Sequence[Any]]:
        """Rows of a query on the hot path, which is compiled once; equal keys build equal queries."""
        return prepared(self._connection, key, build).rows(self._connection, values)

    def tuples(self, query: Select[Any], column: Any = None, among: Iterable[Any] = ()) -> list[Any]:
        """All rows of a query as the driver gives them, which is quicker where there are many.

        Its values may be ids only, what it selects needs no conversion (texts, ids), and it ends with its conditions;
        with `column`, that one's value must be `among` texts or ids, however many.
        """
        return all_tuples(self._connection, query, column, among)

    def scalar(self, query: Executable) -> Any:
        """The one value of such a query."""
        return self._connection.execute(query).scalar_one()

    def at_hand(self, record_type: str, record_id: int) -> Record | None:
        """A record that was read and has not changed since, if there is one; nothing is looked up."""
        return self._sight.records(record_type).get(record_id)

    def repository(self, record_type: str) -> Repository[Any]:
        """The repository of a record type named as in FORMAT.md ('customer', 'task', …)."""
        found = self._repositories.get(record_type)
        if found is None:
            make = _REPOSITORIES[record_type]
            found = make(self._connection, self.principal, self.audit, self.now, self._sight)
            self._repositories[record_type] = found
        return found

    @property
    def users(self) -> UserRepository:
        """Users of the company."""
        return self.repository("user")  # type: ignore[return-value]

    @property
    def stages(self) -> StageRepository:
        """Stages of the pipeline."""
        return self.repository("stage")  # type: ignore[return-value]

    @property
    def customers(self) -> CustomerRepository:
        """Customers."""
        return self.repository("customer")  # type: ignore[return-value]

    @property
    def contacts(self) -> ContactRepository:
        """Contacts."""
        return self.repository("contact")  # type: ignore[return-value]

    @property
    def products(self) -> ProductRepository:
        """Products."""
        return self.repository("product")  # type: ignore[return-value]

    @property
    def opportunities(self) -> OpportunityRepository:
        """Opportunities."""
        return self.repository("opportunity")  # type: ignore[return-value]

    @property
    def orders(self) -> OrderRepository:
        """Purchase history."""
        return self.repository("order")  # type: ignore[return-value]

    @property
    def notes(self) -> NoteRepository:
        """Meeting notes."""
        return self.repository("note")  # type: ignore[return-value]

    @property
    def tasks(self) -> TaskRepository:
        """Follow-up tasks."""
        return self.repository("task")  # type: ignore[return-value]

    @property
    def leads(self) -> LeadRepository:
        """Leads."""
        return self.repository("lead")  # type: ignore[return-value]

    @property
    def interactions(self) -> InteractionRepository:
        """Logged interactions."""
        return self.repository("interaction")  # type: ignore[return-value]

    @cached_property
    def bulk(self) -> BulkWriter:
        """The bulk path, for imports that have been validated."""
        return BulkWriter(self._connection, self.audit, self.repository, self.now)

    @cached_property
    def conversations(self) -> ConversationLog:
        """Conversations and their messages."""
        return ConversationLog(self._connection, self.principal, self.now)

    @cached_property
    def pendings(self) -> Pendings:
        """Held writes waiting for confirmation."""
        return Pendings(self._connection, self.principal, self.now)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages received, by their external id."""
        return Inbox(self._connection, self.principal, self.now)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages to deliver."""
        return Outbox(self._connection, self.principal, self.now)

    @cached_property
    def credentials(self) -> Credentials:
        """Sign-in tokens."""
        return Credentials(self._connection, self.principal, self.now)

    @cached_property
    def documents(self) -> Documents:
        """The sales documents as files."""
        return Documents(self._connection, self.now)

    @cached_property
    def figures(self) -> Figures:
        """Sums and counts."""
        return Figures(self._connection, self.principal)

    @cached_property
    def settings(self) -> StoreSettings:
        """What the whole store shares: seller, time zone."""
        return StoreSettings(self._connection)
