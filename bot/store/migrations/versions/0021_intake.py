"""Orders from a file at the console: rows that are being looked through, and what the columns of a header mean."""

import sqlalchemy as sa
from alembic import op

revision = "0021_intake"
down_revision = "0020_accounts"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "console_imports",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_console_imports_person_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_console_imports")),
    )
    op.create_index(op.f("ix_console_imports_person_id"), "console_imports", ["person_id"])
    op.create_index("ix_console_imports_expires_at", "console_imports", ["expires_at"])
    op.create_table(
        "console_mappings",
        sa.Column("header_index", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("header_index", name=op.f("pk_console_mappings")),
    )


def downgrade() -> None:
    for name in ("console_mappings", "console_imports"):
        op.drop_table(name)
