"""Requests to delete what is known of somebody, and since when a person is bound to another device."""

import sqlalchemy as sa
from alembic import op

revision = "0016_deletions"
down_revision = "0015_audit"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("openid_index", sa.String(64), nullable=False),
        sa.Column("order_id", ID),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime()),
        sa.Column("confirmed_by", ID),
        sa.Column("done_at", sa.DateTime()),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("run_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
        sa.UniqueConstraint("order_id", name=op.f("uq_deletions_order_id")),
    )
    for name in ("person_id", "openid_index"):
        op.create_index(f"ix_deletions_{name}", "deletions", [name])
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_deletions_open", "deletions", ["id"], sqlite_where=is_open, postgresql_where=is_open)
    op.add_column("persons", sa.Column("moved_at", sa.DateTime()))


def downgrade() -> None:
    op.drop_column("persons", "moved_at")
    op.drop_table("deletions")
