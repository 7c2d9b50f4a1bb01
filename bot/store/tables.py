"""The database tables. Columns whose name ends in `_sealed` are encrypted; see `bot.store.sealed.vault.Vault`."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    or_,
    text,
)

from bot.store.schema import accounts, answers, console_work, h5, installed, intake, kept_sums, sending, settings  # noqa: F401 - the metadata has every table once this module is loaded
from bot.store.schema.broadcasts import broadcast_approvals as broadcast_approvals
from bot.store.schema.broadcasts import broadcast_people as broadcast_people
from bot.store.schema.broadcasts import broadcast_preferences as broadcast_preferences
from bot.store.schema.broadcasts import broadcasts as broadcasts
from bot.store.schema.columns import Id as Id
from bot.store.schema.columns import Instant as Instant
from bot.store.schema.columns import index, order, person
from bot.store.schema.columns import metadata as metadata
from bot.store.schema.records import audit as audit
from bot.store.schema.records import deletions as deletions
from bot.store.schema.records import stored_keys as stored_keys
from bot.store.schema.sending import notices as notices

persons = Table(
    "persons", metadata,
    Column("id", Id, primary_key=True),
    Column("openid", String(64), unique=True),
    Column("name", String(64)),  # of people on the roster; a resident's name is encrypted with the order
    Column("phone_sealed", LargeBinary),
    Column("phone_index", String(64), unique=True),
    Column("community", String(32)),  # a resident's last known community, to ask only once
    Column("place_sealed", LargeBinary),
    Column("subscribed", Boolean, nullable=False),
    Column("unreachable", String(64)),  # the platform's reason; cleared when the person speaks
    Column("resting", Boolean, nullable=False),
    Column("channels", String(64)),  # this person's order of channels, comma separated; None: the office's
    Column("chat_until", Instant), Column("chat_left", Integer, nullable=False),  # customer-service window
    Column("click_until", Instant), Column("click_left", Integer, nullable=False),  # the short window after a click
    Column("refused_templates", JSON),  # subscription template ids the person has turned down
    Column("bind_failures", Integer, nullable=False), Column("bind_blocked_until", Instant),
    Column("moved_at", Instant),  # bound to another device; contacts of older orders are hidden until this is confirmed
    Column("said_from", Instant), Column("said_count", Integer),  # the present minute's messages, for the limit
    Column("missed_from", Instant), Column("missed_count", Integer),  # 接单 with unknown codes within this hour
    Column("claims_blocked_until", Instant),
    Column("mass_month", Integer), Column("mass_count", Integer),  # mass messages in the last month with any, such as 202611
    Column("is_demo", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    index("ix_persons_name", "name", where="name IS NOT NULL"),
)  # fmt: skip

roles = Table(
    "roles", metadata,
    Column("id", Id, primary_key=True),
    person(),
    Column("role", String(16), nullable=False, index=True),  # member staff admin discipline mediator grid
    Column("community", String(32)), Column("grid", String(32)), Column("branch", String(64)),
    Column("skills", JSON, nullable=False),
    UniqueConstraint("person_id", "role", "community", "grid"),
)  # fmt: skip

bind_codes = Table(
    "bind_codes", metadata,
    Column("id", Id, primary_key=True),
    Column("code_index", String(64), nullable=False, unique=True),
    person(),
    Column("expires_at", Instant, nullable=False), Column("used_at", Instant),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("asked", String(32)), Column("asked_at", Instant),  # the bot's question that waits for an answer
    Column("order_id", Id), Column("order_at", Instant),  # the order further messages belong to
    Column("data_sealed", LargeBinary),  # choices offered, a reminder being written, the rest of a long reply
)  # fmt: skip

inbound = Table(
    "inbound", metadata,
    Column("key", String(200), primary_key=True),  # from MsgId, or from sender, time, event and key
    Column("signature", String(40), unique=True),  # of the request that brought it; a signature serves once
    person(null=True),
    Column("kind", String(32), nullable=False),
    Column("body_sealed", LargeBinary), Column("reply_sealed", LargeBinary),
    Column("failure", String(200)),  # what failed; such a message waits for staff
    Column("received_at", Instant, nullable=False, index=True),
    index("ix_inbound_failure", "received_at", where="failure IS NOT NULL"),
)  # fmt: skip

orders = Table(
    "orders", metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("lane", String(16), nullable=False), Column("category", String(8), nullable=False),
    Column("urgency", String(2), nullable=False), Column("danger", String(32)),
    Column("state", String(16), nullable=False), Column("outcome", String(16)),
    person(),  # the resident
    Column("text", Text, nullable=False),  # with phone numbers and names taken out
    Column("text_sealed", LargeBinary, nullable=False),
    Column("community", String(32)), Column("grid", String(32)),
    Column("estate", String(64)), Column("place_sealed", LargeBinary), Column("contact_sealed", LargeBinary),
    Column("wanted_when", String(64)),
    person("handler_id", null=True, index=False),
    Column("round", Integer, nullable=False), Column("ring", Integer, nullable=False),
    Column("rating", Integer), Column("solved", Boolean),  # the words of a rating are those of its line of history
    Column("source", String(16), nullable=False), Column("external_id", String(130), unique=True),
    Column("merged_into_id", Id, ForeignKey("orders.id")),
    Column("split_from_id", Id),  # the order of whose words it is a part
    Column("alike_id", Id, ForeignKey("orders.id")),  # an earlier order that may be about the same thing
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False), Column("updated_at", Instant, nullable=False),
    Column("due_at", Instant),  # the whole matter; told to the resident
    Column("external_due_at", Instant),  # the limit that another system has set
    # the limit that counts now (`bot.orders.time_limits.limits.counting`), in whose order lists are; a day that never comes where none runs
    Column("limit_at", Instant, nullable=False, server_default=text("'9999-12-31 00:00:00.000000'")),
    Column("step_at", Instant),  # when the present state began
    Column("step_due_at", Instant),  # the limit of the present step
    Column("look_at", Instant),  # when the clock looks at that limit next (`bot.orders.time_limits.limits.Limits.look_at`)
    Column("warned_at", Instant), Column("escalated_at", Instant), Column("asked_again_at", Instant),
    Column("done_at", Instant), Column("closed_at", Instant),
    Column("served_minutes", Integer),  # as whoever helped said; counts once the resident confirmed
    Column("petition_at", Instant),  # registered as a petition; the statutory notice in writing is due
    Column("petition_due_at", Instant), Column("petition_told_at", Instant),  # the notice was given
    Column("petition_warned_at", Instant), Column("petition_escalated_at", Instant),
    Column("is_demo", Boolean, nullable=False),
    Column("excludes", Boolean),  # it is kept from somebody: see `exclusions`
    Column("left_box", Boolean),  # it was restricted once: its words stay in the box, and whom they are about hears nothing
    Index("ix_orders_state_community", "state", "community", "urgency", "limit_at", "id"),  # lists of a community's staff
    Index("ix_orders_state_urgency", "state", "urgency", "limit_at", "id"),  # of the whole office
    Index("ix_orders_community_created_at", "community", "created_at", "id"),  # pages of the API
    index("ix_orders_alike", "community", "category", "id", where="state <> 'closed'"),  # other residents' orders about the same matter
    index("ix_orders_person_id_category", "person_id", "category", "id", where="state <> 'closed'"),  # a resident's own earlier orders
    index("ix_orders_handler_id", "handler_id", where="handler_id IS NOT NULL"),
    index("ix_orders_merged_into_id", "merged_into_id", where="merged_into_id IS NOT NULL"),
    index("ix_orders_split_from_id", "split_from_id", where="split_from_id IS NOT NULL"),
    Index("ix_orders_created_at_id", "created_at", "id", "lane", "community", "urgency"),  # pages of the API, figures
    Index("ix_orders_repeated", "community", "created_at", "lane", "estate", "category", "outcome"),  # what recurs
    index("ix_orders_closed_at", "closed_at", "lane", "community", where="closed_at IS NOT NULL"),  # figures
    index("ix_orders_reopened", "closed_at", where="round > 0"),
    index("ix_orders_words", "closed_at", where="closed_at IS NOT NULL AND (text <> '' OR place_sealed IS NOT NULL OR contact_sealed IS NOT NULL)"),  # not anonymised yet
    index("ix_orders_restricted", "id", where="lane = 'restricted'"),
    # what is late or soon will be, the most urgent first
    index("ix_orders_due", "community", "urgency", "limit_at", "id", where="state IN ('submitted', 'open', 'offered', 'accepted')"),
    # what time will do: only what is still open
    index("ix_orders_limits", "look_at", where="look_at IS NOT NULL AND escalated_at IS NULL"),
    index("ix_orders_petitions", "petition_due_at", where="petition_due_at IS NOT NULL AND petition_told_at IS NULL"),
)  # fmt: skip

# Conditions as their partial indexes have them: with a parameter instead of the literal, SQLite does not use the index.
IS_OPEN = orders.c.state != literal_column("'closed'")
WAS_REOPENED = orders.c.round > literal_column("0")
IS_A_MATTER = or_(
    orders.c.split_from_id.is_(None), orders.c.merged_into_id.is_(None), orders.c.merged_into_id != orders.c.split_from_id
)  # fmt: skip
"""Not what was split off an order and went back into it: that is listed and counted as if it had never been."""
HOLDS_WORDS = and_(
    orders.c.closed_at.is_not(None),
    or_(orders.c.text != literal_column("''"), orders.c.place_sealed.is_not(None), orders.c.contact_sealed.is_not(None)),
)  # fmt: skip
"""Closed, and not anonymised yet."""
IS_RESTRICTED = orders.c.lane == literal_column("'restricted'")

history = Table(
    "history", metadata,
    Column("id", Id, primary_key=True),
    order(index=False),
    Column("at", Instant, nullable=False), Column("action", String(16), nullable=False),
    Column("by", String(64), nullable=False), person("by_id", null=True, index=False),
    Column("state", String(16), nullable=False),  # after the action
    Column("note", Text),  # with phone numbers and names taken out
    Column("note_sealed", LargeBinary),
    Column("previous", JSON(none_as_null=True)),  # state, handler and limits before it, where it may be taken back
    Index("ix_history_order_id", "order_id", "id", "at", "action", "state"),  # of an order; figures read nothing else
    Index("ix_history_by_id_id", "by_id", "id"),  # what somebody did last
)  # fmt: skip

# The words of a restricted matter, encrypted with the box's key. Its row in `orders` holds no words, place or contact.
sealed_matters = Table(
    "sealed_matters", metadata,
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("words_sealed", LargeBinary),  # text, category, place, contact …; None once it is deleted
    Column("excluded_sealed", LargeBinary),  # whom it is about, and their units: they must not see it
)  # fmt: skip

# Whom an order outside the box is kept from. A digest names a person or a unit: the database alone tells nobody whom it is about.
exclusions = Table(
    "exclusions", metadata,
    Column("id", Id, primary_key=True),
    order(index=False),
    Column("reader", String(64), nullable=False, index=True),
    UniqueConstraint("order_id", "reader"),
)  # fmt: skip

sealed_notes = Table(
    "sealed_notes", metadata,
    Column("id", Id, primary_key=True),
    order(),
    Column("history_id", Id, ForeignKey("history.id"), nullable=False, index=True),
    Column("note_sealed", LargeBinary, nullable=False),
)  # fmt: skip

offers = Table(
    "offers", metadata,
    Column("id", Id, primary_key=True),
    order(), person(),
    Column("state", String(16), nullable=False),  # pending accepted declined expired withdrawn
    Column("invited_at", Instant, nullable=False), Column("expires_at", Instant, nullable=False),
    index("ix_offers_pending", "expires_at", where="state = 'pending'"),
)  # fmt: skip

attachments = Table(
    "attachments", metadata,
    Column("id", Id, primary_key=True),
    order(), person(),
    Column("kind", String(16), nullable=False),  # image voice video location link
    Column("media_id", String(200)), Column("state", String(16), nullable=False),  # pending stored failed
    Column("path", String(200)), Column("mime", String(64)), Column("size", Integer),
    Column("label_sealed", LargeBinary), Column("reason", String(100)),
    Column("attempts", Integer, nullable=False), Column("due_at", Instant), Column("created_at", Instant, nullable=False),
    Index("ix_attachments_state_due_at", "state", "due_at"),
    index("ix_attachments_path", "id", where="path IS NOT NULL"),  # files that are stored
)  # fmt: skip
