"""The service: database, Redis, workers and clock, holidays, backups."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong
from bot.services.reports import health, probing, queue_health
from bot.services.restricted import lost_keys
from config.heartbeat import CLOCK_SECONDS, age

OLDEST_VERSION = (6, 2)
LATE_SECONDS = 120
BACKUP_HOURS = 26
MANY_JOBS = 100


def ready(asked: Asked) -> Iterator[Finding]:
    """What /readyz says: both must be there, migrated, and accept writes."""
    failing = probing.failing(asked.office, datetime.now(UTC))
    for part, reason in failing.items():
        yield wrong("not_migrated" if reason == "not migrated" else f"no_{part}", reason=reason)
    if not failing:
        yield good("ready")


def sealed(asked: Asked) -> Iterator[Finding]:
    """Whether the keys open what the database holds; a wrong key lets everything start, and fails with each message."""
    for name in lost_keys.closed(asked.office):
        yield wrong("key_closed", name=name)


def redis(asked: Asked) -> Iterator[Finding]:
    """Version, persistence and rights of the Redis server."""
    found = health.redis(asked.office)
    if found.version < OLDEST_VERSION:
        yield wrong("redis_old", version=".".join(map(str, found.version)))
    if found.replica:
        yield wrong("redis_replica")
    if found.policy not in ("", "noeviction"):
        yield wrong("redis_evicts", policy=found.policy)
    if found.broken_disk:
        yield wrong("redis_disk")
    if not found.appends:
        yield notice("redis_forgets")
    if not asked.office.settings.redis.startswith("unix://") and (found.user in ("", "default") or found.almighty):
        yield notice("redis_rights", user=found.user or "default")


def work(asked: Asked) -> Iterator[Finding]:
    """Whether somebody sends, and whether somebody looks at the clock."""
    found, census = queue_health.queues(asked.office), probing.census(asked.office, datetime.now(UTC))
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
