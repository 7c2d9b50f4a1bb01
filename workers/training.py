"""One night's training, `python -m workers.training NIGHT`: a process of its own that gives way to all others."""

import logging
import os
import sys
from datetime import UTC, date, datetime

from bot.services.learning import training
from bot.services.office import no_nudge, open_office
from config import logging as logs
from config import settings as environment

log = logging.getLogger(__name__)

PATIENCE = 10  # of `nice`: who serves or sends goes first


def main() -> None:
    """What breaks it is logged, and the next night comes."""
    os.nice(PATIENCE)
    try:
        known = environment.enter("training")
    except environment.SettingsError as error:
        sys.exit(f"wutong training: {error}")
    logs.configure(known.log_level)
    office = open_office(known, no_nudge)
    try:
        training.retrain(office, date.fromisoformat(sys.argv[1]), datetime.now(UTC))
    except Exception:
        log.exception("training broke; the model in use stays")
    finally:
        office.db.close()


if __name__ == "__main__":
    main()
