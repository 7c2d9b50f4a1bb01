"""Tables of broadcasts: what is written for many, who approved it, what each person answered, what people wish to get."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from bot.store.schema.columns import Id, Instant, index, metadata, person

broadcasts = Table(
    "broadcasts", metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False), Column("title", String(100), nullable=False),
    Column("body", Text, nullable=False), Column("details", JSON(none_as_null=True)),  # of a meeting: at, until, place
    Column("audience", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # see bot.broadcasts.life
    Column("version", Integer, nullable=False),  # of words, details, audience and time; approvals are for one version
    Column("digest", String(64), nullable=False),  # of what is sent, see bot.broadcasts.written
    Column("template", String(40)), Column("template_version", Integer),  # of config; None: free text
    Column("occasion", String(64), unique=True),  # key of the calendar with its year: proposed once
    Column("year", Integer), Column("number", Integer),  # of a bulletin, given when it is approved
    Column("approvals_needed", Integer, nullable=False),
    person("author_id", null=True), person("asked_id", null=True), person("approver_id", null=True),  # who approved or rejected last
    Column("note", Text),  # why it was rejected
    Column("created_at", Instant, nullable=False), Column("send_at", Instant), Column("approved_at", Instant),
    Column("due_from", Instant),  # from when on something of it may have to be sent; None: nothing is to be sent
    Column("hold_until", Instant),  # until then the start can be undone
    Column("started_at", Instant), Column("ended_at", Instant), Column("closed_at", Instant),
    Column("rounds", Integer, nullable=False),  # rounds of reminding that began
    Column("next_round_at", Instant),  # when the next one begins; None: there is none
    Column("is_demo", Boolean, nullable=False),
    UniqueConstraint("year", "number"),
    index("ix_broadcasts_review", "id", where="state = 'review'"),
    index("ix_broadcasts_due_from", "due_from", where="due_from IS NOT NULL"),
    index("ix_broadcasts_next_round_at", "next_round_at", where="next_round_at IS NOT NULL"),
)  # fmt: skip

broadcast_approvals = Table(
    "broadcast_approvals", metadata,  # what each approver said of one version
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id"), nullable=False),
    person(),
    Column("version", Integer, nullable=False), Column("digest", String(64), nullable=False),
    Column("decision", String(16), nullable=False),  # approved rejected lapsed
    Column("granted", Boolean, nullable=False),  # by the scope of a token
    Column("note", Text),
    Column("at", Instant, nullable=False),
    UniqueConstraint("broadcast_id", "person_id", "version"),
)  # fmt: skip

broadcast_people = Table(
    "broadcast_people", metadata,  # what is known of one recipient beside the notices
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id, ForeignKey("broadcasts.id"), nullable=False),
    person(),
    Column("coming", Boolean),  # to a meeting; None: no answer
    Column("reason_sealed", LargeBinary),  # why not
    Column("answered_at", Instant), Column("signed_in_at", Instant),
    person("signed_in_by_id", null=True, index=False),  # by hand; None: the person scanned the code
    Column("told_offline_at", Instant), person("told_offline_by_id", null=True, index=False),
    Column("told_offline_how", String(16)),  # call or meeting
    UniqueConstraint("broadcast_id", "person_id"),
)  # fmt: skip

broadcast_preferences = Table(
    "broadcast_preferences", metadata,  # of persons who changed them
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("muted", JSON, nullable=False),  # kinds that are no duty
    Column("digest", Boolean, nullable=False),  # one message a day for what is no duty
    Column("service", Boolean, nullable=False), Column("service_at", Instant),  # a resident agreed to service notices
    index("ix_broadcast_preferences_service", "person_id", where="service_at IS NOT NULL"),
)  # fmt: skip
