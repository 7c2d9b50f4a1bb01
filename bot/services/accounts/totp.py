"""One-time passwords of an app on the telephone (TOTP, RFC 6238): six digits, a new one every 30 seconds."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime

import pyotp

from bot.errors import NotAllowed
from bot.services.accounts import ending
from bot.services.office import Office
from bot.store import people
from bot.store.console import accounts, sessions
from bot.store.console.accounts import Account
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

STEP = 30  # seconds
AROUND = (0, -1, 1)  # steps that are taken, since clocks differ
PRESENT, NEXT = "totp_sealed", "totp_next_sealed"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an app needs: as an address for a QR code, and the secret itself to type in."""

    uri: str
    secret: str


def begin_totp(office: Office, person_id: int, now: datetime) -> Enrolment:
    """A secret that counts once `confirm_totp` got a code of it; until then the same one each time. NotAllowed where one is
    in use already: a new one needs a new code to set the password, so that a stolen session cannot replace it."""
    with office.db.transaction() as tx:
        account, name = accounts.locked(tx, person_id), people.by_id(tx, person_id).name or str(person_id)
        if account is not None and account.totp_sealed is not None:
            raise NotAllowed("accounts.totp.there")
        secret = accounts.secret(tx, account, NEXT) if account is not None else None
        if secret is None:
            secret = pyotp.random_base32()
            accounts.put(tx, person_id, now, totp_next_sealed=accounts.seal(tx, person_id, NEXT, secret))
    issuer = office.say("accounts.totp.issuer")
    return Enrolment(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer), secret)


def confirm_totp(office: Office, session_id: int, code: str, now: datetime) -> None:
    """The first code of the new secret: it is required from now on, this session is good for everything, and the person's
    other sessions end. NotAllowed for a wrong code, and where nothing was begun."""
    with office.db.transaction() as tx:
        session = sessions.by_id(tx, session_id)
        account = accounts.locked(tx, session.person_id) if session is not None and session.ended_at is None else None
        secret = accounts.secret(tx, account, NEXT) if account is not None else None
        if session is None or account is None or secret is None:
            raise NotAllowed("accounts.totp.none")
        step = step_of(secret, code, None, now)
        if step is None:
            raise NotAllowed("accounts.totp.wrong")
        person_id = session.person_id
        sealed = accounts.seal(tx, person_id, PRESENT, secret)
        accounts.put(tx, person_id, now, totp_sealed=sealed, totp_next_sealed=None, totp_last_step=step)
        sessions.enrolled(tx, session_id)
        ending.of_person(tx, person_id, now, audit.CONSOLE, "totp", by_id=person_id, but=session_id)
        audit.write(tx, now, Entry(Act.CONSOLE_TOTP, audit.CONSOLE, person_id, person_id))


def has(office: Office, person_id: int) -> bool:
    """Whether this person signs in with one-time passwords."""
    with office.db.reading() as tx:
        return is_set_up(accounts.of(tx, person_id))


def is_set_up(account: Account | None) -> bool:
    """Whether the account asks for one-time passwords."""
    return account is not None and account.totp_sealed is not None


def used(tx: Tx, account: Account, code: str, now: datetime) -> bool:
    """Whether the code is right; it serves no second time. The account is locked."""
    secret = accounts.secret(tx, account, PRESENT)
    step = step_of(secret, code, account.totp_last_step, now) if secret is not None else None
    if step is not None:
        accounts.put(tx, account.person_id, now, totp_last_step=step)
    return step is not None


def step_of(secret: str, code: str, last: int | None, now: datetime) -> int | None:
    """The step whose code this is, a newer one than `last`; None where there is none."""
    typed = "".join(unicodedata.normalize("NFKC", code[:20]).split()).encode()
    known, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    steps = [present + offset for offset in AROUND if last is None or present + offset > last]
    return next((step for step in steps if hmac.compare_digest(known.generate_otp(step).encode(), typed)), None)
