"""The platform's QR code of a sign-in to the console: a worker, which holds the app secret, asks for it; the page draws it.

Who scans it has typed the number under it: one rule for both (`bot.services.receive`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.accounts.by_chat import chat_rules
from bot.services.h5.asking import HasDatabase
from bot.store.console import codes

SCENE = "login_"  # then the number; the scene is what a scan brings us
PATIENCE = timedelta(seconds=8)  # a page waits for a worker
MOST_WAITING, MOST = 50, 10  # that wait for a worker; that it takes at once
LONGEST = 200  # characters of an address


@dataclass(frozen=True, slots=True)
class Picture:
    """`address`: what the QR code holds; None where there is none, or not yet. `is_coming`: whether one may still come."""

    address: str | None
    is_coming: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sign-in whose QR code a worker asks for, good for `seconds`."""

    number: int
    scene: str
    seconds: int


def of_browser(office: HasDatabase, browser_secret: str, now: datetime) -> Picture:
    """That of the sign-in which this browser began."""
    with office.db.reading() as tx:
        code = codes.of_browser(tx, tx.vault.index(browser_secret))
    if code is None or code.state != codes.OPEN or code.expires_at <= now:
        return Picture(None, is_coming=False)
    return Picture(code.picture, is_coming=code.picture is None and now - code.created_at < PATIENCE)


def take(office: HasDatabase, now: datetime) -> list[Wanted]:
    """What waits for a worker; each is given out once."""
    with office.db.reading() as tx:
        if not codes.without_picture(tx, now, 1):
            return []
    with office.db.transaction() as tx:
        found = [each for each in codes.without_picture(tx, now, MOST) if codes.take_for_picture(tx, each[0])]
    return [Wanted(number, SCENE + code, int(chat_rules.LASTS.total_seconds())) for number, code in found]


def drawn(office: HasDatabase, wanted: Wanted, address: str) -> None:
    """The platform has made it."""
    if len(address) <= LONGEST:
        with office.db.transaction() as tx:
            codes.change(tx, wanted.number, picture=address)
