"""One message a day for what is no duty, and who signed somebody in by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0033_digests"
down_revision = "0032_mass_sends"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PENDING, IS_PENDING = "ix_notices_pending_broadcasts", "broadcast_id IS NOT NULL AND state = 'pending'"
IN_DIGEST, IS_IN_DIGEST = "ix_notices_digest_id", "digest_id IS NOT NULL"
COLLECTED, BROADCAST = 8, 7  # priorities


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "notices", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    """What waits for its hour already goes into the digest too."""
    op.add_column("notices", sa.Column("digest_id", ID))
    op.drop_index(PENDING, "notices")
    _partial(PENDING, ["broadcast_id", "priority", "due_at", "id"], IS_PENDING)
    _partial(IN_DIGEST, ["digest_id"], IS_IN_DIGEST)
    with op.batch_alter_table("broadcast_people") as table:
        table.add_column(sa.Column("signed_in_by_id", ID))
        table.create_foreign_key(op.f("fk_broadcast_people_signed_in_by_id"), "persons", ["signed_in_by_id"], ["id"])
    op.execute(
        f"UPDATE notices SET priority = {COLLECTED} WHERE state = 'pending' AND round = 0 AND tries = 0"
        " AND broadcast_id IN (SELECT id FROM broadcasts WHERE kind IN ('bulletin', 'service') AND due_from < notices.due_at)"
        " AND person_id IN (SELECT person_id FROM broadcast_preferences WHERE digest)"
    )


def downgrade() -> None:
    """What waits goes out one by one; the messages of a day that were not sent are gone."""
    op.execute(f"UPDATE notices SET priority = {BROADCAST} WHERE priority = {COLLECTED}")
    op.execute("DELETE FROM attempts WHERE notice_id IN (SELECT id FROM notices WHERE event = 'broadcast_digest')")
    op.execute("DELETE FROM notices WHERE event = 'broadcast_digest'")
    with op.batch_alter_table("broadcast_people") as table:
        table.drop_constraint(op.f("fk_broadcast_people_signed_in_by_id"), type_="foreignkey")
        table.drop_column("signed_in_by_id")
    op.drop_index(IN_DIGEST, "notices")
    op.drop_index(PENDING, "notices")
    op.drop_column("notices", "digest_id")
    _partial(PENDING, ["broadcast_id", "due_at", "id"], IS_PENDING)
