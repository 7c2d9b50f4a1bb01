"""Indexes for the metrics of the last day, for messages that failed, and for what recurs at one place."""

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


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    failed = sa.text("failure IS NOT NULL")
    op.create_index(FAILED, "inbound", ["received_at"], sqlite_where=failed, postgresql_where=failed)


def downgrade() -> None:
    op.drop_index(FAILED, "inbound")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
