"""Indexes for the metrics of the last day, for messages that failed, and for what recurs at one place; orders that are
compared with a new one are found among the open ones alone, the newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0011_figures_of_a_day"
down_revision = "0010_attempts"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_attempts_at": ("attempts", ["at", "channel", "outcome"]),
    "ix_orders_repeated": ("orders", ["community", "created_at", "lane", "estate", "category", "outcome"]),
}
FAILED = "ix_inbound_failure"
COMPARED = {
    "ix_orders_alike": ["community", "category"],
    "ix_orders_person_id_category": ["person_id", "category"],
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    is_open = sa.text("state <> 'closed'")
    for name, columns in COMPARED.items():
        op.drop_index(name, "orders")
        op.create_index(name, "orders", [*columns, "id"], sqlite_where=is_open, postgresql_where=is_open)
    failed = sa.text("failure IS NOT NULL")
    op.create_index(FAILED, "inbound", ["received_at"], sqlite_where=failed, postgresql_where=failed)


def downgrade() -> None:
    for name, columns in COMPARED.items():
        op.drop_index(name, "orders")
        op.create_index(name, "orders", [*columns, "state", "id"])
    op.drop_index(FAILED, "inbound")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
