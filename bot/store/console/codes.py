"""One-time codes of the staff console: to set a password, and to sign in through the chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import and_, delete, func, insert, or_, select, update

from bot.store.database import Tx, for_change
from bot.store.schema.accounts import console_codes
from bot.store.sealed import columns, identity

SETUP, CHAT, MISSED = "setup", "chat", "missed"  # kinds
OPEN, ASKED, CONFIRMED, REFUSED, USED = "open", "asked", "confirmed", "refused", "used"  # states


class Code(Protocol):
    """One code."""

    id: int
    kind: str
    state: str
    person_id: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    address: str | None
    agent: str | None
    failures: int
    picture: str | None


def index(tx: Tx, kind: str, code: str) -> str:
    """The keyed digest by which a code of a kind is found."""
    return tx.vault.index(f"{kind}:{code}")


def add(tx: Tx, kind: str, now: datetime, expires_at: datetime, **values: Any) -> int:
    """Store a code; its id."""
    row = {"state": OPEN, "failures": 0, "kind": kind, "created_at": now, "expires_at": expires_at, **values}
    key = tx.run(insert(console_codes).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def valid(tx: Tx, code_index: str, now: datetime, *, asked: int | None = None, lock: bool = False) -> Sequence[Code]:
    """The codes of this digest that nobody has used and whose time is not over. `asked`: also those about which this person is
    asked already."""
    mine = (console_codes.c.code_index == code_index, console_codes.c.used_at.is_(None))
    again = and_(console_codes.c.state == ASKED, console_codes.c.person_id == asked)
    is_open = or_(console_codes.c.state == OPEN, again) if asked is not None else console_codes.c.state == OPEN
    query = select(console_codes).where(*mine, is_open, console_codes.c.expires_at > now)
    return tx.all(for_change(query) if lock else query)


def by_id(tx: Tx, code_id: int) -> Code | None:
    """The code, locked; None where there is none any more."""
    return tx.first(for_change(select(console_codes).where(console_codes.c.id == code_id)))


def of_browser(tx: Tx, browser_index: str, *, lock: bool = False) -> Code | None:
    """The chat code that this browser asked for; None where there is none."""
    query = select(console_codes).where(console_codes.c.browser_index == browser_index)
    return tx.first(for_change(query) if lock else query)


def missed(tx: Tx, person_id: int, now: datetime) -> Code | None:
    """The count of this person's wrong codes within the present hour, locked; None where there was none."""
    mine = (console_codes.c.person_id == person_id, console_codes.c.kind == MISSED, console_codes.c.expires_at > now)
    return tx.first(for_change(select(console_codes).where(*mine).order_by(console_codes.c.id.desc()).limit(1)))


def open_from(tx: Tx, address: str, now: datetime) -> int:
    """How many chat codes asked for from this address still wait."""
    mine = (console_codes.c.kind == CHAT, console_codes.c.address == address, console_codes.c.expires_at > now)
    waiting = select(func.count()).where(*mine, console_codes.c.state == OPEN)
    return int(tx.value(waiting) or 0)


def sealed(tx: Tx, code_index: str, code: str) -> bytes | None:
    """The code as it waits for the worker that has a QR code made of it."""
    return tx.vault.seal(code, identity.of("console_codes", "code_sealed", code_index))


def without_picture(tx: Tx, now: datetime, most: int) -> Sequence[tuple[int, str]]:
    """(id, code) of chat codes that wait for their QR code."""
    waits = (console_codes.c.code_sealed.is_not(None), console_codes.c.expires_at > now)
    rows = tx.all(select(console_codes).where(*waits).order_by(console_codes.c.id).limit(most))
    found = ((row.id, columns.text(tx.vault, "console_codes", "code_sealed", row)) for row in rows)
    return [(number, code) for number, code in found if code is not None]


def take_for_picture(tx: Tx, code_id: int) -> bool:
    """A worker asks for its QR code now; whether no other one does."""
    mine = (console_codes.c.id == code_id, console_codes.c.code_sealed.is_not(None))
    return bool(tx.run(update(console_codes).where(*mine).values(code_sealed=None)).rowcount)


def change(tx: Tx, code_id: int, **values: Any) -> None:
    tx.run(update(console_codes).where(console_codes.c.id == code_id).values(**values))


def void(tx: Tx, person_id: int, *kinds: str) -> None:
    """Codes of these kinds that the person has not used yet are good for nothing any more."""
    mine = (console_codes.c.person_id == person_id, console_codes.c.kind.in_(kinds), console_codes.c.used_at.is_(None))
    tx.run(update(console_codes).where(*mine).values(state=REFUSED))


def drop_old(tx: Tx, before: datetime, limit: int) -> int:
    """Delete codes whose time was over before this moment; how many."""
    old = select(console_codes.c.id).where(console_codes.c.expires_at < before).limit(limit)
    return tx.run(delete(console_codes).where(console_codes.c.id.in_(old.scalar_subquery()))).rowcount
