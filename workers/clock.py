"""The clock: `python -m workers.clock`. Finds what is due; a second copy does no harm."""

import logging
import signal
import sys
import threading
from datetime import UTC, datetime
from functools import partial
from types import FrameType

from bot.services import clockwork
from bot.services.clockwork import Work
from bot.services.office import Office, open_office
from bot.services.work_queue import Nudge
from bot.understanding.models import bundle
from config import logging as logs
from config import settings
from config.settings import CONFIG_DIR

log = logging.getLogger(__name__)

QUICK_SECONDS = 2.0
SLOW_EVERY = 15  # quick rounds


def main() -> None:
    """Run until SIGTERM or SIGINT; any error is logged with its cause and the next round tries again."""
    try:
        known = settings.load()
        logs.configure(known.log_level)
        office = open_office(known, Nudge(known.redis))
    except settings.SettingsError as error:
        sys.exit(f"wutong: {error}")
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    missing = office.calendar.missing_years(datetime.now(office.calendar.zone).date())
    if missing:
        log.warning("config/holidays.toml has no holidays for %s: only weekends count as free there", missing)
    if bundle.outdated(CONFIG_DIR / "lexicon"):
        log.warning("config/lexicon has changed since it was learnt from: run `flask --app bot.app lexicon learn`")
    run(office, stopped)


def run(office: Office, stopped: threading.Event) -> None:
    """Quick rounds every two seconds, a slow one now and then."""
    rounds = 0
    while not stopped.is_set():
        now = datetime.now(UTC)
        _do(Work("what is due", partial(clockwork.wake, office, now)))
        if rounds % SLOW_EVERY == 0:
            _do(Work("the slow round", partial(_sweep, office, now, stopped)))
        rounds += 1
        stopped.wait(QUICK_SECONDS)
    office.db.close()


def _sweep(office: Office, now: datetime, stopped: threading.Event) -> None:
    for work in clockwork.sweep(office, now):
        if stopped.is_set():
            return
        _do(work)


def _do(work: Work) -> None:
    """What breaks is logged with its cause; the next round finds it again."""
    try:
        work.do()
    except Exception:
        log.exception("the clock could not deal with %s", work.about)


if __name__ == "__main__":
    main()
