"""Accounts of the staff console: the password's hash, the secret of one-time passwords, failures in a row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import delete, exists, or_, select, update

from bot.store.database import Tx, for_change
from bot.store.persons.people import insert_or_skip
from bot.store.schema.accounts import accounts, console_codes, console_drafts, console_sessions
from bot.store.schema.console_work import saved_views
from bot.store.sealed import columns, identity
from bot.store.tables import persons, roles

TABLE = "accounts"


class Account(Protocol):
    """One person's account."""

    person_id: int
    password_hash: str | None
    totp_sealed: bytes | None
    totp_next_sealed: bytes | None
    totp_next_session_id: int | None
    totp_last_step: int | None
    failures: int
    locked_until: datetime | None


def of(tx: Tx, person_id: int) -> Account | None:
    """The person's account; None where none was made yet."""
    return tx.first(select(accounts).where(accounts.c.person_id == person_id))


def locked(tx: Tx, person_id: int) -> Account | None:
    """The same, its row locked until the transaction ends."""
    return tx.first(for_change(select(accounts).where(accounts.c.person_id == person_id)))


def put(tx: Tx, person_id: int, now: datetime, **values: Any) -> None:
    """Change the account, or make it; a rival may make it meanwhile. Secrets are given sealed."""
    changed = update(accounts).where(accounts.c.person_id == person_id).values(**values)
    if tx.run(changed).rowcount:
        return
    row = {"failures": 0, "created_at": now, **values, "person_id": person_id}
    if not tx.run(insert_or_skip(tx, accounts, row, on=["person_id"])).rowcount:
        tx.run(changed)


def seal(tx: Tx, person_id: int, column: str, secret: str) -> bytes | None:
    """The secret as it stands in this column."""
    return tx.vault.seal(secret, identity.of(TABLE, column, person_id))


def secret(tx: Tx, account: Account, column: str) -> str | None:
    """The secret of this column; None where there is none."""
    return columns.text(tx, TABLE, column, account)


def drop(tx: Tx, person_id: int) -> None:
    """The person has no account, session, code or draft any more, and nothing says where they signed in."""
    for table in (accounts, console_sessions, console_codes, console_drafts, saved_views):
        tx.run(delete(table).where(table.c.person_id == person_id))


def off_roster(tx: Tx) -> Sequence[int]:
    """Who has an account, an open session or a code, and no role any more."""
    held = [
        exists(select(each.c.person_id).where(each.c.person_id == persons.c.id)) for each in (accounts, console_codes)
    ]
    mine = (console_sessions.c.person_id == persons.c.id, console_sessions.c.ended_at.is_(None))
    held.append(exists(select(console_sessions.c.id).where(*mine)))
    has_role = exists(select(roles.c.id).where(roles.c.person_id == persons.c.id))
    query = select(persons.c.id).where(or_(*held), ~has_role).order_by(persons.c.id)
    return [row.id for row in tx.all(query)]


def drop_account(tx: Tx, person_id: int) -> None:
    """The person has no account, code or draft any more; sessions stay on record for a while."""
    for table in (accounts, console_codes, console_drafts, saved_views):
        tx.run(delete(table).where(table.c.person_id == person_id))
