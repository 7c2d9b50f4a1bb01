"""Asks the platform who signs in to our pages: only workers hold the app secret. No transaction is open meanwhile."""

import logging
import time
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ChannelError
from bot.services.h5 import asking
from bot.services.h5.asking import Asked
from workers.resources import Desk

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.5  # a worker with other work looks for sign-ins so often


def answer(desk: Desk) -> None:
    """All sign-ins that wait. Who is not known then asks anew: the platform's code serves once."""
    for asked in asking.take(desk, datetime.now(UTC)):
        _ask(desk, asked)


def _ask(desk: Desk, asked: Asked) -> None:
    try:
        openid = desk.means.platform.openid_of(asked.code)
    except ChannelError as error:
        log.warning("the platform did not say who signs in: %s", error.reason)
        asking.refused(desk, asked, "refused")
        return
    if openid is None:
        asking.refused(desk, asked, "snapshot")
    else:
        asking.known(desk, asked, openid, datetime.now(UTC))


class SignIns:
    """Callable that a worker calls while it does something that takes long. Never raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._next_at = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + EVERY_SECONDS
        try:
            answer(self._desk)
        except SQLAlchemyError as error:
            log.warning("nobody can sign in to the pages now: %s", error)
