"""The work at the console: conversations that wait for a person, orders put aside, saved views and replies."""

import sqlalchemy as sa
from alembic import op

revision = "0024_console_work"
down_revision = "0023_answers"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in columns.items()
    ]


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("reason", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime()),
        sa.Column("done_by", ID),
        *_references("handovers", order_id="orders", person_id="persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_order_id", "handovers", ["order_id"])
    op.create_index("ix_handovers_person_id", "handovers", ["person_id"])
    is_open = sa.text("done_at IS NULL")
    op.create_index("ix_handovers_open", "handovers", ["id"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "asides",
        sa.Column("order_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("until", sa.DateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        *_references("asides", order_id="orders", person_id="persons"),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_asides")),
    )
    op.create_index("ix_asides_person_id", "asides", ["person_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("query", sa.String(500), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        *_references("saved_views", person_id="persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_person_id", "saved_views", ["person_id"])
    op.create_index("ix_saved_views_shared", "saved_views", ["shared", "id"])
    op.create_table(
        "saved_replies",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("command", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        *_references("saved_replies", person_id="persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_replies")),
    )
    op.create_index("ix_saved_replies_person_id", "saved_replies", ["person_id"])


def downgrade() -> None:
    for table in ("saved_replies", "saved_views", "asides", "handovers"):
        op.drop_table(table)
