"""Signing in by the platform's OAuth. The web process gives out a state and takes the code that comes back with it; a worker,
which holds the app secret, asks the platform whose code it is; the page waits for that. See docs/adr/0036."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.errors import NotAllowed
from bot.services.h5 import sessions
from bot.services.h5.asking import FRESH
from bot.services.office import Office
from bot.store.persons import h5 as store

PATIENCE = timedelta(seconds=20)  # a page waits for a worker
NONCE, MAC, STAMP = 16, 40, 8  # bytes; characters; characters. The platform admits 128 letters and digits
MOST_WAITING = 200  # sign-ins at a time; who floods us with codes reaches the platform no oftener than workers can ask
LONGEST_CODE = 256  # characters


def new_state(office: Office, browser: str, after: str, now: datetime) -> str:
    """Signed, for this browser, this page and five minutes. It is stored only once it comes back."""
    plain = f"{int(now.timestamp()):0{STAMP}x}{secrets.token_hex(NONCE)}"
    return plain + _mac(office, plain, browser, after)


def came_back(office: Office, state: str, code: str, browser: str, after: str, now: datetime) -> int:
    """The number of the sign-in, which waits for a worker. NotAllowed where the state is none of ours for this browser and
    page, too old, or used before, and where too many wait already."""
    plain = state[: STAMP + 2 * NONCE]
    if not browser or not code or len(code) > LONGEST_CODE or not _is_own(office, state, plain, browser, after):
        raise NotAllowed("h5.sign_in.again")
    began = datetime.fromtimestamp(int(plain[:STAMP], 16), UTC)
    if not timedelta() <= now - began + timedelta(seconds=1) <= FRESH + timedelta(seconds=1):
        raise NotAllowed("h5.sign_in.again")
    with office.db.transaction() as tx:
        if store.waiting(tx, now - FRESH, MOST_WAITING) >= MOST_WAITING:
            raise NotAllowed("h5.sign_in.slow")
        number = store.ask(tx, state, browser, code, now)
    if number is None:
        raise NotAllowed("h5.sign_in.again")
    return number


def _is_own(office: Office, state: str, plain: str, browser: str, after: str) -> bool:
    if len(state) != STAMP + 2 * NONCE + MAC or not state.isascii():
        return False
    return hmac.compare_digest(state[len(plain) :], _mac(office, plain, browser, after))


def _mac(office: Office, plain: str, browser: str, after: str) -> str:
    said = "\n".join(("h5 state", plain, sha256(browser.encode()).hexdigest(), after))
    return hmac.new(office.settings.secret_key.encode(), said.encode(), sha256).hexdigest()[:MAC]


def finish(office: Office, number: int, browser: str, now: datetime) -> str | None:
    """The token of a new session; None while the worker has not answered yet. NotAllowed where the platform did not say who
    it is, where nobody answered in time, and for another browser's sign-in."""
    with office.db.reading() as tx:
        found = store.sign_in(tx, number, browser)
    if found is None or found.state in (store.USED, store.REFUSED) or now - found.created_at > FRESH:
        raise NotAllowed(
            "h5.sign_in.snapshot" if found is not None and found.reason == "snapshot" else "h5.sign_in.again"
        )
    if found.state != store.KNOWN or found.person_id is None:
        if now - found.created_at > PATIENCE:
            raise NotAllowed("h5.sign_in.slow")
        return None
    with office.db.transaction() as tx:
        if not store.change(tx, number, store.KNOWN, state=store.USED):
            raise NotAllowed("h5.sign_in.again")
        return sessions.opened(tx, found.person_id, now)
