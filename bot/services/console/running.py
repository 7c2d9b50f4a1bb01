"""运行: how the service is, also where Redis does not answer; and failed notices, which can be sent again."""

import platform
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import Row

from bot.errors import NotFound
from bot.orders.rights import ADMIN
from bot.services.broadcasts.times import hours
from bot.services.console.seat import Seat
from bot.services.messages import spool
from bot.services.notices.outbox import waiting_since
from bot.services.notices.rules import rules
from bot.services.notices.words import wording
from bot.services.notices.words.opening import opened
from bot.services.office import Office
from bot.services.reports import health
from bot.services.reports.health import Platform, Queues
from bot.store import exclusions, failed_notices, migrate
from bot.store.database import Tx
from bot.store.reads import api
from bot.store.records import audit, listed
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from config import heartbeat
from config.settings import ROOT

SHOWN_DAYS = timedelta(days=30)
SHOWN = 20  # notices of a reason
MOST = 500  # notices that are sent again at once


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


@dataclass(frozen=True, slots=True)
class Retried:
    """How many notices are sent again, and how many more of the reason cannot be, or not at once."""

    done: int
    left: int


def show(office: Office, seat: Seat, now: datetime) -> Running:
    """Everything for the operator at one moment."""
    _admit(seat)
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
        return health.queues(office), health.platform(office, rules()["quota"], now)
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


def retry(
    office: Office, seat: Seat, now: datetime, *, reason: str = "", notice_id: int | None = None
) -> Retried:  # fmt: skip
    """One notice, or all of a reason (at most MOST), once more. Not what nobody waits for any more: what was withdrawn,
    is too old, has been settled meanwhile, or is for somebody who left. On record for each."""
    _admit(seat)
    with office.db.transaction() as tx:
        rows = failed_notices.retriable(tx, waiting_since(now), reason=reason or None, notice_id=notice_id, limit=MOST)
        chosen = [row for row in rows if _makes_sense(office, tx, row, now)]
        if chosen:
            failed_notices.try_again(tx, [row.id for row in chosen], now)
        entries = [_entry(seat, row) for row in chosen]
        audit.write(tx, now, *entries)
        number = _number(tx, reason, notice_id, now) if not chosen or notice_id is None else 0
    if chosen:
        office.nudge()
    return Retried(len(chosen), number)


def _number(tx: Tx, reason: str, notice_id: int | None, now: datetime) -> int:
    """How many are still failed."""
    if notice_id is not None:
        return 1
    return sum(row.number for row in failed_notices.by_reason(tx, now - SHOWN_DAYS) if (row.reason or "") == reason)


def _makes_sense(office: Office, tx: Tx, row: Row[Any], now: datetime) -> bool:
    letter = opened(office, tx, row)
    return letter.broken is None and not letter.is_withdrawn and not letter.is_settled(now)


def _entry(seat: Seat, row: Row[Any]) -> Entry:
    return Entry(
        Act.NOTICE_RETRY, audit.CONSOLE, seat.person_id, row.person_id, row.order_id, detail=f"notice {row.id}"
    )


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


def _admit(seat: Seat) -> None:
    if not seat.rights.holds(ADMIN):
        raise NotFound("console.error.404")
