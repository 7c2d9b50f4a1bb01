"""Tables of the staff console: accounts, sessions, one-time codes (of tokens and codes keyed digests alone), and drafts."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from bot.store.schema.columns import Id, Instant, index, metadata, person

accounts = Table(
    "accounts", metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("password_hash", String(200)),  # Argon2id; None: who signs in through the chat alone
    Column("totp_sealed", LargeBinary),  # the secret of one-time passwords (RFC 6238), in base32
    Column("totp_next_sealed", LargeBinary),  # one that no code has confirmed yet
    Column("totp_next_session_id", Id),  # the session that was shown it, which alone may confirm it
    Column("totp_last_step", BigInteger),  # the newest step whose code was used: a code serves once
    Column("failures", Integer, nullable=False),  # in a row
    Column("locked_until", Instant),
    Column("changed_at", Instant),  # the password
    Column("created_at", Instant, nullable=False),
)  # fmt: skip

console_sessions = Table(
    "console_sessions", metadata,
    Column("id", Id, primary_key=True),
    person(),
    Column("token_index", String(64), nullable=False, unique=True),
    Column("must_enrol", Boolean, nullable=False),  # good for setting up one-time passwords alone
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),  # exact to a minute
    Column("ended_at", Instant),
    Column("address", String(64), nullable=False), Column("agent", String(64), nullable=False),
    Index("ix_console_sessions_created_at", "created_at"),
)  # fmt: skip

console_codes = Table(
    "console_codes", metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(8), nullable=False),  # setup, chat; missed: a person's wrong codes, counted for an hour
    Column("state", String(12), nullable=False),  # open asked confirmed refused used
    person(null=True),  # whose it is; of a chat code who typed it
    Column("code_index", String(64)),
    Column("code_sealed", LargeBinary),  # of a chat code whose QR code a worker has not asked for yet
    Column("picture", String(200)),  # the address in the platform's QR code
    Column("browser_index", String(64), unique=True),  # of the browser that asked for a chat code
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("address", String(64)), Column("agent", String(64)),  # of that browser
    Column("failures", Integer, nullable=False),
    index("ix_console_codes_code_index", "code_index", where="used_at IS NULL"),
    index("ix_console_codes_picture", "id", where="code_sealed IS NOT NULL"),
    Index("ix_console_codes_expires_at", "expires_at"),
)  # fmt: skip

console_drafts = Table(
    "console_drafts", metadata,  # what a form holds between its preview and its confirmation
    Column("key", String(32), primary_key=True),  # random; part of the page's address
    person(),  # who alone may go on with it
    Column("kind", String(16), nullable=False),  # roster, orders: which form
    Column("data_sealed", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_console_drafts_created_at", "created_at"),
)  # fmt: skip
