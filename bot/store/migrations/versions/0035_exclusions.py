"""Whom an order outside the box is kept from. `db upgrade` fills the table for what is there already."""

import sqlalchemy as sa
from alembic import op

revision = "0035_exclusions"
down_revision = "0033_digests"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("orders", sa.Column("excludes", sa.Boolean(), nullable=True))
    op.create_table(
        "exclusions",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_exclusions_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")),
        sa.UniqueConstraint("order_id", "reader", name=op.f("uq_exclusions_order_id_reader")),
    )
    op.create_index("ix_exclusions_reader", "exclusions", ["reader"])


def downgrade() -> None:
    op.drop_table("exclusions")
    op.drop_column("orders", "excludes")
