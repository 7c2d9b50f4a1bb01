"""运行: how the service is, also where Redis does not answer; and which notices have failed."""

import platform
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import Row

from bot.services.broadcasts.times import hours
from bot.services.console.retrying import SHOWN_DAYS, admit
from bot.services.console.seat import Seat
from bot.services.messages import spool
from bot.services.notices.rules import rules
from bot.services.notices.words import wording
from bot.services.office import Office
from bot.services.reports import platform_health, queue_health
from bot.services.reports.platform_health import Platform
from bot.services.reports.queue_health import Queues
from bot.store import exclusions, migrate
from bot.store.database import Tx
from bot.store.reads import api
from bot.store.records import listed
from bot.store.records.acts import Act
from bot.store.sending import failed_notices
from config import heartbeat
from config.settings import ROOT

SHOWN = 20  # notices of a reason


@dataclass(frozen=True, slots=True)
class Failed:
    """Failed notices of one reason: how many, and the newest of them. `reason` is empty where none is known."""

    reason: str
    said: str
    number: int
    newest: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs. `newest`: the revision that the program's tables have."""

    program: str
    python: str
    database: str
    revision: str | None
    newest: str


@dataclass(frozen=True, slots=True)
class Running:
    """The page. `queues` and `platform` None: Redis does not answer."""

    queues: Queues | None
    platform: Platform | None
    clock_seconds: float | None
    clock_stands: bool
    unsent: Sequence[Row[Any]]
    late_seconds: float
    waiting: Sequence[tuple[str, int]]
    failed: Sequence[Failed]
    kept: int
    spooled: int
    backup_at: datetime | None
    versions: Versions


def show(office: Office, seat: Seat, now: datetime) -> Running:
    """Everything for the operator at one moment."""
    admit(seat)
    queues, found = _in_redis(office, now)
    beat = heartbeat.age(office.settings.var_dir)
    with office.db.reading() as tx:
        oldest = api.oldest_due(tx, now, hours(office.settings).opened_at(now))
        waiting = [(wording.why(office.texts, row.reason), row.number) for row in failed_notices.waiting_by_reason(tx)]
        return Running(
            queues, found, beat, beat is None or beat > heartbeat.CLOCK_SECONDS, api.unsent_by_state(tx),
            (now - oldest).total_seconds() if oldest is not None else 0.0, waiting, _failed(office, tx, seat, now),
            api.kept_messages(tx), len(spool.waiting(office)), listed.newest(tx, Act.BACKUP), _versions(office, tx),
        )  # fmt: skip


def _in_redis(office: Office, now: datetime) -> tuple[Queues | None, Platform | None]:
    """Asked twice at most, so that a Redis that is silent costs seconds and no more."""
    try:
        return queue_health.queues(office), platform_health.platform(office, rules()["quota"], now)
    except (RedisError, OSError):
        return None, None


def _failed(office: Office, tx: Tx, seat: Seat, now: datetime) -> list[Failed]:
    since, reader = now - SHOWN_DAYS, exclusions.reader(tx, seat.person_id, seat.rights)
    return [
        Failed(
            row.reason or "", wording.why(office.texts, row.reason), row.number,
            failed_notices.newest(tx, since, row.reason, reader, SHOWN),
        )
        for row in failed_notices.by_reason(tx, since)
    ]  # fmt: skip


def _versions(office: Office, tx: Tx) -> Versions:
    version = ".".join(map(str, tx.connection.dialect.server_version_info or ()))
    return Versions(
        _program(), platform.python_version(), f"{tx.dialect} {version}", migrate.revision(office.db.engine),
        migrate.newest(),
    )  # fmt: skip


@cache
def _program() -> str:
    """The version of the project, from pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])
