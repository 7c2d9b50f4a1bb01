"""The sessions that a person has open, and their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.services.accounts import ending, signing_in
from bot.services.accounts.people import one
from bot.services.accounts.sessions import Signed, ran_out
from bot.services.office import Office
from bot.store.console import sessions as store
from bot.store.records import audit


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is signed in."""

    session_id: int
    person_id: int
    name: str
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    must_enrol: bool


def end_session(
    office: Office, here: Signed, session_id: int, now: datetime, password: str = "", otp: str = ""
) -> None:  # fmt: skip
    """The person who is signed in `here` ends another one of their own sessions. NotAllowed without the proof of
    `signing_in.is_proven`; NotFound where it is none of theirs, or has ended."""
    tried = signing_in.compare(office, here.person_id, password, otp)
    with office.db.transaction() as tx:
        proven, by = signing_in.is_proven(tx, tried, here.session_id, now), here.person_id
        if proven and not ending.of_person(tx, by, now, audit.CONSOLE, "out", by_id=by, only=session_id):
            raise NotFound("accounts.session.none")
    if not proven:
        raise NotAllowed("accounts.proof.wrong")


def end_all(office: Office, who: str, now: datetime) -> int:
    """The operator ends all sessions of somebody; how many. NotFound, NotAllowed: see `people.one`."""
    with office.db.transaction() as tx:
        return len(ending.of_person(tx, one(tx, who), now, audit.CLI, "out"))


def sessions_of(office: Office, person_id: int | None, now: datetime) -> Sequence[Place]:
    """Where the person is signed in now, the newest first; None: everybody."""
    with office.db.reading() as tx:
        rows = store.live_of(tx, person_id)
    return [
        Place(
            row.id, row.person_id, row.name or "", row.address, row.agent, row.created_at, row.seen_at, row.must_enrol
        )
        for row in rows
        if ran_out(row, now) is None
    ]
