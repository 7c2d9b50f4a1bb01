"""Keys of the installation's own, encrypted with DATA_KEY. `db upgrade` fills the table, since a migration has no keys."""

import sqlalchemy as sa
from alembic import op

revision = "0017_keys"
down_revision = "0016_deletions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_keys",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stored_keys")),
    )


def downgrade() -> None:
    op.drop_table("stored_keys")
