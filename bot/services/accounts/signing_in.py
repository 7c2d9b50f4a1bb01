"""Signing in with name or telephone number, password and, where it is set up, a one-time password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed
from bot.orders.rights import NONE
from bot.services.accounts import lockout, opening, passwords, totp
from bot.services.accounts.clients import Client
from bot.services.accounts.opening import Opened
from bot.services.accounts.people import meant
from bot.services.office import Office
from bot.store import people
from bot.store.console import accounts
from bot.store.console.accounts import Account
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

Fits = Callable[[str, str], bool]
"""Whether a hash is this password's."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, compared outside any transaction. `known`: the hash it was compared with, None where there is none;
    `renewed`: the same password's hash with today's parameters, where the stored one has older ones."""

    person_id: int | None
    known: str | None
    fits: bool
    renewed: str | None
    otp: str


def sign_in(
    office: Office, who: str, password: str, otp: str, client: Client, now: datetime, *, fits: Fits = passwords.fits
) -> Opened:
    """A new session. NotAllowed with one and the same sentence whatever was wrong, and for a locked account."""
    tried = _try(office, who, password, otp, fits)
    with office.db.transaction() as tx:
        opened = _decide(tx, tried, client, now)
    if opened is None:
        raise NotAllowed("accounts.sign_in.refused")
    return opened


def _try(office: Office, who: str, password: str, otp: str, fits: Fits) -> Tried:
    """One hash is verified, whoever is meant."""
    nobody = passwords.dummy()
    with office.db.reading() as tx:
        found = meant(tx, who)
        person_id = found[0] if len(found) == 1 else None
        account = accounts.of(tx, person_id) if person_id is not None else None
    known = account.password_hash if account is not None else None
    is_right = fits(known or nobody, password) and known is not None
    renewed = passwords.renewed(known, password) if known is not None and is_right else None
    return Tried(person_id, known, is_right, renewed, otp)


def _decide(tx: Tx, tried: Tried, client: Client, now: datetime) -> Opened | None:
    """The session; None where it is refused."""
    person_id = tried.person_id
    account = accounts.locked(tx, person_id) if person_id is not None else None
    rights = people.rights_of(tx, person_id) if person_id is not None else NONE
    if person_id is None or account is None or account.password_hash is None or not rights.held:
        record(tx, person_id, "unknown", now)
        return None
    if lockout.is_locked(account.locked_until, now):
        record(tx, person_id, "locked", now)
        return None
    fits, has_totp = tried.fits and account.password_hash == tried.known, totp.is_set_up(account)
    if not fits or (has_totp and not totp.used(tx, account, tried.otp, now)):
        fail(tx, account, now)
        return None
    stored = tried.renewed or account.password_hash
    accounts.put(tx, person_id, now, failures=0, locked_until=None, password_hash=stored)
    must_enrol = rights.needs_totp and not has_totp
    return opening.open_session(tx, person_id, client, now, must_enrol=must_enrol, how=opening.PASSWORD)


def fail(tx: Tx, account: Account, now: datetime) -> None:
    """Count a failure of the locked account's, and lock it after many."""
    failures = account.failures + 1
    until = lockout.locked_until(failures, now)
    accounts.put(tx, account.person_id, now, failures=failures, locked_until=until)
    record(tx, account.person_id, f"failures {failures}", now)
    if until is not None:
        minutes = int((until - now).total_seconds()) // 60
        entry = Entry(Act.CONSOLE_LOCKED, audit.CONSOLE, None, account.person_id, detail=f"minutes {minutes}")
        audit.write(tx, now, entry)


def record(tx: Tx, person_id: int | None, detail: str, now: datetime) -> None:
    """A failure goes on record: whose account it was, where one is known, and never what was typed."""
    audit.write(tx, now, Entry(Act.CONSOLE_FAILED, audit.CONSOLE, None, person_id, detail=detail))
