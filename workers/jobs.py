"""The jobs that RQ runs; each may run twice, its arguments are ids. Which may be asked for: `workers.listed`."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ChannelError
from bot.services.learning import training_lock
from bot.services.notices import outbox
from bot.services.settings import menu
from bot.services.work_queue import NUDGED_KEY
from config.settings import CONFIG_DIR
from workers.resources import desk
from workers.sending.delivery import Delivery
from workers.sms import pulling
from workers.subprocesses import beside, training
from workers.wechat import fetching, signing_in
from workers.wechat.signing_in import SignIns

log = logging.getLogger(__name__)

RUN_SECONDS = 300.0  # of one delivery job; then the next worker's turn

_stops: list[Callable[[], bool]] = []
_limits: list[Callable[[], bool]] = []


def stop_when(asked: Callable[[], bool], overdue: Callable[[], bool]) -> None:
    """Jobs end early, with everything written down, once `asked()` is true, or `overdue()`: the job takes too long."""
    _stops.append(asked)
    _limits.append(overdue)


def _overdue() -> bool:
    return any(overdue() for overdue in _limits)


def _stopped() -> bool:
    return _overdue() or any(asked() for asked in _stops)


def deliver() -> int:
    """Send the notices that are due; how many were dealt with."""
    known = desk()
    with suppress(RedisError):  # first, so that what is written from now on nudges again
        known.redis.delete(NUDGED_KEY)
    fetching.enqueue(known, datetime.now(UTC))
    sign_ins = SignIns(known)
    try:
        done = Delivery(known, _stopped, aside=sign_ins).run(RUN_SECONDS)
        _ask_for_receipts()
        return done
    finally:
        sign_ins.wait()


def sign_in() -> None:
    """Ask the platform about everybody who waits before a page."""
    signing_in.answer(desk())


def fetch_media(attachment_id: int) -> None:
    """Bring one file from the platform under VAR_DIR."""
    fetching.fetch(desk(), attachment_id, datetime.now(UTC))


def push_menu() -> str:
    """Publish config/menu.toml as the account's menu; "" or the platform's refusal."""
    try:
        desk().means.platform.menu.create(menu.read(CONFIG_DIR))
    except ChannelError as error:
        return error.reason
    return ""


def retrain(night: str) -> None:
    """Learn from the office's history in a process of its own. It takes minutes, in which an emergency may come up:
    this worker goes on sending meanwhile."""
    sign_ins = SignIns(desk())

    def meanwhile() -> None:
        sign_ins()
        _deliver_what_is_due()

    ended = beside(training(night), meanwhile, _stopped)
    sign_ins.wait()
    if _overdue():
        log.warning("training on %s took too long and was ended; the model in use stays", night)
    elif ended is None:
        training_lock.give_back(desk().db, date.fromisoformat(night))
    elif ended:
        log.warning("training on %s ended with %s; the model in use stays", night, ended)


def _deliver_what_is_due() -> None:
    try:
        if outbox.due(desk(), datetime.now(UTC)):
            deliver()
    except SQLAlchemyError as error:
        log.warning("nothing can be sent now, training goes on: %s", error)


def _ask_for_receipts() -> None:
    try:
        pulling.pull(desk(), datetime.now(UTC), _deliver_what_is_due, stop=_stopped)
    except SQLAlchemyError as error:
        log.warning("nobody can be asked for receipts now: %s", error)
