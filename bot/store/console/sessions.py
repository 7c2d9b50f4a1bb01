"""Sessions of the staff console; a row stays for a while after its end, so that its person sees it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.schema.accounts import accounts, console_sessions
from bot.store.tables import persons, roles


class ConsoleSession(Protocol):
    """One session."""

    id: int
    person_id: int
    must_enrol: bool
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    address: str
    agent: str


_BY_TOKEN = Prepared(
    lambda _: (
        select(
            console_sessions, persons.c.name, persons.c.is_demo, accounts.c.totp_sealed, roles.c.role,
            roles.c.community.label("role_community"), roles.c.grid.label("role_grid"),
        )
        .select_from(
            console_sessions.join(persons, persons.c.id == console_sessions.c.person_id)
            .outerjoin(accounts, accounts.c.person_id == persons.c.id)
            .outerjoin(roles, roles.c.person_id == persons.c.id)
        )
        .where(console_sessions.c.token_index == bindparam("token"))
    )
)  # fmt: skip


def add(tx: Tx, **values: Any) -> int:
    """Store a session; its id."""
    key = tx.run(insert(console_sessions).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def by_token(tx: Tx, token_index: str) -> Sequence[Row[Any]]:
    """The session with its person and account, a row for each role (one without role for who has none); empty for an
    unknown token."""
    return tx.all(_BY_TOKEN, token=token_index)


def by_id(tx: Tx, session_id: int) -> ConsoleSession | None:
    """The session; None where there is none."""
    return tx.first(select(console_sessions).where(console_sessions.c.id == session_id))


def live_of(tx: Tx, person_id: int | None) -> Sequence[Row[Any]]:
    """Sessions that were not ended, of one person or (None) of all, the newest first, with the name of each person."""
    query = select(console_sessions, persons.c.name).join(persons, persons.c.id == console_sessions.c.person_id)
    query = query.where(console_sessions.c.ended_at.is_(None)).order_by(console_sessions.c.id.desc())
    return tx.all(query if person_id is None else query.where(console_sessions.c.person_id == person_id))


def touch(tx: Tx, session_id: int, now: datetime) -> None:
    """The session was used at this moment."""
    mine = (console_sessions.c.id == session_id, console_sessions.c.seen_at < now)
    tx.run(update(console_sessions).where(*mine).values(seen_at=now))


def enrolled(tx: Tx, session_id: int) -> None:
    """The session is good for everything from now on."""
    tx.run(update(console_sessions).where(console_sessions.c.id == session_id).values(must_enrol=False))


def end(tx: Tx, person_id: int, now: datetime, *, only: int | None = None, but: int | None = None) -> list[int]:
    """End all sessions of the person; `only` this one, or all `but` this one. Those that were not ended before."""
    mine = update(console_sessions).where(
        console_sessions.c.person_id == person_id, console_sessions.c.ended_at.is_(None)
    )
    if only is not None:
        mine = mine.where(console_sessions.c.id == only)
    if but is not None:
        mine = mine.where(console_sessions.c.id != but)
    return sorted(row.id for row in tx.all(mine.values(ended_at=now).returning(console_sessions.c.id)))


def drop_old(tx: Tx, before: datetime, limit: int) -> int:
    """Delete sessions that began before this moment; how many."""
    old = select(console_sessions.c.id).where(console_sessions.c.created_at < before).limit(limit)
    return tx.run(delete(console_sessions).where(console_sessions.c.id.in_(old.scalar_subquery()))).rowcount
