"""The tables, in SQLAlchemy Core, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite stores it without offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without time zone can't be stored")
        moved = value.astimezone(UTC)
        return moved if dialect.name == "postgresql" else moved.replace(tzinfo=None)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return super().bind_processor(dialect) if dialect.name == "postgresql" else _to_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _utc if dialect.name == "postgresql" else _from_text


def _utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a time without time zone can't be stored")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


class Hundredths(TypeDecorator[Decimal]):
    """A Decimal kept as whole hundredths (fen, for yuan) so that sums are exact on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | float | None, dialect: Dialect) -> int | None:
        return None if value is None else int((Decimal(str(value)) * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Tuple(TypeDecorator[tuple[Any, ...]]):
    """A JSON list that reads back as a tuple."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return list(value or ())

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], tuple[Any, ...]]:
        return _tuple if dialect.name == "postgresql" else _tuple_from_text


def _tuple(value: list[Any] | None) -> tuple[Any, ...]:
    return tuple(value or ())


def _tuple_from_text(value: str | None) -> tuple[Any, ...]:
    return () if value is None or value == "[]" else tuple(json.loads(value) or ())


BigId = BigInteger().with_variant(Integer, "sqlite")


def _record_table(name: str, *columns: Any) -> Table:
    """A table with what every record has; soft deletion keeps the row."""
    return Table(
        name,
        metadata,
        Column("id", BigId, primary_key=True, autoincrement=True),
        *(c for c in columns if isinstance(c, Column)),
        Column("version", Integer, nullable=False, default=1),
        Column("created_at", Instant, nullable=True),
        Column("updated_at", Instant, nullable=True),
        Column("deleted_at", Instant, nullable=True),
        Column("extra", JSON, nullable=False, default=dict),
        *(c for c in columns if not isinstance(c, Column)),
    )


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, BigId, ForeignKey(f"{target}.id"), nullable=nullable)


def _only_where(condition: str) -> dict[str, Any]:
    """The arguments of an index over some rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


users = _record_table(
    "users",
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("role", String(16), nullable=False),
    Column("team", String(128)),
    Column("wecom_userid", String(128), index=True),
    Column("active", Boolean, nullable=False, default=True),
)
stages = _record_table(
    "stages",
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("probability", Integer, nullable=False),
    Column("position", Integer, nullable=False),
)
customers = _record_table(
    "customers",
    Column("name", String(256), nullable=False),
    Column("name_key", String(256), nullable=False, index=True),
    Column("aliases", Tuple, nullable=False),
    Column("industry", String(128)),
    Column("region", String(128)),
    Column("level", String(8)),
    _ref("owner_id", "users"),
    Column("tags", Tuple, nullable=False),
    Column("phone", String(64), index=True),
    Column("address", String(512)),
    Column("website", String(512)),
    _ref("merged_into_id", "customers", nullable=True),
    Index("ix_customers_owner", "owner_id", "deleted_at"),
    Index("ix_customers_deleted", "deleted_at", **_only_where("deleted_at IS NOT NULL")),
)
# One row an alias, so that "do we know this customer?" needs no scan.
alias_keys = Table(
    "alias_keys",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("key", String(256), nullable=False, index=True),
    Column("customer_id", BigId, ForeignKey("customers.id"), nullable=False, index=True),
)
contacts = _record_table(
    "contacts",
    _ref("customer_id", "customers"),
    Column("name", String(128), nullable=False),
    Column("title", String(128)),
    Column("phone", String(64), index=True),
    Column("email", String(256)),
    Column("role", String(64)),
    Index("ix_contacts_customer", "customer_id"),
)
products = _record_table(
    "products",
    Column("name", String(256), nullable=False, index=True),
    Column("category", String(128)),
    Column("list_price", Hundredths),
)
opportunities = _record_table(
    "opportunities",
    Column("name", String(256), nullable=False, index=True),
    _ref("customer_id", "customers"),
    _ref("stage_id", "stages"),
    _ref("owner_id", "users"),
    Column("amount", Hundredths),
    Column("expected_close_date", Date),
    Column("product_ids", Tuple, nullable=False),
    Column("closed_on", Date),
    Column("lost_reason", Text),
    Index("ix_opportunities_customer", "customer_id"),
    # Holds all that a funnel reads, so that the sums of a large team need no look at the rows.
    Index("ix_opportunities_owner_stage", "owner_id", "stage_id", "deleted_at", "customer_id", "amount"),
)
orders = _record_table(
    "orders",
    _ref("customer_id", "customers"),
    _ref("product_id", "products"),
    Column("quantity", Hundredths, nullable=False),
    Column("amount", Hundredths, nullable=False),
    Column("ordered_on", Date, nullable=False),
    Index("ix_orders_customer", "customer_id", "ordered_on"),
)
notes = _record_table(
    "notes",
    _ref("customer_id", "customers"),
    _ref("author_id", "users"),
    Column("occurred_at", Instant, nullable=False),
    Column("summary", Text, nullable=False),
    _ref("opportunity_id", "opportunities", nullable=True),
    Column("attendees", Tuple, nullable=False),
    Column("details", JSON, nullable=False, default=dict),
    Index("ix_notes_customer", "customer_id", "occurred_at"),
)
leads = _record_table(
    "leads",
    Column("name", String(128), nullable=False, index=True),
    Column("company", String(256)),
    Column("phone", String(64), index=True),
    Column("source", String(128)),
    Column("status", String(16), nullable=False),
    _ref("owner_id", "users", nullable=True),
    _ref("customer_id", "customers", nullable=True),
    Index("ix_leads_owner", "owner_id"),
)
tasks = _record_table(
    "tasks",
    Column("title", Text, nullable=False),
    _ref("assignee_id", "users"),
    _ref("customer_id", "customers", nullable=True),
    _ref("opportunity_id", "opportunities", nullable=True),
    _ref("lead_id", "leads", nullable=True),
    Column("due_at", Instant),
    Column("recurrence", String(256)),
    Column("status", String(16), nullable=False),
    Column("priority", String(16), nullable=False),
    Column("completed_at", Instant),
    Column("reminded_for", Instant),
    Index("ix_tasks_assignee_due", "assignee_id", "status", "due_at"),
    Index("ix_tasks_customer", "customer_id"),
    Index(
        "ix_tasks_unreminded",
        "due_at",
        **_only_where("status = 'open' AND deleted_at IS NULL AND (reminded_for IS NULL OR reminded_for <> due_at)"),
    ),
)
interactions = _record_table(
    "interactions",
    _ref("customer_id", "customers"),
    _ref("user_id", "users"),
    Column("kind", String(32), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("summary", Text, nullable=False),
    Index("ix_interactions_customer", "customer_id", "occurred_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    _ref("user_id", "users"),
    Column("channel", String(32), nullable=False),
    Column("title", String(256)),
    Column("state", JSON, nullable=False, default=dict),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_conversations_user", "user_id", "updated_at"),
)
messages = Table(
    "messages",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("payload", JSON, nullable=False, default=dict),
    Column("created_at", Instant, nullable=False),
    Index("ix_messages_conversation", "conversation_id", "id"),
)
inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", String(32), nullable=False),
    Column("external_id", String(128), nullable=False),
    _ref("user_id", "users"),
    Column("conversation_id", String(64), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("reply", JSON),
    UniqueConstraint("channel", "user_id", "external_id"),
)
pendings = Table(
    "pendings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False, index=True),
    _ref("user_id", "users"),
    Column("calls", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("shown", JSON, nullable=False),
    Column("words", Text),
    Column("status", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
change_sets = Table(
    "change_sets",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _ref("user_id", "users", nullable=True),
    Column("kind", String(16), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("conversation_id", String(64)),
    Column("message_id", String(128)),
    Column("words", Text),
    Column("at", Instant, nullable=False),
    Column("undone_by", BigId),
    Index("ix_change_sets_conversation", "conversation_id", "id"),
    Index("ix_change_sets_user", "user_id", "id"),
)
audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("change_set_id", BigId, ForeignKey("change_sets.id"), nullable=False, index=True),
    Column("record_type", String(16), nullable=False),
    Column("record_id", BigId, nullable=False),
    # An import is one entry for all records from record_id to last_id.
    Column("last_id", BigId),
    Column("op", String(8), nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("version", Integer, nullable=False),
    # PostgreSQL alone fills this, with the writing transaction's id: entry ids don't commit in order there.
    Column("tx", BigInteger),
    Index("ix_audit_record", "record_type", "record_id", "id"),
    Index("ix_audit_tx", "tx"),
    Index("ix_audit_imports", "record_type", "record_id", **_only_where("last_id IS NOT NULL")),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dedupe_key", String(128), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    _ref("user_id", "users"),
    Column("channel", String(32)),
    Column("payload", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Column("seen_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Index("ix_outbox_user", "user_id", "id"),
    Index("ix_outbox_waiting", "id", **_only_where("delivered_at IS NULL")),
)
credentials = Table(
    "credentials",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    _ref("user_id", "users"),
    Column("kind", String(16), nullable=False),
    Column("digest", String(256), nullable=False, unique=True),
    Column("label", String(128)),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    Index("ix_credentials_user", "user_id", "kind"),
)
documents = Table(
    "documents",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("path", String(512), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("front_matter", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
document_versions = Table(
    "document_versions",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("path", String(512), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("front_matter", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("replaced_at", Instant, nullable=False),
    Index("ix_document_versions_path", "path", "replaced_at"),
)
settings = Table(
    "settings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

RECORD_TABLES: dict[str, Table] = {
    "user": users,
    "stage": stages,
    "customer": customers,
    "contact": contacts,
    "product": products,
    "opportunity": opportunities,
    "order": orders,
    "note": notes,
    "task": tasks,
    "lead": leads,
    "interaction": interactions,
}
