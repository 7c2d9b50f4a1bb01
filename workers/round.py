"""One round of the whole office, `python -m workers.round`: what time has made due is done, and the process ends."""

import logging
import signal
import sys
import threading
from datetime import UTC, datetime
from types import FrameType

from bot.services.clock import clockwork
from bot.services.office import Office, open_office
from bot.services.work_queue import Nudge
from bot.store.copies import unfinished
from bot.understanding.models import bundle
from config import logging as logs
from config import settings as environment
from config.settings import CONFIG_DIR
from workers import steps

log = logging.getLogger(__name__)


def main() -> None:
    """Until all is done, or SIGTERM or SIGINT comes between two steps."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        known = environment.enter("clock")
    except environment.SettingsError as error:
        sys.exit(f"wutong round: {error}")
    logs.configure(known.log_level)
    office = open_office(known, Nudge(known.redis))
    refused = unfinished.why_not_to_start(office.db.engine)
    if refused is not None:
        sys.exit(f"wutong round: {refused}")
    office.adjustable.load()
    if bundle.outdated(CONFIG_DIR / "lexicon"):
        log.warning("config/lexicon has changed since it was learnt from: run `flask --app bot.app lexicon learn`")
    try:
        run(office, stopped)
    finally:
        office.db.close()


def run(office: Office, stopped: threading.Event) -> None:
    for work in clockwork.sweep(office, datetime.now(UTC)):
        if stopped.is_set():
            return
        steps.do(work.about, work.do)


if __name__ == "__main__":
    main()
