"""A row for each attempt of a notice, instead of channels joined by commas and words at the start of the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0010_attempts"
down_revision = "0009_lists"
branch_labels = None
depends_on = None

CHANNELS = ("subscription", "template", "chat", "reply")
UNANSWERED = "unknown: "
NEXT = "ix_notices_state_priority_due_at"
PARTIAL = {  # table, column, condition
    "ix_attempts_message_id": ("attempts", "message_id", "message_id IS NOT NULL"),
    "ix_orders_limits": ("orders", "step_due_at", "step_due_at IS NOT NULL AND escalated_at IS NULL"),
    "ix_orders_petitions": ("orders", "petition_due_at", "petition_due_at IS NOT NULL AND petition_told_at IS NULL"),
    "ix_offers_pending": ("offers", "expires_at", "state = 'pending'"),
    "ix_orders_restricted": ("orders", "id", "lane = 'restricted'"),
}
WHOLE = {  # indexes of all rows that these take the place of
    "ix_orders_step_due_at": ("orders", "step_due_at"), "ix_orders_petition_due_at": ("orders", "petition_due_at"),
    "ix_offers_expires_at": ("offers", "expires_at"),
}  # fmt: skip
WHEN = "COALESCE(sent_at, created_at)"
# Of a card that was passed over, the reason tells whether a receipt said so.
FAILURE = (
    "CASE WHEN reason = 'failed:user block' THEN 'blocked' WHEN reason LIKE 'failed:%' THEN 'failed' ELSE 'refused' END"
)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "attempts",
        sa.Column("id", number, primary_key=True),
        sa.Column("notice_id", number, sa.ForeignKey("notices.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("code", sa.Integer),
        sa.Column("message_id", sa.String(40)),
        sa.Column("detail", sa.String(200)),
    )
    op.add_column("notices", sa.Column("taken", sa.Integer, nullable=False, server_default="0"))
    _read_out_of_text()
    op.create_index("ix_attempts_notice_id", "attempts", ["notice_id"])
    op.drop_index("ix_notices_message_id", "notices")
    for column in ("taken_by", "passed_by", "message_id"):
        op.drop_column("notices", column)
    op.alter_column("notices", "attempts", new_column_name="tries")
    op.drop_index("ix_notices_state_due_at", "notices")
    op.create_index(NEXT, "notices", ["state", "priority", "due_at", "id"])
    for name, (table, _) in WHOLE.items():
        op.drop_index(name, table)
    for name, (table, column, where) in PARTIAL.items():
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _read_out_of_text() -> None:
    """A refusal comes before what took it after all; a missing answer is the last thing that happened."""
    columns = "INSERT INTO attempts (notice_id, at, channel, outcome, message_id, detail)"
    for channel in CHANNELS:
        listed = f"',' || passed_by || ',' LIKE '%,{channel},%'"
        outcome = "'refused'" if channel != "template" else FAILURE
        op.execute(f"{columns} SELECT id, created_at, '{channel}', {outcome}, NULL, reason FROM notices WHERE {listed}")
    for channel in CHANNELS:
        listed = f"',' || taken_by || ',' LIKE '%,{channel},%'"
        outcome = "delivered" if channel == "reply" else "taken"
        known_as = "message_id" if channel == "template" else "NULL"
        rows = f"SELECT id, {WHEN}, '{channel}', '{outcome}', {known_as}, NULL FROM notices WHERE {listed}"
        op.execute(f"{columns} {rows} ORDER BY id")
        enough = "need" if channel == "reply" else "taken + 1"
        op.execute(f"UPDATE notices SET taken = {enough} WHERE {listed}")
    for channel in CHANNELS:
        said = f"reason LIKE '{UNANSWERED}{channel}:%' AND state IN ('pending', 'sending')"
        op.execute(f"{columns} SELECT id, {WHEN}, '{channel}', 'unknown', NULL, reason FROM notices WHERE {said}")


def downgrade() -> None:
    """What channels refused and what got no answer is lost: those channels are tried again."""
    for name, (table, _, _) in PARTIAL.items():
        op.drop_index(name, table)
    for name, (table, column) in WHOLE.items():
        op.create_index(name, table, [column])
    op.drop_index(NEXT, "notices")
    op.create_index("ix_notices_state_due_at", "notices", ["state", "due_at"])
    op.alter_column("notices", "tries", new_column_name="attempts")
    op.add_column("notices", sa.Column("message_id", sa.String(40)))
    op.add_column("notices", sa.Column("taken_by", sa.String(40), nullable=False, server_default=""))
    op.add_column("notices", sa.Column("passed_by", sa.String(80), nullable=False, server_default=""))
    for channel in CHANNELS:
        took = f"a.channel = '{channel}' AND a.outcome IN ('taken', 'delivered', 'assumed')"
        mine = f"EXISTS (SELECT 1 FROM attempts a WHERE a.notice_id = notices.id AND {took})"
        joined = f"CASE taken_by WHEN '' THEN '{channel}' ELSE taken_by || ',{channel}' END"
        op.execute(f"UPDATE notices SET taken_by = {joined} WHERE {mine}")
    newest = "SELECT MAX(a.message_id) FROM attempts a WHERE a.notice_id = notices.id"
    op.execute(f"UPDATE notices SET message_id = ({newest})")
    op.create_index("ix_notices_message_id", "notices", ["message_id"])
    op.drop_column("notices", "taken")
    op.drop_table("attempts")
