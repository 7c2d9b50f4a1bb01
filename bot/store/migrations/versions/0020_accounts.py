"""Signing in to the staff console: accounts, sessions, one-time codes."""

import sqlalchemy as sa
from alembic import op

revision = "0020_accounts"
down_revision = "0019_waiting"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("totp_sealed", sa.LargeBinary()),
        sa.Column("totp_next_sealed", sa.LargeBinary()),
        sa.Column("totp_last_step", sa.BigInteger()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime()),
        sa.Column("changed_at", sa.DateTime()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_accounts")),
    )
    op.create_table(
        "console_sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("token_index", sa.String(64), nullable=False),
        sa.Column("must_enrol", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_console_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_sessions")),
        sa.UniqueConstraint("token_index", name=op.f("uq_console_sessions_token_index")),
    )
    op.create_index(op.f("ix_console_sessions_person_id"), "console_sessions", ["person_id"])
    op.create_index("ix_console_sessions_created_at", "console_sessions", ["created_at"])
    op.create_table(
        "console_codes",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("code_index", sa.String(64)),
        sa.Column("browser_index", sa.String(64)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime()),
        sa.Column("address", sa.String(64)),
        sa.Column("agent", sa.String(64)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_console_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_codes")),
        sa.UniqueConstraint("browser_index", name=op.f("uq_console_codes_browser_index")),
    )
    op.create_index(op.f("ix_console_codes_person_id"), "console_codes", ["person_id"])
    op.create_index("ix_console_codes_expires_at", "console_codes", ["expires_at"])
    unused = sa.text("used_at IS NULL")
    op.create_index(
        "ix_console_codes_code_index", "console_codes", ["code_index"], sqlite_where=unused, postgresql_where=unused
    )


def downgrade() -> None:
    for name in ("console_codes", "console_sessions", "accounts"):
        op.drop_table(name)
