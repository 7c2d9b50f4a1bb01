"""The one message a day, from approval to evidence: when it is put together, what counts as acknowledged, what is kept of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services.broadcasts.evidence import collected, worded
from bot.services.broadcasts.recipients import acknowledging, collecting, preferences
from bot.services.clock import due_work
from bot.store.broadcasts import digests
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notice_queue import claim
from bot.store.sending.notice_reports import Report, record
from bot.store.tables import notices
from config.settings import Settings
from tests.services import alone
from tests.services.broadcasts.scene import NOW, Scene

SIX = NOW + timedelta(hours=6)  # 18:00 in Shanghai
LATE = SIX + timedelta(seconds=30)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the hours of the office."""
    return replace(settings, send_hours=(8 * 60 + 30, 20 * 60 + 30))


@pytest.fixture
def two(scene: Scene) -> tuple[int, int, int]:
    """Two bulletins of this noon, and a member who wishes one message a day beside one who does not."""
    mine, _ = scene.members(2)
    with scene.office.db.transaction() as tx:
        preferences.collect(tx, mine, digest=True)
    return scene.started("bulletin", title="一"), scene.started("bulletin", title="二"), mine


def send_digest(scene: Scene, at: datetime) -> list[int]:
    """What a worker takes of the day's messages goes by a card; the persons."""
    with scene.office.db.transaction() as tx:
        taken = [one.row for one in claim(tx, 100, at, 30) if one.row.event == digests.EVENT]
        card = Attempt(at, "template", Outcome.TAKEN)
        reports = [Report(one.id, one.person_id, "sent", 1, 0, None, None, [card], is_digest=True) for one in taken]
        record(tx, reports, at)
    return [one.person_id for one in taken]


def test_who_does_not_collect_gets_each_at_once_and_who_does_gets_one_in_the_evening(
    scene: Scene, two: tuple[int, int, int]
) -> None:
    first, second, mine = two
    assert mine not in scene.send(NOW)
    assert scene.counts(first)["waiting"] == 1
    assert [collecting.gather(scene.office, SIX - timedelta(minutes=1)), collecting.is_due(scene.office, SIX)] == [
        0,
        True,
    ]
    assert due_work.needs_office(scene.office, SIX)
    assert [collecting.gather(scene.office, LATE), collecting.is_due(scene.office, LATE)] == [1, False]
    alone.release_all(scene.office, LATE)
    assert scene.state(first, LATE) == "sending"  # somebody is unsent
    assert send_digest(scene, LATE) == [mine]
    alone.release_all(scene.office, LATE)
    for number in (first, second):
        assert (scene.state(number, LATE), scene.counts(number, LATE)["sent"]) == ("sent", 2)


def test_received_acknowledges_all_that_came_in_it_and_a_number_only_that_one(
    scene: Scene, two: tuple[int, int, int]
) -> None:
    first, second, mine = two
    scene.send(NOW)
    collecting.gather(scene.office, LATE)
    send_digest(scene, LATE)
    after = LATE + timedelta(minutes=1)
    with scene.office.db.transaction() as tx:
        acknowledging.acknowledge(tx, mine, first, after)
    assert [scene.counts(number, after)["acked"] for number in two[:2]] == [1, 0]
    with scene.office.db.transaction() as tx:
        assert acknowledging.acknowledge(tx, mine, None, after) == (second, True)
    assert [scene.counts(number, after)["acked"] for number in two[:2]] == [1, 1]


def test_plain_received_counts_for_each_of_the_digest(scene: Scene, two: tuple[int, int, int]) -> None:
    scene.send(NOW)
    collecting.gather(scene.office, LATE)
    send_digest(scene, LATE)
    with scene.office.db.transaction() as tx:
        acknowledging.acknowledge(tx, two[2], None, LATE + timedelta(minutes=1))
    assert [scene.counts(number, LATE)["acked"] for number in two[:2]] == [1, 1]


def test_the_evidence_says_that_it_went_in_the_digest_and_by_which_channel(
    scene: Scene, two: tuple[int, int, int]
) -> None:
    scene.send(NOW)
    collecting.gather(scene.office, LATE)
    send_digest(scene, LATE)
    for number in two[:2]:
        with scene.office.db.reading() as tx:
            lines = {one.person_id: one for one in collected.lines(tx, number)}
        mine = lines.pop(two[2])
        (other,) = lines.values()
        assert (mine.first.in_digest, mine.channel, mine.first.sent_at) == (True, "template", LATE)
        assert (other.first.in_digest, other.channel) == (False, "template")
        (row,) = worded.people(scene.office, [mine])
        assert "当天汇总在一条消息里" in row[-1]


def test_what_is_recalled_before_the_evening_fails_with_its_reason(scene: Scene, two: tuple[int, int, int]) -> None:
    first, second, mine = two
    alone.recall(scene.office, first, scene.author, NOW + timedelta(hours=1))
    assert collecting.gather(scene.office, LATE) == 0  # one is left, which goes as it is
    assert mine in scene.send(LATE)
    assert scene.counts(second, LATE)["sent"] == 2
    told = scene.notices(first, notices.c.person_id, notices.c.state, notices.c.reason)
    assert (mine, "failed", "recalled") in told


def test_outside_the_hours_nothing_is_put_together(scene: Scene, two: tuple[int, int, int]) -> None:
    for at in (SIX + timedelta(hours=3), SIX + timedelta(hours=14)):  # 21:00, and 8:00 of the next day
        assert (collecting.gather(scene.office, at), collecting.is_due(scene.office, at)) == (0, False)
    next_day = LATE + timedelta(days=1)
    assert collecting.gather(scene.office, next_day) == 1
    with scene.office.db.reading() as tx:
        assert tx.value(select(notices.c.once).where(notices.c.event == digests.EVENT)) == (
            f"{digests.EVENT}:2026-03-03:{two[2]}"
        )
