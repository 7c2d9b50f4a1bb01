"""Tables of the work at the console: who asked for a person, what is put aside, saved views and replies."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.schema.columns import Id, Instant, index, metadata, order, person

handovers = Table(
    "handovers", metadata,  # a conversation that waits for a person
    Column("id", Id, primary_key=True),
    order(), person(),  # the resident
    Column("reason", String(8), nullable=False),  # asked: for a person; lost: the bot did not understand twice
    Column("at", Instant, nullable=False),
    Column("done_at", Instant), Column("done_by", Id),
    index("ix_handovers_open", "id", where="done_at IS NULL"),
)  # fmt: skip

asides = Table(
    "asides", metadata,  # orders that somebody does not want to see for a while
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    person(),  # who put it aside
    Column("until", Instant),  # None: until the order changes
    Column("version", Integer, nullable=False),  # of the order then; once it has changed, it is back
)  # fmt: skip

saved_views = Table(
    "saved_views", metadata,
    Column("id", Id, primary_key=True),
    person(),  # whose
    Column("name", String(32), nullable=False),
    Column("query", String(500), nullable=False),  # of the board's address
    Column("shared", Boolean, nullable=False),  # all who have a board see it; each sees own orders alone through it
    Index("ix_saved_views_shared", "shared", "id"),
)  # fmt: skip

saved_replies = Table(
    "saved_replies", metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(32), nullable=False),
    Column("command", String(16), nullable=False),  # what it is for: see bot.services.console.acts
    Column("words", Text, nullable=False),
    person(),  # who wrote it
)  # fmt: skip
