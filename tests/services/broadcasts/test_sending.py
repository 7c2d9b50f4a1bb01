"""Sending within the hours, pausing, resuming, recalling; never `sent` while somebody is unsent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.recipients import acknowledging
from bot.services.clock import due_work
from bot.services.notices import outbox
from bot.store.persons import people
from bot.store.sending import failed_notices
from bot.store.sending import notices as outbox_rows
from bot.store.tables import broadcasts, notices
from config.settings import Settings
from tests.services import alone
from tests.services.broadcasts.scene import DAY, NOW, WRITTEN, Scene

EVENING = NOW.replace(hour=13)  # 21:00 in Shanghai
MORNING = NOW.replace(hour=0, minute=30) + DAY  # 08:30 of the next day
MINUTE = timedelta(minutes=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, send_hours=(8 * 60 + 30, 20 * 60 + 30))


def test_what_is_approved_outside_the_hours_begins_at_the_next_opening(scene: Scene) -> None:
    scene.members(2)
    number = scene.write(at=EVENING)
    assert approving.approve(scene.office, number, scene.chief, EVENING) == "scheduled"
    assert scene.send(EVENING) == scene.send(MORNING - MINUTE) == []
    assert scene.state(number, MORNING - MINUTE) == "scheduled"
    assert len(scene.send(MORNING)) == 2
    alone.release_all(scene.office, MORNING)
    assert scene.state(number, MORNING) == "sent"
    assert scene.row(number).started_at == MORNING


def test_what_is_left_at_the_end_of_the_hours_waits_for_the_next_day_and_is_no_failure(scene: Scene) -> None:
    scene.members(5)
    number = scene.started(at=EVENING - timedelta(minutes=31))
    assert len(scene.send(EVENING - timedelta(minutes=31), most=3)) == 3
    assert scene.send(EVENING) == []
    assert not outbox.due(scene.office, EVENING)
    assert not due_work.needs_office(scene.office, EVENING)
    alone.release_all(scene.office, EVENING)
    assert scene.state(number, EVENING) == "sending"
    assert dict(scene.counts(number)) == {
        "recipients": 5,
        "sent": 3,
        "delivered": 0,
        "waiting": 2,
        "failed": 0,
        "acked": 0,
    }
    assert len(scene.send(MORNING)) == 2


def test_a_worker_that_was_lost_at_the_end_of_the_hours_is_made_good_for_in_the_morning(scene: Scene) -> None:
    scene.members(1)
    scene.started()
    with scene.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.event == "broadcast").values(state="sending", lease_until=NOW))
    assert scene.send(EVENING) == []
    assert len(scene.send(MORNING)) == 1


def test_order_notices_are_never_held(scene: Scene) -> None:
    with scene.office.db.transaction() as tx:
        outbox_rows.write(tx, [scene.author], "finish_resident", now=EVENING)
    assert outbox.due(scene.office, EVENING)


def test_a_paused_one_is_not_sent_until_it_is_resumed(scene: Scene) -> None:
    scene.members(5)
    number = scene.started()
    assert len(scene.send(NOW, most=2)) == 2
    alone.pause(scene.office, number, scene.author, NOW)
    assert scene.send(NOW + MINUTE) == []
    assert not outbox.due(scene.office, NOW + MINUTE)
    assert not due_work.needs_office(scene.office, NOW + MINUTE)
    alone.release_all(scene.office, NOW + MINUTE)
    assert (scene.state(number), scene.counts(number)["waiting"]) == ("paused", 3)
    with pytest.raises(NotAllowed):
        alone.pause(scene.office, number, scene.author, NOW)
    assert alone.resume(scene.office, number, scene.chief, NOW + MINUTE) == "sending"
    assert len(scene.send(NOW + MINUTE)) == 3
    alone.release_all(scene.office, NOW + MINUTE)
    assert scene.state(number) == "sent"


def test_what_was_paused_before_its_time_waits_for_it_again(scene: Scene) -> None:
    scene.members(1)
    number = scene.started(send_at=NOW + DAY)
    alone.pause(scene.office, number, scene.author, NOW)
    assert scene.send(NOW + DAY) == []
    assert alone.resume(scene.office, number, scene.author, NOW) == "scheduled"
    assert len(scene.send(NOW + DAY)) == 1


def test_a_notice_in_the_air_when_it_was_paused_comes_back_and_waits(scene: Scene) -> None:
    scene.members(1)
    number = scene.started()
    with scene.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.event == "broadcast").values(state="sending", lease_until=NOW - DAY))
    alone.pause(scene.office, number, scene.author, NOW)
    assert scene.send(NOW) == []
    alone.resume(scene.office, number, scene.author, NOW)
    assert len(scene.send(NOW)) == 1


def test_one_that_is_paused_keeps_no_other_one_from_going_out(scene: Scene) -> None:
    scene.members(3)
    held = [scene.started() for _ in range(4)]
    for number in held:
        alone.pause(scene.office, number, scene.author, NOW)
    other = scene.started()
    assert len(scene.send(NOW, most=3)) == 3
    assert scene.counts(other)["sent"] == 3


def test_a_recalled_one_reaches_nobody_else_and_who_has_it_hears_the_correction(scene: Scene) -> None:
    ids = scene.members(5)
    number = scene.started()
    had = scene.send(NOW, most=2)
    assert alone.recall(scene.office, number, scene.author, NOW, correction="时间写错了，以新通知为准。") == 2
    assert scene.notices(number, notices.c.reason)[2:5] == [("recalled",)] * 3
    assert dict(scene.counts(number)) == {
        "recipients": 5,
        "sent": 2,
        "delivered": 0,
        "waiting": 0,
        "failed": 3,
        "acked": 0,
    }
    assert scene.send(NOW) == had == ids[:2]
    alone.release_all(scene.office, NOW)
    assert scene.row(number).due_from is None
    assert scene.counts(number)["sent"] == 2
    with pytest.raises(NotAllowed):
        alone.resume(scene.office, number, scene.author, NOW)


def test_what_was_in_the_air_when_it_was_recalled_is_not_sent_again(scene: Scene) -> None:
    scene.members(2)
    number = scene.started()
    with scene.office.db.transaction() as tx:
        first, second = (row[0] for row in scene.notices(number, notices.c.id))
        tx.run(update(notices).where(notices.c.id == first).values(state="sending", lease_until=NOW - MINUTE))
        tx.run(update(notices).where(notices.c.id == second).values(state="sending", lease_until=NOW + DAY))
    alone.recall(scene.office, number, scene.chief, NOW)
    with scene.office.db.transaction() as tx:  # its worker says that it is to be tried again
        tx.run(update(notices).where(notices.c.id == second).values(state="pending", lease_until=None))
    assert scene.send(NOW) == []
    alone.release_all(scene.office, NOW)
    assert scene.notices(number, notices.c.state, notices.c.reason) == [("failed", "recalled")] * 2
    assert (scene.state(number), scene.row(number).due_from) == ("recalled", None)


def test_one_that_waits_for_its_time_is_recalled_and_one_that_is_sent_is_not(scene: Scene) -> None:
    scene.members(1)
    number = scene.started(send_at=NOW + DAY)
    assert alone.recall(scene.office, number, scene.author, NOW, correction="不发了") == 0
    assert scene.send(NOW + DAY) == []
    with pytest.raises(NotAllowed):
        alone.recall(scene.office, scene.sent(), scene.author, NOW)


def test_what_is_sent_is_corrected_and_no_more_told_until_it_is_closed(scene: Scene) -> None:
    scene.members(3)
    number = scene.started()
    told = scene.send(NOW)
    alone.release_all(scene.office, NOW)
    assert (len(told), scene.state(number)) == (3, "sent")
    assert alone.recall(scene.office, number, scene.author, NOW, correction="时间写错了，是下午3点。") == 3
    assert scene.state(number) == "recalled"
    assert len(scene.send(NOW)) == 3
    closed = scene.sent()
    alone.close(scene.office, closed, scene.author, NOW)
    with pytest.raises(NotAllowed):
        alone.recall(scene.office, closed, scene.author, NOW, correction="时间写错了")


def test_nobody_but_the_author_and_who_may_approve_stops_it(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.started()
    for stop in (alone.pause, alone.recall):
        with pytest.raises(NotAllowed):
            stop(scene.office, number, member, NOW)
    assert scene.state(number) == "sending"


def test_it_is_not_sent_while_somebody_is_unsent(scene: Scene) -> None:
    scene.members(3)
    number = scene.started()
    scene.send(NOW, most=2)
    alone.release_all(scene.office, NOW)
    assert scene.row(number).state == "sending"
    scene.send(NOW)
    assert due_work.needs_office(scene.office, NOW)
    alone.release_all(scene.office, NOW)
    assert (scene.row(number).state, scene.row(number).ended_at) == ("sent", NOW)
    assert not due_work.needs_office(scene.office, NOW)


@pytest.mark.parametrize("how", ["a receipt", "the console"])
def test_what_is_tried_once_more_after_the_end_goes_out_and_ends_again(scene: Scene, how: str) -> None:
    scene.members(2)
    number = scene.sent()
    later = NOW + timedelta(hours=1)
    with scene.office.db.transaction() as tx:
        (notice_id,) = scene.notices(number, notices.c.id)[0]
        if how == "a receipt":
            assert outbox_rows.try_again(tx, outbox_rows.by_id(tx, notice_id), "failed:system failed", later)
        else:
            tx.run(update(notices).where(notices.c.id == notice_id).values(state="failed"))
            failed_notices.try_again(tx, [notice_id], later)
    assert (scene.state(number, later), scene.counts(number)["waiting"]) == ("sending", 1)
    assert len(scene.send(later)) == 1
    alone.release_all(scene.office, later)
    assert (scene.state(number, later), scene.row(number).ended_at) == ("sent", NOW)


def test_a_second_clock_sends_nothing_again(scene: Scene) -> None:
    scene.members(3)
    number = scene.started(send_at=NOW + DAY)
    at = NOW + DAY
    alone.release_all(scene.office, at)
    alone.release_all(scene.office, at)
    assert (len(scene.send(at)), len(scene.send(at))) == (3, 0)
    for _ in range(2):
        alone.release_all(scene.office, at)
    assert len(scene.notices(number, notices.c.id)) == 3


def test_a_reply_tells_nothing_of_a_broadcast_that_is_paused(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.started()
    scene.send(NOW, state="waiting")
    assert "廉洁过节" in said_in_reply(scene, member)
    with scene.office.db.transaction() as tx:
        tx.run(update(notices).values(state="waiting", taken=0))
        tx.run(update(broadcasts).values(state="paused"))
    assert said_in_reply(scene, member) == ""
    assert scene.counts(number)["waiting"] == 1


def test_a_closed_one_reminds_nobody_and_who_was_not_reached_has_failed(scene: Scene) -> None:
    first, _ = scene.members(2)
    number = scene.started()
    scene.send(NOW, most=1)
    scene.send(NOW, state="waiting")
    alone.release_all(scene.office, NOW)
    alone.close(scene.office, number, scene.author, NOW)
    assert (scene.state(number), scene.row(number).closed_at) == ("sent", NOW)
    assert (scene.counts(number)["sent"], scene.counts(number)["failed"]) == (1, 1)
    alone.release_all(scene.office, NOW + DAY)
    assert scene.send(NOW + DAY) == []
    with scene.office.db.transaction() as tx:
        assert acknowledging.acknowledge(tx, first, None, NOW + DAY) == (number, True)


def said_in_reply(scene: Scene, person_id: int, at: datetime = NOW) -> str:
    with scene.office.db.transaction() as tx:
        return outbox.reply_with_waiting(scene.office, tx, people.by_id(tx, person_id), 2000, at).text


def test_the_newest_is_the_one_that_came_last_not_the_one_that_was_approved_last(scene: Scene) -> None:
    (member,) = scene.members(1)
    later = scene.started(send_at=NOW + MINUTE * 60)
    first = scene.sent()
    with scene.office.db.transaction() as tx:
        assert acknowledging.acknowledge(tx, member, None, NOW + MINUTE) == (first, True)
    after = NOW + MINUTE * 61
    alone.release_all(scene.office, after)
    assert scene.send(after) == [member]
    with scene.office.db.transaction() as tx:
        assert acknowledging.acknowledge(tx, member, None, after) == (later, True)


def test_a_failed_receipt_brings_nothing_of_a_recalled_or_closed_one_back(scene: Scene) -> None:
    scene.members(2)
    recalled = scene.started()
    scene.send(NOW, most=1)
    alone.recall(scene.office, recalled, scene.author, NOW)
    closed = scene.sent()
    alone.close(scene.office, closed, scene.author, NOW)
    for number, why in ((recalled, "recalled"), (closed, "closed")):
        with scene.office.db.transaction() as tx:
            row = tx.first(select(notices).where(notices.c.broadcast_id == number, notices.c.state == "sent").limit(1))
            assert row is not None
            assert outbox_rows.try_again(tx, row, "system failed", NOW)
        assert scene.notices(number, notices.c.reason).count((why,)) >= 1
        assert scene.send(NOW) == []
        assert scene.counts(number)["waiting"] == 0
    assert scene.state(closed) == "sent"


def test_what_everybody_has_is_neither_recalled_nor_paused_before_the_clock_says_so(scene: Scene) -> None:
    scene.members(1)
    number = scene.started()
    scene.send(NOW)
    with pytest.raises(NotAllowed, match="recall"):
        alone.recall(scene.office, number, scene.author, NOW)
    with pytest.raises(NotAllowed, match="pause"):
        alone.pause(scene.office, number, scene.author, NOW)
    alone.close(scene.office, number, scene.author, NOW)
    assert scene.state(number) == "sent"


def test_who_was_asked_to_approve_is_not_asked_any_more_once_it_is_recalled(scene: Scene) -> None:
    scene.members(1)
    number = writing.create(scene.office, scene.author, WRITTEN, NOW, asked_id=scene.chief)
    assert scene.told(scene.chief, "broadcast_review") == 1
    alone.recall(scene.office, number, scene.author, NOW)
    assert scene.told(scene.chief, "broadcast_review") == 0


def test_what_never_went_out_is_not_acknowledged(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.started()
    alone.recall(scene.office, number, scene.author, NOW)
    with scene.office.db.transaction() as tx, pytest.raises(NotFound):
        acknowledging.acknowledge(tx, member, number, NOW)
    assert scene.counts(number)["acked"] == 0
