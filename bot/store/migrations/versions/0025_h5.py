"""The pages inside WeChat: who is signed in, and sign-ins that wait for the platform's word."""

import sqlalchemy as sa
from alembic import op

revision = "0025_h5"
down_revision = "0024_console_work"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "h5_sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("token_index", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_h5_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_h5_sessions")),
        sa.UniqueConstraint("token_index", name=op.f("uq_h5_sessions_token_index")),
    )
    op.create_index(op.f("ix_h5_sessions_person_id"), "h5_sessions", ["person_id"])
    op.create_index("ix_h5_sessions_created_at", "h5_sessions", ["created_at"])
    op.create_table(
        "h5_sign_ins",
        sa.Column("id", ID, nullable=False),
        sa.Column("state_index", sa.String(64), nullable=False),
        sa.Column("browser_index", sa.String(64), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("person_id", ID),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_h5_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_h5_sign_ins")),
        sa.UniqueConstraint("state_index", name=op.f("uq_h5_sign_ins_state_index")),
    )
    op.create_index(op.f("ix_h5_sign_ins_person_id"), "h5_sign_ins", ["person_id"])
    op.create_index("ix_h5_sign_ins_created_at", "h5_sign_ins", ["created_at"])


def downgrade() -> None:
    for table in ("h5_sign_ins", "h5_sessions"):
        op.drop_table(table)
