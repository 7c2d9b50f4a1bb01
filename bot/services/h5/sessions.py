"""Who is signed in to the pages inside WeChat."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.orders.rights import Rights, rights
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.persons import h5 as store
from bot.store.persons.h5 import LONGEST as LONGEST
from bot.store.records import audit


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, with the rights of this moment. `openid`: the person's account with WeChat."""

    person_id: int
    name: str
    rights: Rights
    openid: str

    @property
    def seat(self) -> Seat:
        """The same as the one who acts."""
        return Seat(self.person_id, self.name, self.rights, audit.H5)


def current(office: Office, token: str, now: datetime) -> Signed | None:
    """Whose session it is; None for an unknown one, one that is over, and of somebody whose account is another one's now."""
    if not token:
        return None
    with office.db.reading() as tx:
        rows = store.by_token(tx, token)
    if not rows or rows[0].openid is None or now - rows[0].created_at >= LONGEST:
        return None
    held = rights((row.role, row.community, row.grid) for row in rows)
    return Signed(rows[0].person_id, rows[0].name or "", held, rows[0].openid)


def opened(tx: Tx, person_id: int, now: datetime) -> str:
    """The token of a new session. It goes into the browser's cookie and is stored nowhere."""
    token = secrets.token_urlsafe(32)
    store.add_session(tx, person_id, token, now)
    return token


def end(office: Office, token: str) -> None:
    """The person signs out here."""
    with office.db.transaction() as tx:
        store.end_session(tx, token)
