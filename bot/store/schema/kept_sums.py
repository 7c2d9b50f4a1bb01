"""Tables of sums that the clock keeps, so that what reads them costs the same however many orders there are."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from bot.store.schema.columns import Id, Instant, metadata

recurring_days = Table(
    "recurring_days", metadata,  # days of which `recurring` holds how often something was told of
    Column("start", Instant, primary_key=True),  # the day's first moment in the office's zone
    Column("until", Instant),  # up to when its orders are counted; None: not counted, or changed since
)  # fmt: skip

recurring = Table(
    "recurring", metadata,  # how many orders that count as faults came in on a day, by place and category
    Column("id", Id, primary_key=True),
    Column("start", Instant, nullable=False),
    Column("community", String(32), nullable=False), Column("estate", String(64)), Column("category", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Index("ix_recurring_start_community", "start", "community"),
)  # fmt: skip

kept_figures = Table(
    "kept_figures", metadata,  # of the metrics: those of which there is much to count
    Column("name", String(32), primary_key=True),
    Column("figures", JSON, nullable=False),  # a list of {label: value, "number": n}
    Column("counted_at", Instant, nullable=False),
)  # fmt: skip
