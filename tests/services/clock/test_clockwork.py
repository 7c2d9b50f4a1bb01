"""What time does: once, also with two clocks or after a long sleep."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.orders.lifecycle import State
from bot.services.clock import clockwork
from bot.services.office import Office
from bot.services.orders import placement
from bot.store.persons import people
from bot.store.tables import history, notices, orders, persons, roles, sessions
from tests.services.orders.test_acting import Scene
from tests.talk import NOON, Talk

DAY = timedelta(days=1)


def sweep(office: Office, now: datetime) -> None:
    for work in clockwork.sweep(office, now):
        work.do()


def put(office: Office, state: State, **values: object) -> int:
    with office.db.transaction() as tx:
        order = Scene(office, tx, state).order
        step = office.limits.step_due_at(state, "U3", NOON, office.calendar, due_at=order.due_at)
        moved = {"step_at": NOON, "step_due_at": step, **values}
        tx.run(update(orders).values(look_at=office.limits.look_at({**order._asdict(), **moved}), **moved))
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
    sweep(office, NOON + DAY)
    sweep(office, NOON + DAY)
    assert state_of(office) == ("submitted", None)
    assert times(office, "expire") == 1


def test_an_open_wish_widens_twice_and_then_staff_decide(office: Office) -> None:
    put(office, State.OPEN)
    for day, ring in ((2, 0), (3, 1), (6, 2)):
        sweep(office, NOON + day * DAY)
        with office.db.reading() as tx:
            assert tx.value(select(orders.c.ring)) == ring
    sweep(office, NOON + 10 * DAY)
    assert state_of(office) == ("submitted", None)
    assert times(office, "unclaimed") == 1


def test_silence_is_asked_once_more_and_then_closed_but_never_as_satisfied(office: Office) -> None:
    put(office, State.DONE, done_at=NOON)
    for hours in (47, 48, 49, 100):
        sweep(office, NOON + timedelta(hours=hours))
    assert times(office, "ask_again") == 1
    sweep(office, NOON + 7 * DAY)
    assert state_of(office) == ("closed", "no_reply")
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.solved)) is None


@pytest.mark.parametrize("slept", [False, True], ids=["awake", "down in between"])
def test_a_limit_is_warned_of_and_escalated_once(office: Office, slept: bool) -> None:
    put(office, State.SUBMITTED)  # one working day: due tomorrow noon
    if not slept:
        sweep(office, NOON + timedelta(hours=19))
        assert (times(office, "warn"), times(office, "escalate")) == (1, 0)
    for hours in (25, 26):
        sweep(office, NOON + timedelta(hours=hours))
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
        sweep(office, NOON + day * DAY)
        assert state_of(office) == ("open", None)
    sweep(office, NOON + 10 * DAY)
    assert state_of(office) == ("submitted", None)


def test_a_resident_who_was_asked_something_is_asked_again_twice_and_then_it_closes(office: Office) -> None:
    put(office, State.NEEDS_INFO)
    for hours in (23, 25, 26, 49, 50, 71):
        sweep(office, NOON + timedelta(hours=hours))
    assert (times(office, "nudge"), state_of(office)) == (2, ("needs_info", None))
    sweep(office, NOON + 3 * DAY)
    assert state_of(office) == ("closed", "no_reply")
    assert (times(office, "warn"), times(office, "escalate")) == (0, 0)


def test_staff_telephone_on_the_fifth_day_of_silence(office: Office) -> None:
    put(office, State.DONE, done_at=NOON)
    for hours in (119, 120, 121):
        sweep(office, NOON + timedelta(hours=hours))
    assert times(office, "call") == 1
    assert state_of(office) == ("done", None)


def test_restricted_matters_have_their_limit_too_and_only_the_discipline_staff_hear_of_it(office: Office) -> None:
    put(office, State.SUBMITTED, lane="restricted")
    with office.db.transaction() as tx:
        for name, role in (("纪检", "discipline"), ("主任", "admin"), ("社工", "staff")):
            person = people.add(tx, NOON, name=name)
            tx.run(insert(roles).values(person_id=person.id, role=role, community="陈桥社区", skills=[]))
    sweep(office, NOON + timedelta(hours=25))
    with office.db.reading() as tx:
        told = tx.all(
            select(persons.c.name, notices.c.facts_sealed).join(notices).where(notices.c.event == "escalate_leaders")
        )
        assert [row.name for row in told] == ["纪检"]
        facts = tx.open_facts(told[0].facts_sealed)
    assert (facts["title"], facts["what"]) == ("受限事项", "")


def test_one_order_that_breaks_a_step_leaves_the_others_their_turn(office: Office) -> None:
    put(office, State.OFFERED)
    with office.db.transaction() as tx:
        resident = people.add(tx, NOON)
        other = placement.place(office, tx, resident, office.reader.understand("陈桥社区路灯不亮"), NOON)
        tx.run(update(orders).where(orders.c.id != other.id).values(category="没有这一类"))
    failed = 0
    for work in clockwork.sweep(office, NOON + 2 * DAY):
        try:
            work.do()
        except KeyError:
            failed += 1
    assert failed > 0
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.escalated_at).where(orders.c.id == other.id)) is not None
