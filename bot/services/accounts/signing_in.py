"""Signing in with name or telephone number, password and, where it is set up, a one-time password; and proving it once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotAllowed
from bot.orders.rights import NONE
from bot.services.accounts import clients, lockout, opening, passwords, rate, totp
from bot.services.accounts.clients import Client
from bot.services.accounts.opening import Opened
from bot.services.accounts.people import meant
from bot.services.office import Office
from bot.store.console import accounts, sessions
from bot.store.console.accounts import Account
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

Fits = Callable[[str, str], bool]
"""Whether a hash is this password's."""
FRESH = timedelta(minutes=10)
"""So long after signing in, whoever has no password needs no other proof."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, compared outside any transaction. `known`: the hash it was compared with, None where there is none;
    `renewed`: the same password's hash with today's parameters, where the stored one has older ones. `device`: whether the
    browser has signed this person in before, so that a lock by others does not hold for it."""

    person_id: int | None
    known: str | None
    fits: bool
    renewed: str | None
    otp: str
    device: bool = False


def sign_in(
    office: Office, who: str, password: str, otp: str, client: Client, now: datetime, *, fits: Fits = passwords.fits
) -> Opened:
    """A new session. NotAllowed with one and the same sentence whatever was wrong, and for a locked account; another sentence
    where too much failed at this address."""
    tried = _try(office, who, password, otp, client, fits)
    with office.db.transaction() as tx:
        opened = _decide(tx, tried, client, now)
    if opened is None:
        rate.failed(office, client, who)
        raise NotAllowed("accounts.sign_in.refused")
    return opened


def _try(office: Office, who: str, password: str, otp: str, client: Client, fits: Fits) -> Tried:
    """One hash is verified, whoever is meant."""
    nobody = passwords.dummy()
    with office.db.reading() as tx:
        found = meant(tx, who)
        person_id = found[0] if len(found) == 1 else None
        account = accounts.of(tx, person_id) if person_id is not None else None
        device = person_id is not None and clients.is_known(tx, client, person_id)
    device = device and rate.device_may_try(office, client)
    if not device and not rate.may_sign_in(office, client, who):
        raise NotAllowed("accounts.sign_in.often")
    known = account.password_hash if account is not None else None
    is_right = fits(known or nobody, password) and known is not None
    renewed = passwords.renewed(known, password) if known is not None and is_right else None
    return Tried(person_id, known, is_right, renewed, otp, device)


def _decide(tx: Tx, tried: Tried, client: Client, now: datetime) -> Opened | None:
    """The session; None where it is refused."""
    person_id = tried.person_id
    account = accounts.locked(tx, person_id) if person_id is not None else None
    rights = people.rights_of(tx, person_id) if person_id is not None else NONE
    if person_id is None or account is None or account.password_hash is None or not rights.held:
        record(tx, person_id, "unknown", now)
        return None
    if lockout.is_locked(account.locked_until, now) and not tried.device:
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


def compare(office: Office, person_id: int, password: str, otp: str = "") -> Tried:
    """What somebody who is signed in types once more, for `is_proven`; outside any transaction."""
    with office.db.reading() as tx:
        account = accounts.of(tx, person_id)
    known = account.password_hash if account is not None else None
    return Tried(
        person_id, known, passwords.fits(known or passwords.dummy(), password) and known is not None, None, otp
    )


def is_proven(tx: Tx, tried: Tried, session_id: int, now: datetime) -> bool:
    """Whether the present password and, where they are set up, a one-time password were typed; without a password, whether the
    session is fresh. A wrong one counts as a failure to sign in, so that the transaction must not be rolled back."""
    assert tried.person_id is not None
    account = accounts.locked(tx, tried.person_id)
    if account is None or account.password_hash is None:
        session = sessions.by_id(tx, session_id)
        return session is not None and now - session.created_at <= FRESH
    if lockout.is_locked(account.locked_until, now):
        return False
    right = tried.fits and account.password_hash == tried.known
    right = right and (not totp.is_set_up(account) or totp.used(tx, account, tried.otp, now))
    if not right:
        fail(tx, account, now)
    return right


def record(tx: Tx, person_id: int | None, detail: str, now: datetime) -> None:
    """A failure goes on record: whose account it was, where one is known, and never what was typed."""
    audit.write(tx, now, Entry(Act.CONSOLE_FAILED, audit.CONSOLE, None, person_id, detail=detail))
