"""The first version of the tables, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    for make in MAKE:
        make()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE audit_entries ALTER COLUMN tx SET DEFAULT (pg_current_xact_id()::text)::bigint")


def downgrade() -> None:
    """Take every table away, with all data."""
    for make in reversed(MAKE):
        op.drop_table(make.__name__.removeprefix("_"))


def _id() -> sa.Column[Any]:
    return sa.Column("id", BIG_ID, autoincrement=True)


def _ref(table: str, name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, BIG_ID, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}"), nullable=nullable)


def _bookkeeping() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT),
        sa.Column("updated_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
        sa.Column("extra", sa.JSON(), nullable=False),
    )


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def _documents() -> None:
    op.create_table(
        "documents",
        _id(),
        sa.Column("path", sa.String(512), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("front_matter", sa.JSON(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.UniqueConstraint("path", name="uq_documents_path"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )


def _products() -> None:
    op.create_table(
        "products",
        _id(),
        sa.Column("name", sa.String(256), nullable=False),
        sa.Column("category", sa.String(128)),
        sa.Column("list_price", sa.BigInteger()),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
    )
    op.create_index("ix_products_name", "products", ["name"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.String(64)),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )


def _stages() -> None:
    op.create_table(
        "stages",
        _id(),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_bookkeeping(),
        sa.UniqueConstraint("key", name="uq_stages_key"),
        sa.PrimaryKeyConstraint("id", name="pk_stages"),
    )


def _users() -> None:
    op.create_table(
        "users",
        _id(),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("team", sa.String(128)),
        sa.Column("wecom_userid", sa.String(128)),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_bookkeeping(),
        sa.UniqueConstraint("key", name="uq_users_key"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.create_index("ix_users_wecom_userid", "users", ["wecom_userid"])


def _change_sets() -> None:
    op.create_table(
        "change_sets",
        _id(),
        _ref("change_sets", "user_id", "users", nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("message_id", sa.String(128)),
        sa.Column("words", sa.Text()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("undone_by", BIG_ID),
        sa.PrimaryKeyConstraint("id", name="pk_change_sets"),
    )
    op.create_index("ix_change_sets_conversation", "change_sets", ["conversation_id", "id"])
    op.create_index("ix_change_sets_user", "change_sets", ["user_id", "id"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64)),
        _ref("conversations", "user_id", "users"),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("title", sa.String(256)),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_user", "conversations", ["user_id", "updated_at"])


def _credentials() -> None:
    op.create_table(
        "credentials",
        _id(),
        _ref("credentials", "user_id", "users"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(256), nullable=False),
        sa.Column("label", sa.String(128)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.UniqueConstraint("digest", name="uq_credentials_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
    )
    op.create_index("ix_credentials_user", "credentials", ["user_id", "kind"])


def _customers() -> None:
    op.create_table(
        "customers",
        _id(),
        sa.Column("name", sa.String(256), nullable=False),
        sa.Column("name_key", sa.String(256), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("industry", sa.String(128)),
        sa.Column("region", sa.String(128)),
        sa.Column("level", sa.String(8)),
        _ref("customers", "owner_id", "users"),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(64)),
        sa.Column("address", sa.String(512)),
        sa.Column("website", sa.String(512)),
        _ref("customers", "merged_into_id", "customers", nullable=True),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )
    _index_where("ix_customers_deleted", "customers", ["deleted_at"], "deleted_at IS NOT NULL")
    op.create_index("ix_customers_name_key", "customers", ["name_key"])
    op.create_index("ix_customers_owner", "customers", ["owner_id", "deleted_at"])
    op.create_index("ix_customers_phone", "customers", ["phone"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        _id(),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("external_id", sa.String(128), nullable=False),
        _ref("inbox", "user_id", "users"),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("reply", sa.JSON()),
        sa.UniqueConstraint("channel", "user_id", "external_id", name="uq_inbox_channel_user_id_external_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _id(),
        sa.Column("dedupe_key", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        _ref("outbox", "user_id", "users"),
        sa.Column("channel", sa.String(32)),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("delivered_at", INSTANT),
        sa.Column("seen_at", INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_dedupe_key"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_user", "outbox", ["user_id", "id"])
    _index_where("ix_outbox_waiting", "outbox", ["id"], "delivered_at IS NULL")


def _alias_keys() -> None:
    op.create_table(
        "alias_keys",
        _id(),
        sa.Column("key", sa.String(256), nullable=False),
        _ref("alias_keys", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_alias_keys"),
    )
    op.create_index("ix_alias_keys_customer_id", "alias_keys", ["customer_id"])
    op.create_index("ix_alias_keys_key", "alias_keys", ["key"])


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        _id(),
        _ref("audit_entries", "change_set_id", "change_sets"),
        sa.Column("record_type", sa.String(16), nullable=False),
        sa.Column("record_id", BIG_ID, nullable=False),
        sa.Column("last_id", BIG_ID),
        sa.Column("op", sa.String(8), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tx", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_change_set_id", "audit_entries", ["change_set_id"])
    _index_where("ix_audit_imports", "audit_entries", ["record_type", "record_id"], "last_id IS NOT NULL")
    op.create_index("ix_audit_record", "audit_entries", ["record_type", "record_id", "id"])
    op.create_index("ix_audit_tx", "audit_entries", ["tx"])


def _contacts() -> None:
    op.create_table(
        "contacts",
        _id(),
        _ref("contacts", "customer_id", "customers"),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("title", sa.String(128)),
        sa.Column("phone", sa.String(64)),
        sa.Column("email", sa.String(256)),
        sa.Column("role", sa.String(64)),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_customer", "contacts", ["customer_id"])
    op.create_index("ix_contacts_phone", "contacts", ["phone"])


def _interactions() -> None:
    op.create_table(
        "interactions",
        _id(),
        _ref("interactions", "customer_id", "customers"),
        _ref("interactions", "user_id", "users"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_interactions"),
    )
    op.create_index("ix_interactions_customer", "interactions", ["customer_id", "occurred_at"])


def _leads() -> None:
    op.create_table(
        "leads",
        _id(),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("company", sa.String(256)),
        sa.Column("phone", sa.String(64)),
        sa.Column("source", sa.String(128)),
        sa.Column("status", sa.String(16), nullable=False),
        _ref("leads", "owner_id", "users", nullable=True),
        _ref("leads", "customer_id", "customers", nullable=True),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
    )
    op.create_index("ix_leads_name", "leads", ["name"])
    op.create_index("ix_leads_owner", "leads", ["owner_id"])
    op.create_index("ix_leads_phone", "leads", ["phone"])


def _messages() -> None:
    op.create_table(
        "messages",
        _id(),
        sa.Column(
            "conversation_id",
            sa.String(64),
            sa.ForeignKey("conversations.id", name="fk_messages_conversation_id"),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(128), nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_conversation", "messages", ["conversation_id", "id"])


def _opportunities() -> None:
    op.create_table(
        "opportunities",
        _id(),
        sa.Column("name", sa.String(256), nullable=False),
        _ref("opportunities", "customer_id", "customers"),
        _ref("opportunities", "stage_id", "stages"),
        _ref("opportunities", "owner_id", "users"),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("expected_close_date", sa.Date()),
        sa.Column("product_ids", sa.JSON(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("lost_reason", sa.Text()),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_opportunities"),
    )
    op.create_index("ix_opportunities_customer", "opportunities", ["customer_id"])
    op.create_index("ix_opportunities_name", "opportunities", ["name"])
    op.create_index(
        "ix_opportunities_owner_stage", "opportunities", ["owner_id", "stage_id", "deleted_at", "customer_id", "amount"]
    )


def _orders() -> None:
    op.create_table(
        "orders",
        _id(),
        _ref("orders", "customer_id", "customers"),
        _ref("orders", "product_id", "products"),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
    )
    op.create_index("ix_orders_customer", "orders", ["customer_id", "ordered_on"])


def _pendings() -> None:
    op.create_table(
        "pendings",
        sa.Column("id", sa.String(64)),
        sa.Column(
            "conversation_id",
            sa.String(64),
            sa.ForeignKey("conversations.id", name="fk_pendings_conversation_id"),
            nullable=False,
        ),
        _ref("pendings", "user_id", "users"),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pendings"),
    )
    op.create_index("ix_pendings_conversation_id", "pendings", ["conversation_id"])


def _notes() -> None:
    op.create_table(
        "notes",
        _id(),
        _ref("notes", "customer_id", "customers"),
        _ref("notes", "author_id", "users"),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        _ref("notes", "opportunity_id", "opportunities", nullable=True),
        sa.Column("attendees", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_customer", "notes", ["customer_id", "occurred_at"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        _id(),
        sa.Column("title", sa.Text(), nullable=False),
        _ref("tasks", "assignee_id", "users"),
        _ref("tasks", "customer_id", "customers", nullable=True),
        _ref("tasks", "opportunity_id", "opportunities", nullable=True),
        _ref("tasks", "lead_id", "leads", nullable=True),
        sa.Column("due_at", INSTANT),
        sa.Column("recurrence", sa.String(256)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("completed_at", INSTANT),
        sa.Column("reminded_for", INSTANT),
        *_bookkeeping(),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_assignee_due", "tasks", ["assignee_id", "status", "due_at"])
    op.create_index("ix_tasks_customer", "tasks", ["customer_id"])
    _index_where(
        "ix_tasks_unreminded",
        "tasks",
        ["due_at"],
        "status = 'open' AND deleted_at IS NULL AND (reminded_for IS NULL OR reminded_for <> due_at)",
    )


MAKE = (
    _documents,
    _products,
    _settings,
    _stages,
    _users,
    _change_sets,
    _conversations,
    _credentials,
    _customers,
    _inbox,
    _outbox,
    _alias_keys,
    _audit_entries,
    _contacts,
    _interactions,
    _leads,
    _messages,
    _opportunities,
    _orders,
    _pendings,
    _notes,
    _tasks,
)
