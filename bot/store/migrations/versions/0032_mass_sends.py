"""Mass sends of broadcasts, and how many of them a person got in a month."""

import sqlalchemy as sa
from alembic import op

revision = "0032_mass_sends"
down_revision = "0031_group_posts"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("persons", sa.Column("mass_month", sa.Integer()))
    op.add_column("persons", sa.Column("mass_count", sa.Integer()))
    op.create_table(
        "mass_sends",
        sa.Column("id", ID, nullable=False),
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("message_id", sa.String(40)),
        sa.Column("status", sa.String(32)),
        sa.Column("admitted", sa.Integer()),
        sa.Column("arrived", sa.Integer()),
        sa.Column("failed", sa.Integer()),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("fk_mass_sends_broadcast_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mass_sends")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mass_sends_message_id")),
    )
    op.create_index(op.f("ix_mass_sends_broadcast_id"), "mass_sends", ["broadcast_id"])
    op.create_table(
        "mass_recipients",
        sa.Column("notice_id", ID, nullable=False),
        sa.Column("mass_id", ID, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_mass_recipients_notice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["mass_id"], ["mass_sends.id"], name=op.f("fk_mass_recipients_mass_id")),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_mass_recipients")),
    )
    op.create_index(op.f("ix_mass_recipients_mass_id"), "mass_recipients", ["mass_id"])


def downgrade() -> None:
    op.drop_table("mass_recipients")
    op.drop_table("mass_sends")
    op.drop_column("persons", "mass_count")
    op.drop_column("persons", "mass_month")
