"""The words of a rating stand in its line of history alone, sealed; an order that left the box is marked, since its words
and whom they are about stay there."""

import sqlalchemy as sa
from alembic import op

revision = "0012_left_box"
down_revision = "0011_figures_of_a_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("orders", "rating_text")
    op.add_column("orders", sa.Column("left_box", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "left_box")
    op.add_column("orders", sa.Column("rating_text", sa.Text(), nullable=True))
