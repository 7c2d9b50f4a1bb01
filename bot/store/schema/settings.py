"""The table of what administrators changed at the console. Each change is a row; the newest one of a part holds."""

from sqlalchemy import Column, Index, String, Table, Text

from bot.store.schema.columns import Id, Instant, metadata, person

office_settings = Table(
    "office_settings", metadata,
    Column("id", Id, primary_key=True),
    Column("part", String(80), nullable=False),  # see bot.services.settings.adjustable
    Column("value", Text),  # JSON; None: as in the files of config/
    Column("changes", Text, nullable=False),  # JSON: a list of [name, old, new], as they were then
    person(index=False),  # who
    Column("created_at", Instant, nullable=False),
    Index("ix_office_settings_part_id", "part", "id"),
)  # fmt: skip
