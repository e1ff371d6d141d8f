"""Earlier versions of documents, so that a citation leads to the text that it was taken from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "document_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True),
        sa.Column("path", sa.String(512), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("front_matter", sa.JSON(), nullable=False),
        sa.Column("updated_at", instant, nullable=False),
        sa.Column("replaced_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_versions"),
    )
    op.create_index("ix_document_versions_path", "document_versions", ["path", "replaced_at"])


def downgrade() -> None:
    """Take the table away, with all earlier versions."""
    op.drop_table("document_versions")
