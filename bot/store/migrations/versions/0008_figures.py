"""Indexes for the figures: the orders received and closed within a period."""

from alembic import op

revision = "0008_figures"
down_revision = "0006_external_ids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_orders_created_at_id", "orders", ["created_at", "id"], if_not_exists=True)
    op.create_index("ix_orders_closed_at", "orders", ["closed_at"])


def downgrade() -> None:
    op.drop_index("ix_orders_closed_at", "orders")
