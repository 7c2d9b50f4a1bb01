"""One-time passwords of an app on the telephone (TOTP, RFC 6238): six digits, a new one every 30 seconds."""

import hmac
import unicodedata
from datetime import datetime

import pyotp

from bot.services.office import Office
from bot.store.console import accounts
from bot.store.console.accounts import Account
from bot.store.database import Tx

STEP = 30  # seconds
AROUND = (0, -1, 1)  # steps that are taken, since clocks differ
PRESENT, NEXT = "totp_sealed", "totp_next_sealed"


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
