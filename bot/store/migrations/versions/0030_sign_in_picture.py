"""A sign-in that waits for the telephone may be shown as the platform's QR code."""

import sqlalchemy as sa
from alembic import op

revision = "0030_sign_in_picture"
down_revision = "0029_split"
branch_labels = None
depends_on = None

INDEX, WHERE = "ix_console_codes_picture", sa.text("code_sealed IS NOT NULL")


def upgrade() -> None:
    op.add_column("console_codes", sa.Column("code_sealed", sa.LargeBinary()))
    op.add_column("console_codes", sa.Column("picture", sa.String(200)))
    op.create_index(INDEX, "console_codes", ["id"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    op.drop_index(INDEX, "console_codes")
    op.drop_column("console_codes", "picture")
    op.drop_column("console_codes", "code_sealed")
