"""Broadcasts in full: versions and approvals, rounds of reminding, what each recipient answered, preferences."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0027_broadcasts"
down_revision = "0026_settings"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OLD, NEW = "uq_notices_broadcast_id_person_id", "uq_notices_broadcast_id_person_id_round"
REMINDERS, OPEN_REMINDERS = "ix_notices_reminders", "broadcast_id IS NOT NULL AND acked_at IS NULL"
PENDING, IS_PENDING = "ix_notices_pending_broadcasts", "broadcast_id IS NOT NULL AND state = 'pending'"
PARTIAL = {  # table, column, condition
    "ix_broadcasts_due_from": ("broadcasts", "due_from", "due_from IS NOT NULL"),
    "ix_broadcasts_next_round_at": ("broadcasts", "next_round_at", "next_round_at IS NOT NULL"),
    "ix_broadcast_preferences_service": ("broadcast_preferences", "person_id", "service_at IS NOT NULL"),
}
TABLES = ("broadcast_preferences", "broadcast_people", "broadcast_approvals")


def _columns() -> list[sa.Column]:
    return [
        sa.Column("details", sa.JSON()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("digest", sa.String(64), nullable=False, server_default=""),
        sa.Column("template", sa.String(40)), sa.Column("template_version", sa.Integer()),
        sa.Column("occasion", sa.String(64)),
        sa.Column("year", sa.Integer()), sa.Column("number", sa.Integer()),
        sa.Column("approvals_needed", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("due_from", sa.DateTime()), sa.Column("hold_until", sa.DateTime()),
        sa.Column("started_at", sa.DateTime()), sa.Column("ended_at", sa.DateTime()), sa.Column("closed_at", sa.DateTime()),
        sa.Column("rounds", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_round_at", sa.DateTime()),
    ]  # fmt: skip


def _partial(name: str, table: str, columns: list[str], where: str, **more: bool) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where), **more)


def upgrade() -> None:
    with op.batch_alter_table("broadcasts") as table:
        for column in _columns():
            table.add_column(column)
        table.alter_column("author_id", existing_type=ID, nullable=True)
        table.create_unique_constraint(op.f("uq_broadcasts_occasion"), ["occasion"])
        table.create_unique_constraint(op.f("uq_broadcasts_year_number"), ["year", "number"])
    op.drop_index(REMINDERS, "notices")
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint(op.f(OLD), type_="unique")
        table.create_unique_constraint(op.f(NEW), ["broadcast_id", "person_id", "round"])
    _partial(REMINDERS, "notices", ["person_id", "id"], f"{OPEN_REMINDERS} AND round = 0")
    _partial(PENDING, "notices", ["broadcast_id", "due_at", "id"], IS_PENDING)
    _make_tables()
    for name, (of, column, where) in PARTIAL.items():
        _partial(name, of, [column], where)
    _fill()


def _make_tables() -> None:
    def whose() -> list[object]:
        return [
            sa.Column("id", ID, primary_key=True),
            sa.Column("broadcast_id", ID, sa.ForeignKey("broadcasts.id"), nullable=False),
            sa.Column("person_id", ID, sa.ForeignKey("persons.id"), nullable=False),
        ]

    op.create_table(
        "broadcast_approvals", *whose(),
        sa.Column("version", sa.Integer(), nullable=False), sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False), sa.Column("note", sa.Text()),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint(
            "broadcast_id", "person_id", "version", name=op.f("uq_broadcast_approvals_broadcast_id_person_id_version")
        ),
    )  # fmt: skip
    op.create_index("ix_broadcast_approvals_person_id", "broadcast_approvals", ["person_id"])
    op.create_table(
        "broadcast_people", *whose(),
        sa.Column("coming", sa.Boolean()), sa.Column("reason_sealed", sa.LargeBinary()),
        sa.Column("answered_at", sa.DateTime()), sa.Column("signed_in_at", sa.DateTime()),
        sa.Column("told_offline_at", sa.DateTime()),
        sa.Column("told_offline_by_id", ID, sa.ForeignKey("persons.id")), sa.Column("told_offline_how", sa.String(16)),
        sa.UniqueConstraint("broadcast_id", "person_id", name=op.f("uq_broadcast_people_broadcast_id_person_id")),
    )  # fmt: skip
    op.create_index("ix_broadcast_people_person_id", "broadcast_people", ["person_id"])
    op.create_table(
        "broadcast_preferences",
        sa.Column("person_id", ID, sa.ForeignKey("persons.id"), primary_key=True),
        sa.Column("muted", sa.JSON(), nullable=False), sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("service", sa.Boolean(), nullable=False), sa.Column("service_at", sa.DateTime()),
    )  # fmt: skip


def _fill() -> None:
    """What is on its way goes on; what was sent is not reminded of; who approved has approved the first version."""
    op.execute(
        "UPDATE broadcasts SET due_from = COALESCE(send_at, approved_at) WHERE state IN ('scheduled', 'sending')"
    )
    op.execute("UPDATE broadcasts SET started_at = COALESCE(send_at, approved_at) WHERE state IN ('sending', 'sent')")
    op.execute("UPDATE broadcasts SET ended_at = started_at WHERE state = 'sent'")
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, kind, title, body FROM broadcasts")).all()
    for row in rows:
        said = {"kind": row.kind, "title": row.title, "body": row.body, "details": None}
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        statement = sa.text("UPDATE broadcasts SET digest = :digest WHERE id = :id")
        connection.execute(statement, {"digest": digest, "id": row.id})
    op.execute(
        "INSERT INTO broadcast_approvals (broadcast_id, person_id, version, digest, decision, note, at) "
        "SELECT id, approver_id, 1, digest, CASE state WHEN 'rejected' THEN 'rejected' ELSE 'approved' END, note, "
        "COALESCE(approved_at, created_at) FROM broadcasts WHERE approver_id IS NOT NULL"
    )


def downgrade() -> None:
    """Rounds of reminding are lost, as are versions and answers; what the older program does not know is over."""
    op.execute("DELETE FROM broadcasts WHERE author_id IS NULL")
    op.execute("UPDATE broadcasts SET state = 'sending' WHERE state = 'paused'")
    op.execute("UPDATE broadcasts SET state = 'review' WHERE state = 'draft'")
    op.execute("UPDATE broadcasts SET state = 'rejected' WHERE state = 'recalled'")
    op.execute("DELETE FROM attempts WHERE notice_id IN (SELECT id FROM notices WHERE round > 0)")
    op.execute("DELETE FROM notices WHERE round > 0")
    for name, (of, _, _) in PARTIAL.items():
        op.drop_index(name, of)
    for name in TABLES:
        op.drop_table(name)
    op.drop_index(PENDING, "notices")
    op.drop_index(REMINDERS, "notices")
    with op.batch_alter_table("notices") as table:
        table.drop_constraint(op.f(NEW), type_="unique")
        table.create_unique_constraint(op.f(OLD), ["broadcast_id", "person_id"])
        table.drop_column("round")
    _partial(REMINDERS, "notices", ["person_id", "id"], OPEN_REMINDERS)
    with op.batch_alter_table("broadcasts") as table:
        table.alter_column("author_id", existing_type=ID, nullable=False)
        table.drop_constraint(op.f("uq_broadcasts_occasion"), type_="unique")
        table.drop_constraint(op.f("uq_broadcasts_year_number"), type_="unique")
        for column in _columns():
            table.drop_column(column.name)
