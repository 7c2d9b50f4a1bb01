"""Who does not acknowledge is reminded at most twice; then the author alone sees who it is, and tells them by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving
from bot.services.broadcasts.recipients import acknowledging
from bot.services.clock import due_work
from bot.services.notices import outbox
from bot.store.broadcasts import written
from bot.store.persons import people
from bot.store.tables import broadcast_people, broadcasts, notices, roles
from config.settings import Settings
from tests.services import alone
from tests.services.broadcasts.scene import DAY, NOW, TO_ALL, Scene

FIRST, SECOND = NOW + DAY, NOW + 2 * DAY
HOUR = timedelta(hours=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, send_hours=(8 * 60 + 30, 20 * 60 + 30))


def acknowledge(scene: Scene, person_id: int, at: datetime, number: int | None = None) -> bool:
    with scene.office.db.transaction() as tx:
        return acknowledging.acknowledge(tx, person_id, number, at)[1]


def remind(scene: Scene, at: datetime) -> list[int]:
    """The clock's round, and what the workers send then."""
    alone.release_all(scene.office, at)
    told = scene.send(at)
    alone.release_all(scene.office, at)
    return told


def test_only_who_has_not_answered_is_reminded_after_a_day_and_after_two_and_never_again(scene: Scene) -> None:
    first, second, third = scene.members(3)
    number = scene.sent()
    assert acknowledge(scene, first, NOW)
    assert remind(scene, FIRST - HOUR) == []
    assert not due_work.needs_office(scene.office, FIRST - HOUR)
    assert due_work.needs_office(scene.office, FIRST)
    assert remind(scene, FIRST) == [second, third]
    assert acknowledge(scene, second, FIRST)
    assert remind(scene, SECOND) == [third]
    assert [remind(scene, SECOND + day * DAY) for day in range(1, 4)] == [[], [], []]
    assert scene.row(number).rounds == 2
    assert dict(scene.counts(number)) == {
        "recipients": 3,
        "sent": 3,
        "delivered": 2,
        "waiting": 0,
        "failed": 0,
        "acked": 2,
    }


def test_a_second_clock_begins_no_round_twice(scene: Scene) -> None:
    scene.members(2)
    number = scene.sent()
    for _ in range(3):
        alone.release_all(scene.office, FIRST)
    assert [row[0] for row in scene.notices(number, notices.c.round)] == [0, 0, 1, 1]
    assert (len(scene.send(FIRST)), len(scene.send(FIRST))) == (2, 0)


@pytest.mark.parametrize("kind", ["bulletin", "service"])
def test_a_kind_that_asks_for_no_answer_is_not_reminded_of(scene: Scene, kind: str) -> None:
    scene.members(2)
    scene.sent(kind)
    assert remind(scene, FIRST) == remind(scene, SECOND) == []


def test_a_round_that_is_due_at_night_waits_for_the_morning(scene: Scene) -> None:
    scene.members(1)
    scene.sent(at=NOW)
    night, morning = FIRST.replace(hour=15), (FIRST + DAY).replace(hour=0, minute=30)
    assert remind(scene, night) == []
    assert not due_work.needs_office(scene.office, night)
    assert len(remind(scene, morning)) == 1


def test_who_answers_while_a_reminder_waits_does_not_get_it(scene: Scene) -> None:
    first, second = scene.members(2)
    scene.sent()
    alone.release_all(scene.office, FIRST)
    assert acknowledge(scene, first, FIRST)
    assert scene.send(FIRST) == [second]


def test_who_could_not_be_reached_is_tried_again_and_counts_as_sent_once_reached(scene: Scene) -> None:
    first, second = scene.members(2)
    number = scene.started()
    scene.send(NOW, most=1)
    assert scene.send(NOW, state="waiting") == [second]
    alone.release_all(scene.office, NOW)
    assert (scene.state(number), scene.counts(number)["sent"]) == ("sent", 1)
    assert remind(scene, FIRST) == [first, second]
    assert dict(scene.counts(number)) == {
        "recipients": 2,
        "sent": 2,
        "delivered": 0,
        "waiting": 0,
        "failed": 0,
        "acked": 0,
    }
    assert acknowledge(scene, second, FIRST)
    assert scene.counts(number)["acked"] == 1


def test_a_round_that_fails_takes_nothing_off_what_was_sent(scene: Scene) -> None:
    scene.members(2)
    number = scene.sent()
    before = dict(scene.counts(number))
    alone.release_all(scene.office, FIRST)
    assert scene.state(number, FIRST) == "sent"
    scene.send(FIRST, state="failed")
    assert dict(scene.counts(number)) == before


def test_of_several_rounds_that_wait_a_reply_tells_one(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.started()
    scene.send(NOW, state="waiting")
    alone.release_all(scene.office, NOW)
    alone.release_all(scene.office, FIRST)
    scene.send(FIRST, state="waiting")
    with scene.office.db.transaction() as tx:
        said = outbox.reply_with_waiting(scene.office, tx, people.by_id(tx, member), 2000, FIRST).text
    assert said.count("廉洁过节") == 1
    assert scene.counts(number)["sent"] == 1


def test_it_is_acknowledged_once_also_by_another_account_of_the_same_person(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.sent()
    assert acknowledge(scene, member, NOW)
    scene.change_person(member, openid="oanother")
    assert not acknowledge(scene, member, FIRST)
    assert not acknowledge(scene, member, FIRST, number)
    assert scene.counts(number)["acked"] == 1


def test_the_newest_one_that_reached_somebody_is_acknowledged_also_where_it_was_a_reminder(scene: Scene) -> None:
    (member,) = scene.members(1)
    old = scene.sent()
    new = scene.sent(at=NOW + HOUR)
    assert acknowledge(scene, member, NOW + HOUR)
    assert scene.counts(new)["acked"] == 1
    assert remind(scene, FIRST) == [member]
    assert acknowledge(scene, member, FIRST)
    assert scene.counts(old)["acked"] == 1


def test_the_list_is_the_authors_alone_and_only_after_the_rounds(scene: Scene) -> None:
    first, second = scene.members(2)
    number = scene.sent()
    acknowledge(scene, first, NOW)
    for at in (FIRST, SECOND):
        with pytest.raises(NotAllowed):
            alone.unanswered(scene.office, number, scene.author)
        alone.release_all(scene.office, at)
        with pytest.raises(NotAllowed):  # the round has begun and is not out
            alone.unanswered(scene.office, number, scene.author)
        remind(scene, at)
    assert [(one.name, one.was_reached) for one in alone.unanswered(scene.office, number, scene.author)] == [
        ("党员1", True)
    ]
    for person in (scene.chief, scene.other, second):
        with pytest.raises(NotAllowed):
            alone.unanswered(scene.office, number, person)


def test_whoever_was_told_by_hand_is_on_record_and_counts_as_no_acknowledgement(scene: Scene) -> None:
    first, _ = scene.members(2)
    number = scene.sent()
    remind(scene, FIRST)
    remind(scene, SECOND)
    with pytest.raises(NotAllowed):
        alone.tell(scene.office, number, first, scene.chief, "call", SECOND)
    with pytest.raises(NotFound):
        alone.tell(scene.office, number, scene.chief, scene.author, "call", SECOND)
    alone.tell(scene.office, number, first, scene.author, "meeting", SECOND)
    found = {one.person_id: (one.told_how, one.told_at) for one in alone.unanswered(scene.office, number, scene.author)}
    assert found[first] == ("meeting", SECOND)
    assert [how for how, _ in found.values()].count(None) == 1
    with scene.office.db.reading() as tx:
        (row,) = tx.all(select(broadcast_people))
    assert (row.told_offline_by_id, row.told_offline_at) == (scene.author, SECOND)
    assert scene.counts(number)["acked"] == 0


@pytest.mark.parametrize("left", [False, True], ids=["recalled now", "recalled by an older version"])
def test_one_that_was_recalled_has_no_round_and_does_not_wake_the_clock(left: bool, scene: Scene) -> None:
    scene.members(1)
    number = scene.sent()
    planned = scene.row(number).next_round_at
    with scene.office.db.transaction() as tx:  # as a receipt does that says that it was not delivered
        tx.run(update(notices).where(notices.c.broadcast_id == number).values(state="pending"))
        written.reopen(tx, number, NOW, first_round=True)
    alone.recall(scene.office, number, scene.author, NOW)
    assert (planned, scene.row(number).next_round_at) == (FIRST, None)
    if left:
        with scene.office.db.transaction() as tx:
            tx.run(update(broadcasts).values(next_round_at=planned))
    assert remind(scene, FIRST) == []
    assert not due_work.needs_office(scene.office, FIRST)


def test_one_that_is_being_sent_once_more_waits_with_its_round_and_does_not_wake_the_clock(scene: Scene) -> None:
    scene.members(1)
    number = scene.sent()
    with scene.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.broadcast_id == number).values(state="pending"))
        written.reopen(tx, number, NOW, first_round=True)
    assert scene.state(number) == "sending"
    assert not due_work.needs_office(scene.office, FIRST)
    assert scene.row(number).next_round_at == FIRST


def test_where_everybody_answered_there_is_no_round_and_the_list_is_empty(scene: Scene) -> None:
    (member,) = scene.members(1)
    number = scene.sent()
    acknowledge(scene, member, NOW)
    assert remind(scene, FIRST) == []
    assert scene.row(number).next_round_at is None
    assert alone.unanswered(scene.office, number, scene.author) == []


def test_who_left_the_roster_is_not_reminded(scene: Scene) -> None:
    first, second = scene.members(2)
    scene.sent()
    with scene.office.db.transaction() as tx:
        tx.run(delete(roles).where(roles.c.person_id == first))
    assert remind(scene, FIRST) == [second]


def test_ten_thousand_are_reminded_in_one_statement(scene: Scene) -> None:
    scene.members(10_000)
    number = scene.write(audience=TO_ALL)
    for person in (scene.chief, scene.other):
        approving.approve(scene.office, number, person, NOW)
    with scene.office.db.transaction() as tx:
        tx.run(notices.update().where(notices.c.broadcast_id == number).values(state="sent", taken=1))
    alone.release_all(scene.office, NOW)
    alone.release_all(scene.office, FIRST)
    with scene.office.db.reading() as tx:
        row = scene.row(number)
        assert report.figures(tx, row).sent == 10_000
    assert len(scene.notices(number, notices.c.id)) == 20_000
    assert len(scene.send(FIRST, most=64)) == 64
