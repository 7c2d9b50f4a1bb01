"""Drafts of the console; the audit is read by day, act and person, newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0022_drafts"
down_revision = "0021_intake"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "console_drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_console_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_drafts")),
    )
    op.create_index(op.f("ix_console_drafts_person_id"), "console_drafts", ["person_id"])
    op.create_index("ix_console_drafts_created_at", "console_drafts", ["created_at"])
    op.drop_index("ix_audit_whose_id", "audit")
    op.create_index("ix_audit_whose_id", "audit", ["whose_id", "at", "id"])
    op.create_index("ix_audit_who_id", "audit", ["who_id", "at", "id"])
    op.create_index("ix_audit_act", "audit", ["act", "at", "id"])
    op.create_index("ix_audit_at", "audit", ["at", "id"])
    named = sa.text("name IS NOT NULL")
    op.create_index("ix_persons_name", "persons", ["name"], sqlite_where=named, postgresql_where=named)


def downgrade() -> None:
    op.drop_index("ix_persons_name", "persons")
    for name in ("ix_audit_at", "ix_audit_act", "ix_audit_who_id", "ix_audit_whose_id"):
        op.drop_index(name, "audit")
    op.create_index("ix_audit_whose_id", "audit", ["whose_id", "id"])
    op.drop_table("console_drafts")
