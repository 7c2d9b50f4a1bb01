"""What time does: once, also with two clocks or after a long sleep."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.orders.lifecycle import State
from bot.services import clockwork
from bot.services.office import Office
from bot.store.tables import history, orders, sessions
from tests.services.test_acting import Scene
from tests.talk import NOON, Talk

DAY = timedelta(days=1)


def put(office: Office, state: State, **values: object) -> int:
    with office.db.transaction() as tx:
        order = Scene(office, tx, state).order
        step = office.limits.step_due_at(state, "U3", NOON, office.calendar, due_at=order.due_at)
        tx.run(update(orders).values(step_at=NOON, step_due_at=step, **values))
        return int(order.id)


def state_of(office: Office) -> tuple[str, str | None]:
    with office.db.reading() as tx:
        row = tx.first(select(orders))
    assert row is not None
    return row.state, row.outcome


def times(office: Office, action: str) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(func.count()).where(history.c.action == action)))


def test_an_invitation_without_an_answer_goes_back_to_staff_once(office: Office) -> None:
    put(office, State.OFFERED)
    clockwork.sweep(office, NOON + DAY)
    clockwork.sweep(office, NOON + DAY)
    assert state_of(office) == ("submitted", None)
    assert times(office, "expire") == 1


def test_an_open_wish_widens_twice_and_then_staff_decide(office: Office) -> None:
    put(office, State.OPEN)
    for day, ring in ((2, 0), (3, 1), (6, 2)):
        clockwork.sweep(office, NOON + day * DAY)
        with office.db.reading() as tx:
            assert tx.value(select(orders.c.ring)) == ring
    clockwork.sweep(office, NOON + 10 * DAY)
    assert state_of(office) == ("submitted", None)
    assert times(office, "unclaimed") == 1


def test_silence_is_asked_once_more_and_then_closed_but_never_as_satisfied(office: Office) -> None:
    put(office, State.DONE, done_at=NOON)
    for hours in (47, 48, 49, 100):
        clockwork.sweep(office, NOON + timedelta(hours=hours))
    assert times(office, "ask_again") == 1
    clockwork.sweep(office, NOON + 7 * DAY)
    assert state_of(office) == ("closed", "no_reply")
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.solved)) is None


@pytest.mark.parametrize("slept", [False, True], ids=["awake", "down in between"])
def test_a_limit_is_warned_of_and_escalated_once(office: Office, slept: bool) -> None:
    put(office, State.SUBMITTED)  # one working day: due tomorrow noon
    if not slept:
        clockwork.sweep(office, NOON + timedelta(hours=19))
        assert (times(office, "warn"), times(office, "escalate")) == (1, 0)
    for hours in (25, 26):
        clockwork.sweep(office, NOON + timedelta(hours=hours))
    assert (times(office, "warn"), times(office, "escalate")) == (0 if slept else 1, 1)


def test_a_question_is_given_up_after_ten_minutes(office: Office) -> None:
    talk = Talk(office)
    assert "请问在哪个社区" in talk.says("王阿姨", "想请人帮忙换灯泡")
    talk.wait(minutes=11)
    talk.says("王阿姨", "3")
    with office.db.reading() as tx:
        assert tx.value(select(sessions.c.asked)) != "community"
        assert tx.value(select(orders.c.community)) is None


def test_a_wish_has_ten_days_in_all_before_staff_decide(office: Office) -> None:
    put(office, State.OPEN)
    for day in (3, 6, 9):
        clockwork.sweep(office, NOON + day * DAY)
        assert state_of(office) == ("open", None)
    clockwork.sweep(office, NOON + 10 * DAY)
    assert state_of(office) == ("submitted", None)
