"""How much one person may say in a minute and guess in an hour; tokens that end and that reach one community."""

import sqlalchemy as sa
from alembic import op

revision = "0014_limits"
down_revision = "0013_signatures"
branch_labels = None
depends_on = None

ADDED = {
    "persons": {
        "said_from": sa.DateTime(), "said_count": sa.Integer(), "missed_from": sa.DateTime(), "missed_count": sa.Integer(),
        "claims_blocked_until": sa.DateTime(),
    },
    "tokens": {"community": sa.String(32), "expires_at": sa.DateTime(), "revoked_at": sa.DateTime()},
}  # fmt: skip


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))


def downgrade() -> None:
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as changed:
            for name in columns:
                changed.drop_column(name)
