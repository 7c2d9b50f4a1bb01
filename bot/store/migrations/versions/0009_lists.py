"""Indexes of the reads that every message makes: lists, similar orders, merged orders, notices that wait for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0009_lists"
down_revision = "0008_figures"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_orders_state_urgency": ("orders", ["state", "urgency", "id"]),
    "ix_orders_community_created_at": ("orders", ["community", "created_at", "id"]),
    "ix_orders_alike": ("orders", ["community", "category", "state", "id"]),
    "ix_orders_person_id_category": ("orders", ["person_id", "category", "state", "id"]),
    "ix_orders_merged_into_id": ("orders", ["merged_into_id"]),
    "ix_notices_person_id_state": ("notices", ["person_id", "state"]),
}
BY_STATE, TWO_NEEDED = "ix_orders_state_community", "ix_notices_two_needed"


def upgrade() -> None:
    op.drop_index(BY_STATE, "orders")
    op.create_index(BY_STATE, "orders", ["state", "community", "urgency", "id"])
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    needed = sa.text("need > 1")
    op.create_index(TWO_NEEDED, "notices", ["person_id", "created_at"], sqlite_where=needed, postgresql_where=needed)


def downgrade() -> None:
    op.drop_index(TWO_NEEDED, "notices")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_index(BY_STATE, "orders")
    op.create_index(BY_STATE, "orders", ["state", "community"])
