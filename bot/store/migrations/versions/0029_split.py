"""An order that was made out of part of another one's words knows that one."""

import sqlalchemy as sa
from alembic import op

revision = "0029_split"
down_revision = "0028_console_ground"
branch_labels = None
depends_on = None

INDEX, WHERE = "ix_orders_split_from_id", sa.text("split_from_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("orders", sa.Column("split_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.create_index(INDEX, "orders", ["split_from_id"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    op.drop_index(INDEX, "orders")
    op.drop_column("orders", "split_from_id")
