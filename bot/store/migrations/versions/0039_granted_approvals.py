"""Whether an approval of a broadcast was given by the scope of a token, which needs no approver's role."""

import sqlalchemy as sa
from alembic import op

revision = "0039_granted_approvals"
down_revision = "0036_limit_at"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("broadcast_approvals", sa.Column("granted", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("broadcast_approvals", "granted")
