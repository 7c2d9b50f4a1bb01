"""What waits for an answer of one person: reminders without acknowledgement, broadcasts under review."""

import sqlalchemy as sa
from alembic import op

revision = "0019_waiting"
down_revision = "0018_taken_back"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_notices_reminders", "notices", ["person_id", "id"], "broadcast_id IS NOT NULL AND acked_at IS NULL"),
    ("ix_broadcasts_review", "broadcasts", ["id"], "state = 'review'"),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
