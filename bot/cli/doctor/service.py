"""The service: the database, the sealed box and Redis."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong
from bot.services.reports import health, probing
from bot.services.restricted import lost_keys

OLDEST_VERSION = (6, 2)


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
