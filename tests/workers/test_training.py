"""Training beside the sending: in a process of its own, by a real worker, and never in the way of a notice."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Row, select

from bot.services.learning import schedule
from bot.services.office import Office, no_nudge, open_office
from bot.store.schema.installed import models
from config.settings import Settings
from tests.databases import SQLITE
from tests.programs.processes import Processes
from tests.services.history import LAMPS, NOISE, settled
from workers.subprocesses import beside

NIGHT = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
SLEEP = [sys.executable, "-c", "import time; time.sleep(1.3)"]


def test_a_worker_goes_on_sending_as_long_as_it_trains() -> None:
    sent: list[float] = []
    assert beside(SLEEP, lambda: sent.append(time.monotonic()), lambda: False) == 0
    assert len(sent) == 2


def test_how_training_ended_is_known() -> None:
    assert beside([sys.executable, "-c", "raise SystemExit(3)"], lambda: None, lambda: False) == 3


def test_a_worker_that_is_asked_to_stop_leaves_no_training_behind() -> None:
    started = time.monotonic()
    forever = [sys.executable, "-c", "import time; time.sleep(600)"]
    assert beside(forever, lambda: None, lambda: True) is None
    assert time.monotonic() - started < 5


def test_sending_that_breaks_ends_the_training_with_it() -> None:
    def breaks() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        beside(SLEEP, breaks, lambda: False)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """With a past that is long enough for the office's own limits."""
    office = open_office(settings, no_nudge)
    more = ("", "，急", "，好几天了")
    settled(office, [f"{text}{end}" for text in NOISE for end in more], "0503", by_staff=True)
    settled(office, [f"{text}{end}" for text in LAMPS for end in more], "0603")
    yield office
    office.db.close()


def row(office: Office) -> Row[tuple[object, ...]] | None:
    with office.db.reading() as tx:
        return tx.first(select(models.c.state, models.c.in_use, models.c.rows))


def test_a_worker_takes_the_night_trains_and_the_model_is_in_use(
    office: Office, settings: Settings, environment: dict[str, str]
) -> None:
    service = Processes(settings, {**os.environ, **environment}, [])
    service.start("worker")
    try:
        schedule.send_for_it(office, NIGHT)
        service.eventually(lambda: (found := row(office)) and found.in_use)
        assert service.stop() == {"worker": 0}
    finally:
        service.kill_all()
    assert "learnt on 2026-11-25 from" in (settings.var_dir / "worker.log").read_text()


@SQLITE
def test_a_worker_stops_in_the_middle_of_training_and_leaves_the_night_to_others(
    office: Office, settings: Settings, environment: dict[str, str]
) -> None:
    settled(office, [f"第{number}号楼 {text}" for number in range(30) for text in LAMPS], "0603")
    service = Processes(settings, {**os.environ, **environment}, [])
    service.start("worker")
    try:
        schedule.send_for_it(office, NIGHT)
        service.eventually(lambda: row(office))
        started = time.monotonic()
        assert service.stop() == {"worker": 0}
    finally:
        service.kill_all()
    assert time.monotonic() - started < 5
    assert row(office) is None  # the night is free again: after a restart the clock sends for it once more
