"""The limit that another system has set, beside the office's own; lists in the order of the limit that counts."""

import sqlalchemy as sa
from alembic import op

revision = "0036_limit_at"
down_revision = "0035_exclusions"
branch_labels = None
depends_on = None

NEVER = sa.text("'9999-12-31 00:00:00.000000'")
COUNTING = """UPDATE orders SET limit_at = CASE
 WHEN urgency IN ('U0', 'U1') AND state IN ('submitted', 'offered') AND step_due_at < due_at THEN step_due_at ELSE due_at END
 WHERE due_at IS NOT NULL"""
OPEN = sa.text("state IN ('submitted', 'open', 'offered', 'accepted')")
INDEXES = {  # the columns before the limit, what stood for the limit, and of which rows
    "ix_orders_state_community": (["state", "community", "urgency"], [], None),
    "ix_orders_state_urgency": (["state", "urgency"], [], None),
    "ix_orders_due": (["community", "urgency"], ["due_at"], OPEN),
}


def upgrade() -> None:
    op.add_column("orders", sa.Column("external_due_at", sa.DateTime()))
    op.add_column("orders", sa.Column("limit_at", sa.DateTime(), nullable=False, server_default=NEVER))
    op.execute(COUNTING)
    for name, (head, _, where) in INDEXES.items():
        _replace(name, [*head, "limit_at", "id"], where)


def downgrade() -> None:
    for name, (head, before, where) in INDEXES.items():
        _replace(name, [*head, *before, "id"], where)
    op.drop_column("orders", "limit_at")
    op.drop_column("orders", "external_due_at")


def _replace(name: str, columns: list[str], where: sa.TextClause | None) -> None:
    op.drop_index(name, "orders")
    op.create_index(name, "orders", columns, sqlite_where=where, postgresql_where=where)
