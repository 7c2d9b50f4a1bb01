"""Who was left out of a mass send, since the platform takes the call for nobody while it names them."""

import sqlalchemy as sa
from alembic import op

revision = "0041_left_out"
down_revision = "0040_fewer_indexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mass_sends", sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("mass_recipients", sa.Column("left_out", sa.Integer()))


def downgrade() -> None:
    op.drop_column("mass_recipients", "left_out")
    op.drop_column("mass_sends", "left_out")
