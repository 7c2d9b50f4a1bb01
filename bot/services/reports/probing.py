"""Whether the service works, for probes: it can write, or why not."""

from datetime import datetime

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.services.office import Office
from bot.store import migrate
from bot.store.copies import unfinished
from bot.store.sending import receipts

PROBE_SECONDS = 2.0
PROBE_KEY = "wutong:probe"


def failing(office: Office, now: datetime) -> dict[str, str]:
    """What the service needs and does not get: name and reason; empty when it is ready. Both must accept writes.

    The probe also loads a new model where there is one, so that even the first message of the morning is read with it.
    """
    found: dict[str, str] = {}
    try:
        if unfinished.is_marked(office.db.engine):
            found["database"] = "half restored"
        elif migrate.is_current(office.db.engine):
            with office.db.reading() as tx:
                office.learned.look(tx, now)
            _try_to_write(office, now)
        else:
            found["database"] = "not migrated"
    except (SQLAlchemyError, OSError) as error:  # OSError: the lock beside the SQLite file is busy or cannot be written
        found["database"] = type(error).__name__
    try:
        url, seconds = office.settings.redis, PROBE_SECONDS
        with Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds) as redis:
            redis.set(PROBE_KEY, "1", ex=10)  # a replica or a full server answers a ping all the same
    except (RedisError, OSError) as error:
        found["redis"] = type(error).__name__
    return found


class _Undo(Exception):
    """Rolls the probe back."""


def _try_to_write(office: Office, now: datetime) -> None:
    """A row that is rolled back. SQLAlchemyError or OSError where the database accepts no writes."""
    try:
        with office.db.transaction(within=PROBE_SECONDS) as tx:
            receipts.keep(tx, PROBE_KEY, "probe", now)
            raise _Undo
    except _Undo:
        return
