"""Tables of the pages inside WeChat: who is signed in, and sign-ins that wait for the platform's word."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table, UniqueConstraint

from bot.store.schema.columns import Id, Instant, metadata, person

h5_sessions = Table(
    "h5_sessions", metadata,
    Column("id", Id, primary_key=True),
    person(),
    Column("token_index", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Index("ix_h5_sessions_created_at", "created_at"),
)  # fmt: skip

h5_sign_ins = Table(
    "h5_sign_ins", metadata,  # somebody came back from the platform with a code
    Column("id", Id, primary_key=True),
    Column("state_index", String(64), nullable=False, unique=True),  # of the state that we gave: it serves once
    Column("browser_index", String(64), nullable=False),  # of the browser that asked
    Column("code_sealed", LargeBinary),  # the platform's; None once a worker has taken it
    Column("state", String(8), nullable=False),  # asked taken known refused used
    Column("reason", String(16)),  # why it was refused
    person(null=True),  # who it is
    Column("created_at", Instant, nullable=False),
    Index("ix_h5_sign_ins_created_at", "created_at"),
)  # fmt: skip

member_cards = Table(
    "member_cards", metadata,  # 亮身份: what a member lets residents read whom they help
    Column("id", Id, primary_key=True),
    person(),
    Column("field", String(16), nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("is_open", Boolean, nullable=False),  # by the member's own word alone
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("person_id", "field"),
)  # fmt: skip
