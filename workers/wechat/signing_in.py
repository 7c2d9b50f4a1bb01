"""Asks the platform who signs in to our pages, and for the QR codes of sign-ins to the console: only workers hold the app
secret. No transaction is open meanwhile."""

import logging
import threading
import time
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ChannelError, RetryLater
from bot.services.accounts.by_chat import pictures
from bot.services.h5 import asking
from bot.services.h5.asking import Asked
from workers.resources import Desk
from workers.wechat.error_codes import Unknown

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.5  # a worker with other work looks for sign-ins so often
MOST_SECONDS = 20.0  # of one job; the next goes on


def answer(desk: Desk) -> None:
    """All sign-ins that wait. Who is not known then asks anew: the platform's code serves once."""
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until and (found := asking.take(desk, datetime.now(UTC))):
        _answer(desk, found)
    _draw(desk)


def _answer(desk: Desk, found: list[Asked]) -> None:
    """A platform that does not answer one of them is not asked about the others: notices wait for this worker."""
    is_there = True
    for asked in found:
        if is_there:
            is_there = _ask(desk, asked)
        else:
            asking.refused(desk, asked, "refused")


def _draw(desk: Desk) -> None:
    """A QR code for each sign-in to the console that waits for one. Without it the page shows its number alone."""
    for wanted in pictures.take(desk, datetime.now(UTC)):
        try:
            address = desk.means.platform.scene_address(wanted.scene, wanted.seconds)
        except ChannelError as error:
            log.warning("the platform made no QR code: %s", error.reason)
            return
        pictures.drawn(desk, wanted, address)


def _ask(desk: Desk, asked: Asked) -> bool:
    """Whether the platform answered."""
    try:
        openid = desk.means.platform.openid_of(asked.code)
    except ChannelError as error:
        log.warning("the platform did not say who signs in: %s", error.reason)
        asking.refused(desk, asked, "refused")
        return not isinstance(error, RetryLater | Unknown)
    if openid is None:
        asking.refused(desk, asked, "snapshot")
    else:
        asking.known(desk, asked, openid, datetime.now(UTC))
    return True


class SignIns:
    """Callable that a worker calls while it does something that takes long; it returns at once and never raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._next_at = 0.0
        self._thread: threading.Thread | None = None

    def __call__(self) -> None:
        if time.monotonic() < self._next_at or (self._thread is not None and self._thread.is_alive()):
            return
        self._next_at = time.monotonic() + EVERY_SECONDS
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until what was begun is done."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            answer(self._desk)
        except SQLAlchemyError as error:
            log.warning("nobody can sign in to the pages now: %s", error)
