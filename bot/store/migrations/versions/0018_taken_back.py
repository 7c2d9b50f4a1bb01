"""What an order was before an action that may be taken back; who did what last; what is late, the most urgent first."""

import sqlalchemy as sa
from alembic import op

revision = "0018_taken_back"
down_revision = "0017_keys"
branch_labels = None
depends_on = None

BEFORE, AFTER, DUE = "ix_history_by_id", "ix_history_by_id_id", "ix_orders_due"


def upgrade() -> None:
    op.add_column("history", sa.Column("previous", sa.JSON()))
    op.create_index(AFTER, "history", ["by_id", "id"])
    op.drop_index(BEFORE, "history")
    ours = sa.text("state IN ('submitted', 'open', 'offered', 'accepted')")
    columns = ["community", "urgency", "due_at", "id"]
    op.create_index(DUE, "orders", columns, sqlite_where=ours, postgresql_where=ours)


def downgrade() -> None:
    op.drop_index(DUE, "orders")
    op.create_index(BEFORE, "history", ["by_id"])
    op.drop_index(AFTER, "history")
    with op.batch_alter_table("history") as changed:
        changed.drop_column("previous")
