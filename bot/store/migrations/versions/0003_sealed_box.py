"""The sealed box of restricted matters, and the dates of registered petitions.

It makes tables and columns only. `db upgrade` then moves the words of older restricted orders into the box, since a
migration has no keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PETITION = ("petition_at", "petition_due_at", "petition_told_at", "petition_warned_at", "petition_escalated_at")


def upgrade() -> None:
    op.create_table(
        "sealed_matters",
        sa.Column("order_id", ID, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("excluded_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_sealed_matters_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_sealed_matters")),
    )
    op.create_table(
        "sealed_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("history_id", ID, nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_sealed_notes_order_id")),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name=op.f("fk_sealed_notes_history_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_notes")),
    )
    op.create_index(op.f("ix_sealed_notes_order_id"), "sealed_notes", ["order_id"], unique=False)
    op.create_index(op.f("ix_sealed_notes_history_id"), "sealed_notes", ["history_id"], unique=False)
    for name in PETITION:
        op.add_column("orders", sa.Column(name, sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_orders_petition_due_at"), "orders", ["petition_due_at"], unique=False)
