"""Tables of the tries to send a notice, and of what the platform said of them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.store.schema.columns import Id, Instant, index, metadata

attempts = Table(
    "attempts", metadata,  # to tell somebody: a row for each time a channel was tried
    Column("id", Id, primary_key=True),
    Column("notice_id", Id, ForeignKey("notices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("channel", String(20), nullable=False),  # subscription template chat reply; empty: none was reached
    Column("outcome", String(16), nullable=False),  # see bot.store.attempts
    Column("code", Integer),  # the platform's error code
    Column("message_id", String(40)),  # the platform's, for its receipt
    Column("detail", String(200)),  # the platform's words
    Index("ix_attempts_at", "at", "channel", "outcome"),  # of the last day
    index("ix_attempts_message_id", "message_id", where="message_id IS NOT NULL"),
)  # fmt: skip

receipts = Table(
    "receipts", metadata,  # of sends that are not recorded yet
    Column("message_id", String(40), primary_key=True),
    Column("status", String(64), nullable=False), Column("at", Instant, nullable=False),
)  # fmt: skip
