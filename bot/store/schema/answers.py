"""The table of the answer book's entries as the console wrote them. Each change is a row; the newest one of an entry holds."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, String, Table, Text

from bot.store.schema.columns import Id, Instant, metadata, person

console_answers = Table(
    "console_answers", metadata,
    Column("id", Id, primary_key=True),
    Column("entry", String(40), nullable=False),  # its name: that of config/answers, or a new one
    Column("at", Instant, nullable=False),
    person("by_id", index=False),
    person("owner_id", null=True, index=False),  # who sees to it that the answer holds
    Column("is_on", Boolean, nullable=False),
    Column("category", String(8), nullable=False),
    Column("questions", JSON, nullable=False),  # a list of texts
    Column("answer", Text, nullable=False),
    Column("source", String(200), nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("phone", String(32)),
    Column("alone", Boolean, nullable=False),  # no order goes with the answer
    Index("ix_console_answers_entry_id", "entry", "id"),
)  # fmt: skip
