"""Sessions of the console: whose a token is, who is signed in where, and their end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.orders.rights import Rights, rights
from bot.services.accounts import ending
from bot.services.office import Office
from bot.store.console import sessions as store
from bot.store.records import audit

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
NOTED = timedelta(minutes=1)  # a session's use is written down so often at most


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, with the rights of this moment. `must_enrol`: nothing may be done but setting up one-time
    passwords."""

    session_id: int
    person_id: int
    name: str
    rights: Rights
    must_enrol: bool
    is_demo: bool


def current(office: Office, token: str, now: datetime, *, is_used: bool = True) -> Signed | None:
    """Whose session it is; None for an unknown or ended one, one that was idle or open too long, and one of somebody who
    left the roster. `is_used`: whether somebody did something; else the session comes nearer to its end."""
    with office.db.reading() as tx:
        office.learned.look(tx, now)  # whoever works at the console sees what others changed, without any message
        rows = store.by_token(tx, tx.vault.index(token))
    if not rows or rows[0].ended_at is not None:
        return None
    session, held = rows[0], rights((row.role, row.role_community, row.role_grid) for row in rows)
    why = ran_out(session, now) or (None if held.held else "left")
    if why is not None:
        with office.db.transaction() as tx:
            ending.of_person(tx, session.person_id, now, audit.CONSOLE, why, only=session.id)
        return None
    if is_used and now - session.seen_at >= NOTED:
        with office.db.transaction() as tx:
            store.touch(tx, session.id, now)
    must_enrol = held.needs_totp and (session.must_enrol or session.totp_sealed is None)
    return Signed(session.id, session.person_id, session.name or "", held, must_enrol, session.is_demo)


def ran_out(session: Any, now: datetime) -> str | None:
    """Why its time is over; None where it is not."""
    if now - session.created_at >= LONGEST:
        return "over"
    return "idle" if now - session.seen_at >= IDLE else None


def end(office: Office, token: str, now: datetime) -> None:
    """The session's person signs out. Nothing happens where it has ended already."""
    with office.db.transaction() as tx:
        rows = store.by_token(tx, tx.vault.index(token))
        if rows:
            person_id = rows[0].person_id
            ending.of_person(tx, person_id, now, audit.CONSOLE, "out", by_id=person_id, only=rows[0].id)
