"""The clock: `python -m workers.clock`. Finds what is due; a second copy does no harm.

It stays small. What needs the whole office is done by a process of its own, which ends after each round.
"""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import FrameType

from bot.broadcasts import occasion_files
from bot.orders.time_limits import calendar, limits
from bot.orders.time_limits.limits import Limits
from bot.services.audit import chaining
from bot.services.clock import due_work
from bot.services.notices import outbox
from bot.services.settings.adjustable import DAYS, LIMITS, Adjustable
from bot.services.settings.settings_cache import SettingsCache
from bot.store.copies import unfinished
from bot.store.database import Database, open_database
from bot.texts import Texts
from config import heartbeat
from config import logging as logs
from config import settings as environment
from config.settings import CONFIG_DIR, Settings
from workers import steps
from workers.subprocesses import Rounds

log = logging.getLogger(__name__)

QUICK_SECONDS = 2.0
SLOW_EVERY = 15  # quick rounds
CHAIN_EVERY = 4  # quick rounds: what was done is chained within ten seconds
RECEIPTS_SECONDS = 300.0
WHOLE_SECONDS = 600.0  # a round of the whole office at least so often: retention, training, what was overlooked


@dataclass(frozen=True, slots=True)
class Watch:
    """The clock's own office: what finding out needs, and no reader."""

    settings: Settings
    db: Database
    adjustable: SettingsCache
    nudge: Callable[[], None]

    @property
    def limits(self) -> Limits:
        """As they are now."""
        return self.adjustable.present.limits


class Waking:
    """Wakes a worker. Redis is loaded the first time: as long as messages wake them, the clock need not."""

    def __init__(self, redis_url: str) -> None:
        self._url = redis_url
        self._nudge: Callable[[], None] | None = None

    def __call__(self) -> None:
        if self._nudge is None:
            from bot.services.work_queue import Nudge

            self._nudge = Nudge(self._url)
        self._nudge()


def main() -> None:
    """Run until SIGTERM or SIGINT; any error is logged with its cause and the next round tries again."""
    try:
        known = environment.enter("clock")
    except environment.SettingsError as error:
        sys.exit(f"wutong: {error}")
    logs.configure(known.log_level)
    watch = open_watch(known)
    refused = unfinished.why_not_to_start(watch.db.engine)
    if refused is not None:
        sys.exit(f"wutong clock: {refused}")
    watch.adjustable.load()
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    days = watch.adjustable.present.calendar
    missing = days.missing_years(datetime.now(days.zone).date())
    if missing:
        log.warning("config/holidays.toml has no holidays for %s: only weekends count as free there", missing)
    provisional = days.provisional_years(datetime.now(days.zone).date())
    if provisional:
        log.warning(
            "config/holidays.toml is provisional for %s: enter the State Council's notice when it is out", provisional
        )
    undated = occasion_files.load(CONFIG_DIR).missing_years(datetime.now(days.zone).date())
    if undated:
        log.warning(
            "config/broadcasts/days.toml has no dates for %s: no reminder is proposed for lunar festivals", undated
        )
    rounds = Rounds()
    try:
        run(watch, rounds, stopped)
    finally:
        rounds.end()
        watch.db.close()


def open_watch(settings: Settings) -> Watch:
    """Reads data and makes pools; connects to nothing yet."""
    db = open_database(settings)
    files = Adjustable(limits.load(CONFIG_DIR), calendar.load(CONFIG_DIR), {}, Texts({}))
    return Watch(settings, db, SettingsCache(db, files, (LIMITS, DAYS)), Waking(settings.redis))


def run(watch: Watch, rounds: Rounds, stopped: threading.Event) -> None:
    """Quick looks every two seconds, slow ones now and then."""
    looks, whole_at, receipts_at = 0, 0.0, 0.0
    while not stopped.is_set():
        now = datetime.now(UTC)
        steps.do("its sign of life", partial(heartbeat.beat, watch.settings.var_dir))
        steps.do("the settings", partial(watch.adjustable.look, now))
        steps.do("what is due", partial(due_work.wake, watch, now))
        if looks % CHAIN_EVERY == 0:
            steps.do("the audit", partial(chaining.extend, watch))
        if looks % SLOW_EVERY == 0:
            steps.do("the outbox", partial(outbox.sweep, watch, now))
            if time.monotonic() >= whole_at or steps.do("the orders", partial(due_work.needs_office, watch, now)):
                steps.do("a round", rounds.begin)
                whole_at = time.monotonic() + WHOLE_SECONDS
        if watch.settings.sms_provider and time.monotonic() >= receipts_at:
            steps.do("receipts of short messages", watch.nudge)  # a worker asks for those that have not come
            receipts_at = time.monotonic() + RECEIPTS_SECONDS
        looks += 1
        stopped.wait(QUICK_SECONDS)


if __name__ == "__main__":
    main()
