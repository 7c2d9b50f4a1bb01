"""When the clock looks at an order's limit next; indexes for what retention looks for; sums that the clock keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0043_kept_sums"
down_revision = "0042_totp_session"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIMITS = "ix_orders_limits"
WORDS = sa.text("closed_at IS NOT NULL AND (text <> '' OR place_sealed IS NOT NULL OR contact_sealed IS NOT NULL)")
SHARE = "CASE WHEN state = 'accepted' THEN 0.8 ELSE 0.75 END"  # as config/lanes.toml has them
AHEAD = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', julianday(step_at) + (julianday(step_due_at) - julianday(step_at)) * {share})",
    "postgresql": "step_at + (step_due_at - step_at) * {share}",
}


def upgrade() -> None:
    op.add_column("orders", sa.Column("look_at", sa.DateTime()))
    ahead = AHEAD[op.get_bind().dialect.name].format(share=SHARE)
    look_at = f"CASE WHEN warned_at IS NULL AND step_at IS NOT NULL THEN {ahead} ELSE step_due_at END"
    op.execute(f"UPDATE orders SET look_at = {look_at} WHERE step_due_at IS NOT NULL")
    _replace_limits("look_at")
    _add("ix_orders_words", "orders", ["closed_at"], WORDS)
    _add("ix_attachments_path", "attachments", ["id"], sa.text("path IS NOT NULL"))
    _add_sums()


def downgrade() -> None:
    for table in ("kept_figures", "recurring", "recurring_days"):
        op.drop_table(table)
    op.drop_index("ix_attachments_path", "attachments")
    op.drop_index("ix_orders_words", "orders")
    _replace_limits("step_due_at")
    op.drop_column("orders", "look_at")


def _add_sums() -> None:
    op.create_table(
        "recurring_days",
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime()),
        sa.PrimaryKeyConstraint("start", name="pk_recurring_days"),
    )
    op.create_table(
        "recurring",
        sa.Column("id", ID, nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("estate", sa.String(64)),
        sa.Column("category", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recurring"),
    )
    op.create_index("ix_recurring_start_community", "recurring", ["start", "community"])
    op.create_table(
        "kept_figures",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kept_figures"),
    )


def _replace_limits(column: str) -> None:
    op.drop_index(LIMITS, "orders")
    _add(LIMITS, "orders", [column], sa.text(f"{column} IS NOT NULL AND escalated_at IS NULL"))


def _add(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
