"""The answer book's entries as the console wrote them."""

import sqlalchemy as sa
from alembic import op

revision = "0023_answers"
down_revision = "0022_drafts"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "console_answers",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("owner_id", ID),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("category", sa.String(8), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(32)),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_console_answers_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_console_answers_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_answers")),
    )
    op.create_index("ix_console_answers_entry_id", "console_answers", ["entry", "id"])


def downgrade() -> None:
    op.drop_table("console_answers")
