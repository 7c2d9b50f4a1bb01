"""Figures are counted by indexes that hold all they need; orders that were reopened have one of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0028_figures_in_sql"
down_revision = "0027_broadcasts"
branch_labels = None
depends_on = None

WIDER = {  # the columns before, and now
    "ix_orders_created_at_id": ("orders", ["created_at", "id"], ["created_at", "id", "lane", "community", "urgency"]),
    "ix_orders_closed_at": ("orders", ["closed_at"], ["closed_at", "lane", "community"]),
    "ix_history_order_id": ("history", ["order_id"], ["order_id", "id", "at", "action", "state"]),
}
REOPENED = "ix_orders_reopened"


def upgrade() -> None:
    for name, (table, _, columns) in WIDER.items():
        _replace(name, table, columns)
    again = sa.text("round > 0")
    op.create_index(REOPENED, "orders", ["closed_at"], sqlite_where=again, postgresql_where=again)


def downgrade() -> None:
    op.drop_index(REOPENED, "orders")
    for name, (table, columns, _) in WIDER.items():
        _replace(name, table, columns)


def _replace(name: str, table: str, columns: list[str]) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, columns)
