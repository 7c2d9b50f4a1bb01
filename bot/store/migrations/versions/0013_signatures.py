"""A signature of the platform serves once: it stands beside the key of the message that it brought."""

import sqlalchemy as sa
from alembic import op

revision = "0013_signatures"
down_revision = "0012_left_box"
branch_labels = None
depends_on = None

UNIQUE = "uq_inbound_signature"


def upgrade() -> None:
    with op.batch_alter_table("inbound") as table:
        table.add_column(sa.Column("signature", sa.String(40)))
        table.create_unique_constraint(UNIQUE, ["signature"])


def downgrade() -> None:
    with op.batch_alter_table("inbound") as table:
        table.drop_constraint(UNIQUE, type_="unique")
        table.drop_column("signature")
