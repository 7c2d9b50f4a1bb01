"""External ids carry the name of the system they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0006_external_ids"
down_revision = "0005_role_grids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("orders") as table:
        table.alter_column("external_id", type_=sa.String(130), existing_type=sa.String(64))
    op.execute(
        "UPDATE orders SET external_id = ':' || external_id WHERE external_id IS NOT NULL"
    )  # of an unknown system


def downgrade() -> None:
    op.execute("UPDATE orders SET external_id = NULL WHERE external_id NOT LIKE ':%'")
    op.execute("UPDATE orders SET external_id = substr(external_id, 2) WHERE external_id IS NOT NULL")
    with op.batch_alter_table("orders") as table:
        table.alter_column("external_id", type_=sa.String(64), existing_type=sa.String(130))
