"""A new order and a new notice are written into fewer indexes: none that another one begins with, nor rows without a value."""

import sqlalchemy as sa
from alembic import op

revision = "0040_fewer_indexes"
down_revision = "0039_granted_approvals"
branch_labels = None
depends_on = None

COVERED = {"ix_orders_community": ("orders", ["community"]), "ix_notices_person_id": ("notices", ["person_id"])}
FILLED = {  # of which rows alone
    "ix_orders_handler_id": ["handler_id"],
    "ix_orders_merged_into_id": ["merged_into_id"],
    "ix_orders_closed_at": ["closed_at", "lane", "community"],
}


def upgrade() -> None:
    for name, (table, _) in COVERED.items():
        op.drop_index(name, table)
    for name, columns in FILLED.items():
        _replace(name, columns, sa.text(f"{columns[0]} IS NOT NULL"))


def downgrade() -> None:
    for name, columns in FILLED.items():
        _replace(name, columns, None)
    for name, (table, columns) in COVERED.items():
        op.create_index(name, table, columns)


def _replace(name: str, columns: list[str], where: sa.TextClause | None) -> None:
    op.drop_index(name, "orders")
    op.create_index(name, "orders", columns, sqlite_where=where, postgresql_where=where)
