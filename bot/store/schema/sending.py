"""Tables of notices, of the tries to send them, and of what the platform said of these."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from bot.store.schema.columns import Id, Instant, index, metadata, order, person

notices = Table(
    "notices", metadata,
    Column("id", Id, primary_key=True),
    person(index=False),
    Column("event", String(40), nullable=False),  # the locale key of the sentence under [notice]
    order(null=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id")),
    Column("round", Integer, nullable=False, server_default="0"),  # of a broadcast: see bot.broadcasts.life
    Column("facts_sealed", LargeBinary),
    Column("once", String(120), unique=True),  # a second notice with the same value is not written
    Column("need", Integer, nullable=False),  # channels that must take it: 1, in an emergency 2
    Column("priority", Integer, nullable=False),  # 0 first
    Column("state", String(16), nullable=False),  # pending sending waiting sent delivered failed
    Column("taken", Integer, nullable=False),  # channels that took it so far; a reply counts for all that are needed
    Column("tries", Integer, nullable=False),  # failures in a row that may pass: they make the pauses longer
    Column("reason", String(200)),  # why it has not gone out, for people to read
    Column("due_at", Instant, nullable=False), Column("lease_until", Instant),
    Column("created_at", Instant, nullable=False), Column("sent_at", Instant), Column("delivered_at", Instant),
    Column("acked_at", Instant),
    Column("digest_id", Id),  # of a broadcast that goes in its person's one message a day: the notice that is that message
    Index("ix_notices_state_priority_due_at", "state", "priority", "due_at", "id"),  # what a worker takes next
    Index("ix_notices_person_id_state", "person_id", "state"),  # what waits for a person
    index("ix_notices_two_needed", "person_id", "created_at", where="need > 1"),  # taken by one channel where two are needed
    index("ix_notices_reminders", "person_id", "id", where="broadcast_id IS NOT NULL AND acked_at IS NULL AND round = 0"),
    index("ix_notices_pending_broadcasts", "broadcast_id", "priority", "due_at", "id", where="broadcast_id IS NOT NULL AND state = 'pending'"),
    index("ix_notices_digest_id", "digest_id", where="digest_id IS NOT NULL"),
    UniqueConstraint("broadcast_id", "person_id", "round"),
)  # fmt: skip

attempts = Table(
    "attempts", metadata,  # to tell somebody: a row for each time a channel was tried
    Column("id", Id, primary_key=True),
    Column("notice_id", Id, ForeignKey("notices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("channel", String(20), nullable=False),  # subscription template chat reply; empty: none was reached
    Column("outcome", String(16), nullable=False),  # see bot.store.sending.attempts
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

group_posts = Table(
    "group_posts", metadata,  # of a broadcast into a WeCom group: one for all of the group
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id"), nullable=False),
    Column("branch", String(64), nullable=False),  # whose robot; * of all branches without one of their own
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # due sending unknown sent failed
    Column("begun", Integer, nullable=False),  # how often it was sent, as far as the platform may have taken it
    Column("message", Text, nullable=False),  # what the group reads
    Column("reason", String(200)),  # the platform's word where it was not taken
    Column("until", Instant, nullable=False),  # nobody else posts it before
    Column("sent_at", Instant),
    UniqueConstraint("broadcast_id", "branch", "round"),
)  # fmt: skip

mass_sends = Table(
    "mass_sends", metadata,  # of a broadcast to many followers in one call of the platform
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id"), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # as of group_posts
    Column("begun", Integer, nullable=False),
    Column("message", Text, nullable=False),  # what everybody reads
    Column("people", Integer, nullable=False),  # recipients given to the platform
    Column("left_out", Integer, nullable=False, server_default="0"),  # who were to be among them and cannot be named
    Column("reason", String(200)),
    Column("created_at", Instant, nullable=False), Column("until", Instant, nullable=False), Column("sent_at", Instant),
    Column("message_id", String(40), unique=True),  # the platform's, for its event
    Column("status", String(32)),  # the event's word; None: none came so far
    Column("admitted", Integer), Column("arrived", Integer), Column("failed", Integer),  # the event's FilterCount, SentCount, ErrorCount
)  # fmt: skip

mass_recipients = Table(
    "mass_recipients", metadata,  # whom a mass send names: asked for again word for word
    Column("notice_id", Id, ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("mass_id", Id, ForeignKey("mass_sends.id"), nullable=False, index=True),
    Column("held", Boolean, nullable=False),  # it was in no worker's hands: the send settles it for all
    Column("left_out", Integer),  # the code for which the platform refuses a call that names this person; None: it names them
)  # fmt: skip
