"""Asks the provider about short messages for which no receipt has come."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from redis.exceptions import RedisError

from bot.errors import ChannelError
from bot.services.notices import sms_receipts, unreported
from bot.services.notices.numbers import number_of
from bot.services.notices.sms_receipts import Report
from bot.services.notices.unreported import Unreported
from config.queues import SMS_KEY
from workers.resources import Desk
from workers.sms.account import Account

log = logging.getLogger(__name__)

EVERY_SECONDS = 240  # at most so often, of all workers together; the clock wakes one every five minutes
WIDEST = timedelta(hours=1)  # no further back, where nobody has asked for long
USUAL = timedelta(minutes=10)  # where it is not known when somebody asked last
MOST = 500  # messages of one time
AFTERWARDS = timedelta(days=1)  # the provider's time of a message is not later than this after ours


def pull(desk: Desk, now: datetime, meanwhile: Callable[[], None] = lambda: None, *, stop: Callable[[], bool]) -> int:
    """Ask about what is due, unless somebody did just now; how many receipts that brought. `meanwhile` is called after each
    question: an emergency does not wait for the last one."""
    account = desk.means.sms
    if account is None or not _is_my_turn(desk):
        return 0
    width = _since_the_last(desk, now)
    first = timedelta(minutes=account.rules["pull_minutes"])
    with desk.db.reading() as tx:
        due = unreported.unreported(tx, first, width, now, MOST)
    brought = 0
    for one in due:
        if stop():
            break
        try:
            told = _told(desk, account, one)
        except ChannelError as error:
            log.warning("the SMS provider cannot be asked for receipts: %s", error.reason)
            break
        if told is not None:
            brought += sms_receipts.take(desk, [told], datetime.now(UTC))
        meanwhile()
    return brought


def _told(desk: Desk, account: Account, one: Unreported) -> Report | None:
    """None while the provider has no receipt either. ChannelError."""
    number = number_of(desk.db, one.notice)
    if number is None:
        return None
    key = one.key
    found = account.found(number, key, one.at, one.at + AFTERWARDS)
    mine = [each for each in found if each.serial == one.serial or (each.context == key and not each.serial)]
    if not mine or mine[-1].arrived is None:
        return None
    return Report((one.serial,), number, mine[-1].arrived, mine[-1].words)


def _is_my_turn(desk: Desk) -> bool:
    """Without Redis nobody asks: the receipts' own address remains."""
    with suppress(RedisError):
        return bool(desk.redis.set(f"{SMS_KEY}:pulling", "1", nx=True, ex=EVERY_SECONDS))
    return False


def _since_the_last(desk: Desk, now: datetime) -> timedelta:
    found: Any = None
    with suppress(RedisError):
        found = desk.redis.set(f"{SMS_KEY}:pulled", int(now.timestamp()), get=True)
    if found is None:
        return USUAL
    return min(WIDEST, max(timedelta(0), now - datetime.fromtimestamp(int(found), UTC)))
