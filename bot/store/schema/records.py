"""Tables that outlast the people they speak of: what was done, what was deleted, and the installation's own keys.

They hold ids, digests and times, never words, names or numbers, and no foreign keys: the rows they name may be gone.
"""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from bot.store.schema.columns import Id, Instant, index, metadata

# Append-only: triggers of both databases refuse a delete, and every change but the one that chains the row.
audit = Table(
    "audit", metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("act", String(32), nullable=False),  # what: see bot.store.records.acts
    Column("source", String(80), nullable=False),  # from where: chat, console, cli, clock, or api: with the token's name
    Column("who_id", Id),  # who; None: the clock, an operator, or a token that stands for nobody
    Column("whose_id", Id),  # whose data it is
    Column("order_id", Id),
    Column("detail", String(80)),  # ids and counts alone
    Column("number", Id, unique=True),  # position in the chain; None until the clock has chained it
    Column("hash", String(64)),  # of this row and of the hash before it
    Index("ix_audit_order_id", "order_id", "id"),
    Index("ix_audit_at", "at", "id"),
    Index("ix_audit_act", "act", "at", "id"),
    Index("ix_audit_who_id", "who_id", "at", "id"),
    Index("ix_audit_whose_id", "whose_id", "at", "id"),
    index("ix_audit_unchained", "id", where="number IS NULL"),
)  # fmt: skip

deletions = Table(
    "deletions", metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, nullable=False, index=True),
    Column("openid_index", String(64), nullable=False, index=True),  # keyed digest: it finds who must stay deleted
    Column("order_id", Id, unique=True),  # the request, whose code confirms it; None: unfollowed, or by the operator
    Column("source", String(16), nullable=False),  # chat unsubscribe cli
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # then it runs by itself
    Column("confirmed_at", Instant), Column("confirmed_by", Id),
    Column("done_at", Instant),  # first carried out
    Column("ended_at", Instant),  # nothing is open any more; of an unsubscribed person who came back: given up
    Column("run_at", Instant),  # last carried out: again when an order that stayed is closed
    index("ix_deletions_open", "id", where="ended_at IS NULL"),
)  # fmt: skip

stored_keys = Table(
    "stored_keys", metadata,  # keys that survive a change of DATA_KEY, encrypted with it
    Column("name", String(16), primary_key=True),  # index
    Column("key_sealed", LargeBinary, nullable=False),  # in hexadecimal
    Column("made_at", Instant, nullable=False),
)  # fmt: skip
