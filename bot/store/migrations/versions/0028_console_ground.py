"""Figures are counted by indexes that hold all they need; what waits at the console for its confirmation is one table."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028_console_ground"
down_revision = "0027_broadcasts"
branch_labels = None
depends_on = None

WIDER = {  # the columns before, and now
    "ix_orders_created_at_id": ("orders", ["created_at", "id"], ["created_at", "id", "lane", "community", "urgency"]),
    "ix_orders_closed_at": ("orders", ["closed_at"], ["closed_at", "lane", "community"]),
    "ix_history_order_id": ("history", ["order_id"], ["order_id", "id", "at", "action", "state"]),
}
REOPENED = "ix_orders_reopened"
DRAFTS, IMPORTS = "console_drafts", "console_imports"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name, (table, _, columns) in WIDER.items():
        _replace(name, table, columns)
    again = sa.text("round > 0")
    op.create_index(REOPENED, "orders", ["closed_at"], sqlite_where=again, postgresql_where=again)
    for name in (DRAFTS, IMPORTS):  # what they hold lives half an hour, and is uploaded again
        op.drop_table(name)
    _create(DRAFTS, "key", ["data_sealed"], sa.Column("kind", sa.String(16), nullable=False))
    op.create_index("ix_console_drafts_created_at", DRAFTS, ["created_at"])


def downgrade() -> None:
    op.drop_table(DRAFTS)
    _create(DRAFTS, "id", ["data_sealed"], sa.Column("kind", sa.String(16), nullable=False))
    op.create_index("ix_console_drafts_created_at", DRAFTS, ["created_at"])
    more = sa.Column("columns", sa.JSON(), nullable=False), sa.Column("expires_at", sa.DateTime(), nullable=False)
    _create(IMPORTS, "key", ["rows_sealed"], *more)
    op.create_index("ix_console_imports_expires_at", IMPORTS, ["expires_at"])
    op.drop_index(REOPENED, "orders")
    for name, (table, columns, _) in WIDER.items():
        _replace(name, table, columns)


def _replace(name: str, table: str, columns: list[str]) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, columns)


def _create(name: str, key: str, sealed: list[str], *more: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column(key, sa.String(32) if key == "key" else ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        *more,
        *(sa.Column(each, sa.LargeBinary(), nullable=False) for each in sealed),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f(f"fk_{name}_person_id")),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])
