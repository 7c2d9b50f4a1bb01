"""Tables of what an installation has besides people and orders: tokens of other systems, models of its own."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, String, Table

from bot.store.schema.columns import Id, Instant, metadata, person

tokens = Table(
    "tokens", metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False), Column("token_index", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False), person(null=True),
    Column("community", String(32)),  # it reaches no other; None: as far as its person, or the whole office
    Column("created_at", Instant, nullable=False), Column("expires_at", Instant), Column("revoked_at", Instant),
)  # fmt: skip

models = Table(
    "models", metadata,  # models trained from the office's own history; each night of training has a row
    Column("id", Id, primary_key=True),
    Column("night", Date, unique=True),  # the office's date, unique so that one training runs a night; None: put in use by hand
    Column("source", String(16), nullable=False),  # nightly file
    Column("state", String(16), nullable=False),  # training few refused kept
    Column("in_use", Boolean, unique=True),  # True for the one in use, None for all others
    Column("made_at", Instant, nullable=False),
    Column("rows", Integer), Column("labels", Integer),  # in the training
    Column("held", Integer),  # rows held back; the next three are shares of them read right
    Column("accuracy", Float), Column("accuracy_replaced", Float), Column("accuracy_rules", Float),
    Column("trust", JSON),  # by category, how often the rules were right when they said so
    Column("body", LargeBinary),  # None where it was not kept, and for old models
)  # fmt: skip
