"""What staff see as a danger is raised to one at once, with all that an emergency sets off; lowering needs a reason."""

from datetime import timedelta

from sqlalchemy import select

from bot.store.tables import history, notices
from tests.console.conftest import World
from tests.console.orders.test_order import opened, row


def test_danger_that_staff_see_alarms_and_counts_in_minutes(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    assert '<option value="U0">' in browser.page
    browser.send(f"/console/orders/{code}/correct", part="urgency", value="U0", version=1)
    found = row(world, code)
    assert found.urgency == "U0"
    assert found.limit_at == found.due_at == found.step_due_at
    assert found.due_at - found.updated_at == timedelta(minutes=10)
    with world.office.db.reading() as tx:
        alarms = tx.all(select(notices.c.need, notices.c.priority).where(notices.c.event == "place_duty"))
    assert alarms
    assert set(alarms) == {(2, 0)}


def test_less_urgent_only_with_a_reason_that_colleagues_read(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/correct", part="urgency", value="U0", version=1)
    browser.send(f"/console/orders/{code}/correct", part="urgency", value="U3", version=2)
    assert row(world, code).urgency == "U0"
    browser.send(f"/console/orders/{code}/correct", part="urgency", value="U3", words="灯只是不亮", version=2)
    found = row(world, code)
    assert found.urgency == "U3"
    assert found.due_at - found.created_at > timedelta(hours=23)
    with world.office.db.reading() as tx:
        notes = tx.all(select(history.c.note).where(history.c.action == "correct"))
    assert "灯只是不亮" in notes[-1].note
