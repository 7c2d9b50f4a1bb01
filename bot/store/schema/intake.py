"""Tables of orders from a file: the rows of a file that is being looked through, and which column means what."""

from sqlalchemy import JSON, Column, Index, LargeBinary, String, Table

from bot.store.schema.columns import Instant, metadata, person

console_imports = Table(
    "console_imports", metadata,
    Column("key", String(32), primary_key=True),  # random; part of the page's address
    person(),  # whose it is: nobody else sees it
    Column("rows_sealed", LargeBinary, nullable=False),
    Column("columns", JSON, nullable=False),  # by field, the number of its column
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_console_imports_expires_at", "expires_at"),
)  # fmt: skip

console_mappings = Table(
    "console_mappings", metadata,
    Column("header_index", String(64), primary_key=True),  # a keyed digest of the header
    Column("columns", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
)  # fmt: skip
