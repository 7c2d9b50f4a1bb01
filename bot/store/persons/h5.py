"""Who is signed in to the pages inside WeChat, and sign-ins that wait for the platform's word."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons.people import insert_or_skip
from bot.store.schema.h5 import h5_sessions, h5_sign_ins
from bot.store.sealed import columns, identity
from bot.store.tables import persons, roles

ASKED, TAKEN, KNOWN, REFUSED, USED = "asked", "taken", "known", "refused", "used"
"""The states of a sign-in: came back with a code; a worker asks the platform; who it is; not known; a session was opened."""
LONGEST = timedelta(days=7)  # of a session
MOST = 5  # sign-ins that a worker takes at once


class SignIn(Protocol):
    """One sign-in."""

    id: int
    browser_index: str
    state: str
    reason: str | None
    person_id: int | None
    created_at: datetime


_BY_TOKEN = Prepared(
    lambda _: (
        select(
            h5_sessions.c.id, h5_sessions.c.person_id, h5_sessions.c.created_at, persons.c.name, persons.c.openid,
            roles.c.role, roles.c.community, roles.c.grid,
        )
        .select_from(
            h5_sessions.join(persons, persons.c.id == h5_sessions.c.person_id)
            .outerjoin(roles, roles.c.person_id == persons.c.id)
        )
        .where(h5_sessions.c.token_index == bindparam("token"))
    )
)  # fmt: skip


def add_session(tx: Tx, person_id: int, token: str, now: datetime) -> None:
    """Somebody is signed in; of the token its keyed digest is stored."""
    tx.run(insert(h5_sessions).values(person_id=person_id, token_index=tx.vault.index(token), created_at=now))


def by_token(tx: Tx, token: str) -> Sequence[Row[Any]]:
    """The session with its person, a row for each role (one without role for who has none); empty for an unknown token."""
    return tx.all(_BY_TOKEN, token=tx.vault.index(token))


def end_session(tx: Tx, token: str) -> None:
    """The session of this token is gone."""
    tx.run(delete(h5_sessions).where(h5_sessions.c.token_index == tx.vault.index(token)))


def drop(tx: Tx, person_id: int) -> None:
    """The person is signed in nowhere, and no sign-in of the person waits."""
    for table in (h5_sessions, h5_sign_ins):
        tx.run(delete(table).where(table.c.person_id == person_id))


def ask(tx: Tx, state: str, browser: str, code: str, now: datetime) -> int | None:
    """A sign-in that waits for a worker; its id. None where the state was used before."""
    state_index = tx.vault.index(state)
    sealed = tx.vault.seal(code, identity.of("h5_sign_ins", "code_sealed", state_index))
    row = {
        "state_index": state_index, "browser_index": tx.vault.index(browser), "code_sealed": sealed, "state": ASKED,
        "created_at": now,
    }  # fmt: skip
    made = tx.first(insert_or_skip(tx, h5_sign_ins, row, on=["state_index"]).returning(h5_sign_ins.c.id))
    return int(made.id) if made is not None else None


def sign_in(tx: Tx, number: int, browser: str) -> SignIn | None:
    """The sign-in of this browser; None where there is none."""
    mine = (h5_sign_ins.c.id == number, h5_sign_ins.c.browser_index == tx.vault.index(browser))
    return tx.first(select(h5_sign_ins).where(*mine))


def waiting(tx: Tx, since: datetime, most: int) -> int:
    """How many sign-ins wait for a worker, counted to `most`."""
    waits = select(h5_sign_ins.c.id).where(h5_sign_ins.c.state == ASKED, h5_sign_ins.c.created_at > since)
    return len(tx.all(waits.limit(most)))


def take(tx: Tx, since: datetime) -> list[tuple[int, str]]:
    """(id, the platform's code) of sign-ins that nobody has taken yet; each is taken once."""
    waits = select(h5_sign_ins).where(h5_sign_ins.c.state == ASKED, h5_sign_ins.c.created_at > since)
    taken = []
    for row in tx.all(waits.order_by(h5_sign_ins.c.id).limit(MOST)):
        code = columns.text(tx.vault, "h5_sign_ins", "code_sealed", row)
        if change(tx, row.id, ASKED, state=TAKEN, code_sealed=None) and code is not None:
            taken.append((row.id, code))
    return taken


def change(tx: Tx, number: int, before: str, **values: Any) -> bool:
    """From the state `before`; whether it was in it."""
    mine = (h5_sign_ins.c.id == number, h5_sign_ins.c.state == before)
    return bool(tx.run(update(h5_sign_ins).where(*mine).values(**values)).rowcount)


def drop_old(tx: Tx, sessions_before: datetime, sign_ins_before: datetime, limit: int) -> None:
    """Delete sessions and sign-ins that began before these moments."""
    for table, before in ((h5_sessions, sessions_before), (h5_sign_ins, sign_ins_before)):
        old = select(table.c.id).where(table.c.created_at < before).limit(limit)
        tx.run(delete(table).where(table.c.id.in_(old.scalar_subquery())))
