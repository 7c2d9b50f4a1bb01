"""The table of what a column of a file of orders means."""

from sqlalchemy import JSON, Column, String, Table

from bot.store.schema.columns import Instant, metadata

console_mappings = Table(
    "console_mappings", metadata,
    Column("header_index", String(64), primary_key=True),  # a keyed digest of the header
    Column("columns", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
)  # fmt: skip
