"""Signing in with a telephone that is bound: the page shows a code, its person types it in the chat and confirms there."""

from datetime import datetime

from bot.errors import NotAllowed
from bot.services.accounts import opening, totp
from bot.services.accounts.by_chat import chat_rules
from bot.services.accounts.clients import Client
from bot.services.accounts.opening import Opened
from bot.services.accounts.signing_in import record
from bot.services.office import Office
from bot.store.console import accounts, codes
from bot.store.console.codes import Code
from bot.store.database import Tx
from bot.store.persons import people

DIGITS = 6
OPEN_MOST = 200  # codes that wait for one address; more are made one a second
OTP_NEEDED = "accounts.chat.otp_needed"
"""Key of the refusal that is none yet: the chat has confirmed, and a one-time password is asked for besides."""


def finish_chat(office: Office, browser_secret: str, client: Client, now: datetime, otp: str = "") -> Opened | None:
    """The session, once; None while the chat has not confirmed. NotAllowed where the person refused, where its time is over,
    and where the browser is at another address than the person was told. Its key is OTP_NEEDED where `otp` is required and missing."""
    with office.db.reading() as tx:
        known = codes.of_browser(tx, tx.vault.index(browser_secret))
    if _still_waits(known, client, now):
        return None
    with office.db.transaction() as tx:
        known = codes.of_browser(tx, tx.vault.index(browser_secret), lock=True)
        if known is None or _still_waits(known, client, now):
            return None
        opened = _open(tx, known, client, otp, now)
    if isinstance(opened, NotAllowed):
        raise opened
    return opened


def _still_waits(code: Code | None, client: Client, now: datetime) -> bool:
    """Whether the chat has not confirmed yet. NotAllowed where it never will."""
    if code is not None and code.state == codes.REFUSED:
        raise NotAllowed("accounts.chat.refused")
    if code is None or code.state == codes.USED or code.expires_at <= now or code.address != client.address:
        raise NotAllowed("accounts.chat.expired")
    return code.state != codes.CONFIRMED


def _open(tx: Tx, code: Code, client: Client, otp: str, now: datetime) -> Opened | NotAllowed:
    """The session, or the refusal, whose traces must be kept."""
    person_id = code.person_id
    assert person_id is not None
    rights = people.rights_of(tx, person_id)
    if not rights.held or not chat_rules.may_confirm(tx, person_id):
        return NotAllowed("accounts.chat.expired")
    account = accounts.locked(tx, person_id)
    has_totp = totp.is_set_up(account)
    if account is not None and has_totp:
        if chat_rules.missed_too_often(tx, person_id, now):
            return NotAllowed("accounts.chat.blocked")
        if not otp.strip():
            return NotAllowed(OTP_NEEDED)
        if not totp.used(tx, account, otp, now):
            record(tx, person_id, f"otp {chat_rules.count_miss(tx, person_id, now)}", now)
            return NotAllowed("accounts.chat.otp_wrong")
    codes.change(tx, code.id, state=codes.USED, used_at=now)
    must_enrol = rights.needs_totp and not has_totp
    return opening.open_session(tx, person_id, client, now, must_enrol=must_enrol, how=opening.CHAT)
