"""One-time passwords of an app are set up, with the password."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

from bot.errors import NotAllowed
from bot.services.accounts import ending, totp
from bot.services.accounts.signing_in import compare, is_proven
from bot.services.office import Office
from bot.store.console import accounts, sessions
from bot.store.console.accounts import Account
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

NEXT = (totp.NEXT, "totp_next_session_id")
"""Columns of a secret that no code has confirmed yet."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an app needs: as an address for a QR code, and the secret itself to type in."""

    uri: str
    secret: str


def begin_totp(office: Office, session_id: int, now: datetime) -> Enrolment:
    """A secret that counts once `confirm_totp` got a code of it; until then the same one each time for this session, and no
    other one is shown it: whoever read it in a stolen session must not know what the person confirms. NotAllowed where one is in
    use already: a new one needs a new code to set the password, so that a stolen session cannot replace it."""
    with office.db.transaction() as tx:
        person_id = _person_of(tx, session_id)
        account, name = accounts.locked(tx, person_id), people.by_id(tx, person_id).name or str(person_id)
        if account is not None and account.totp_sealed is not None:
            raise NotAllowed("accounts.totp.there")
        secret = _begun(tx, account, session_id)
        if secret is None:
            secret = pyotp.random_base32()
            sealed = accounts.seal(tx, person_id, totp.NEXT, secret)
            accounts.put(tx, person_id, now, totp_next_sealed=sealed, totp_next_session_id=session_id)
    issuer = office.say("accounts.totp.issuer")
    return Enrolment(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer), secret)


def _person_of(tx: Tx, session_id: int) -> int:
    session = sessions.by_id(tx, session_id)
    if session is None or session.ended_at is not None:
        raise NotAllowed("accounts.totp.none")
    return session.person_id


def _begun(tx: Tx, account: Account | None, session_id: int) -> str | None:
    """The secret that this session was shown; None where it was shown none, or another session another one since."""
    mine = account is not None and account.totp_next_session_id == session_id
    return accounts.secret(tx, account, totp.NEXT) if account is not None and mine else None


def confirm_totp(office: Office, session_id: int, code: str, password: str, now: datetime) -> None:
    """The first code of the new secret: it is required from now on, this session is good for everything, and the person's
    other sessions end. NotAllowed for a wrong code or password, and where this session began nothing."""
    with office.db.reading() as tx:
        session = sessions.by_id(tx, session_id)
        account = accounts.of(tx, session.person_id) if session is not None else None
        begun = _begun(tx, account, session_id)
    if session is None or begun is None:
        raise NotAllowed("accounts.totp.none")
    tried = compare(office, session.person_id, password)
    with office.db.transaction() as tx:
        proven = is_proven(tx, tried, session_id, now)
        if proven:
            _enrol(tx, session_id, code, now)
    if not proven:
        raise NotAllowed("accounts.proof.wrong")


def _enrol(tx: Tx, session_id: int, code: str, now: datetime) -> None:
    person_id = _person_of(tx, session_id)
    secret = _begun(tx, accounts.locked(tx, person_id), session_id)
    if secret is None:
        raise NotAllowed("accounts.totp.none")
    step = totp.step_of(secret, code, None, now)
    if step is None:
        raise NotAllowed("accounts.totp.wrong")
    sealed = accounts.seal(tx, person_id, totp.PRESENT, secret)
    nothing = dict.fromkeys(NEXT)
    accounts.put(tx, person_id, now, totp_sealed=sealed, totp_last_step=step, **nothing)
    sessions.enrolled(tx, session_id)
    ending.of_person(tx, person_id, now, audit.CONSOLE, "totp", by_id=person_id, but=session_id)
    audit.write(tx, now, Entry(Act.CONSOLE_TOTP, audit.CONSOLE, person_id, person_id))
