"""Whether workers and clock do their work, and whether there is a backup."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong
from bot.services.reports import counting, queue_health
from config.heartbeat import CLOCK_SECONDS, age

LATE_SECONDS = 120
BACKUP_HOURS = 26
MANY_JOBS = 100


def work(asked: Asked) -> Iterator[Finding]:
    """Whether somebody sends, and whether somebody looks at the clock."""
    found, census = queue_health.queues(asked.office), counting.census(asked.office, datetime.now(UTC))
    yield good("workers", count=found.workers) if found.workers else wrong("no_worker")
    if found.waiting > MANY_JOBS:
        yield notice("queue_long", count=found.waiting)
    if found.failed:
        yield notice("jobs_failed", count=found.failed)
    if census.oldest_due_seconds > LATE_SECONDS:
        yield wrong("notices_late", minutes=round(census.oldest_due_seconds / 60))
    if census.kept:
        yield notice("kept", count=census.kept)
    beat = age(asked.office.settings.var_dir)
    if beat is None or beat > CLOCK_SECONDS:
        yield wrong("no_clock")
    else:
        yield good("clock_runs")


def backups(asked: Asked) -> Iterator[Finding]:
    """The age of the newest file in the folder of backups."""
    newest = max((path.stat().st_mtime for path in _files(asked.backups)), default=None)
    if newest is None:
        yield wrong("no_backup", folder=asked.backups)
        return
    hours = round((time.time() - newest) / 3600)
    yield (wrong if hours > BACKUP_HOURS else good)(
        "backup_old" if hours > BACKUP_HOURS else "backup", hours=hours, folder=asked.backups
    )


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
