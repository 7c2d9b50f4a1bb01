"""Which session asked for a secret of one-time passwords that no code has confirmed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0042_totp_session"
down_revision = "0041_left_out"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("accounts", sa.Column("totp_next_session_id", ID))
    op.execute("UPDATE accounts SET totp_next_sealed = NULL")  # of nobody knows which session


def downgrade() -> None:
    op.drop_column("accounts", "totp_next_session_id")
