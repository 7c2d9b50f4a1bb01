"""A broadcast as one mass send: for those whom no template and no window reaches, counted, asked for again under the same id."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.services.notices import outbox
from bot.services.notices.reach import REACHES
from bot.services.notices.reach.mass import month_of
from bot.services.notices.rules import known_channels, rules, usual_order
from bot.services.settings.adjustable import CHANNELS as PART
from bot.store.console import settings as settings_store
from bot.store.persons import people
from bot.store.schema.sending import attempts, mass_recipients, mass_sends
from bot.store.tables import broadcasts, notices, persons
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.sandbox.faults import LOST
from tests.workers.conftest import add_person, deliver, person, told
from tests.workers.test_groups import broadcast, states
from workers.channels import CHANNELS
from workers.resources import Desk
from workers.sending.mass import client_id

API = "message/mass/send"
ALL = ["subscription", "template", "chat", "mass", "sms", "wecom"]
TEXT = "请各位党员廉洁过节，不收受礼品礼金。"


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return {}


@pytest.fixture
def on(desk: Desk) -> Desk:
    """The office gave the channel its place."""
    switch(desk, ALL)
    return desk


def switch(desk: Desk, channels: Sequence[str]) -> None:
    administrator = add_person(desk, None)
    with desk.db.transaction() as tx:
        settings_store.add(tx, PART, json.dumps(list(channels)), "{}", administrator, datetime.now(UTC))
    desk.adjustable.load()


def followers(desk: Desk, sandbox: Sandbox, count: int) -> list[tuple[int, str]]:
    """Who follows the account and did not speak lately: (person, openid)."""
    return [(add_person(desk, openid), openid) for openid in sandbox.new_users(count)]


def counted(desk: Desk, person_id: int) -> tuple[int | None, int | None]:
    """The month of the last mass message, and how many came in it."""
    with desk.db.reading() as tx:
        row = tx.first(select(persons.c.mass_month, persons.c.mass_count).where(persons.c.id == person_id))
    assert row is not None
    return row.mass_month, row.mass_count


def again(desk: Desk, seconds: float = 0) -> None:
    """What is put off is due now, as if so much time had passed for the sends."""
    long_ago, shift = datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=seconds)
    assert desk.means.mass is not None
    desk.means.mass._not_before.clear()
    with desk.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.state == "pending").values(due_at=long_ago))
        for row in tx.all(select(mass_sends)):
            tx.run(update(mass_sends).where(mass_sends.c.id == row.id).values(until=row.until - shift))
    deliver(desk)


def sends(desk: Desk) -> list[Any]:
    with desk.db.reading() as tx:
        return list(tx.all(select(mass_sends).order_by(mass_sends.c.id)))


def made(desk: Desk, outcome: str = "") -> list[tuple[str, str]]:
    with desk.db.reading() as tx:
        rows = tx.all(select(attempts).order_by(attempts.c.id))
    return [(row.channel, row.outcome) for row in rows if not outcome or row.outcome == outcome]


def test_a_channel_reaches_and_sends_and_has_a_place_to_stand() -> None:
    assert set(REACHES) == set(CHANNELS) == set(known_channels())
    assert "mass" not in usual_order()


def test_one_call_tells_everybody_whom_nothing_else_reaches(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 30)
    talks = sandbox.new_user(window="message")
    number = broadcast(on, *(one for one, _ in known), add_person(on, talks, chat=5))
    deliver(on)
    assert (sandbox.calls(API), told(sandbox, talks)) == (0, ["custom"])
    again(on)
    again(on)
    assert (states(on), sandbox.calls(API)) == (["sent"] * 31, 1)
    assert {tuple(told(sandbox, openid)) for _, openid in known} == {("mass",)}
    assert all(TEXT in sandbox.texts(openid, "mass")[0] for _, openid in known)
    (row,) = sends(on)
    assert (row.broadcast_id, row.round, row.state, row.people) == (number, 0, "sent", 30)
    assert made(on, "taken") == [("chat", "taken")] + [("mass", "taken")] * 30
    assert {counted(on, one) for one, _ in known} == {(month_of(datetime.now(UTC)), 1)}


@SQLITE
def test_it_is_off_until_the_office_gives_it_a_place(desk: Desk, sandbox: Sandbox) -> None:
    known = followers(desk, sandbox, 3)
    with desk.db.transaction() as tx:  # not even for who would like it
        for one, _ in known:
            people.change(tx, one, channels="mass")
    broadcast(desk, *(one for one, _ in known))
    deliver(desk)
    again(desk)
    assert (states(desk), sandbox.calls(API)) == (["waiting"] * 3, 0)


@SQLITE
def test_one_person_alone_is_told_by_the_next_channel(on: Desk, sandbox: Sandbox) -> None:
    broadcast(on, followers(on, sandbox, 1)[0][0])
    deliver(on)
    again(on)
    assert (states(on), sandbox.calls(API), made(on)) == (["waiting"], 0, [("mass", "joined"), ("mass", "refused")])


def test_nobody_gets_more_than_four_in_a_month(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 3)
    with on.db.transaction() as tx:
        values = {"mass_month": month_of(datetime.now(UTC)), "mass_count": 4}
        people.change(tx, known[0][0], **values)
        people.change(tx, known[1][0], **{**values, "mass_month": 202001})
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    again(on)
    again(on)
    assert states(on) == ["waiting", "sent", "sent"]
    assert [told(sandbox, openid) for _, openid in known] == [[], ["mass"], ["mass"]]
    assert [counted(on, one)[1] for one, _ in known] == [4, 1, 1]


def test_the_last_of_the_four_is_sent(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 2)
    with on.db.transaction() as tx:
        for one, _ in known:
            people.change(tx, one, mass_month=month_of(datetime.now(UTC)), mass_count=rules()["mass"]["month"] - 1)
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    again(on)
    again(on)
    assert (states(on), [counted(on, one)[1] for one, _ in known]) == (["sent", "sent"], [4, 4])


def test_after_a_lost_answer_it_is_asked_for_again_under_the_same_id(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 3)
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    sandbox.answer_next(API, LOST)
    again(on)
    (row,) = sends(on)
    assert (row.state, states(on)) == ("unknown", ["pending"] * 3)
    with on.db.transaction() as tx:  # no reply tells it meanwhile
        assert not outbox.reply_with_waiting(on, tx, person(on, known[0][0]), 2000, datetime.now(UTC)).ids
    again(on, 70)
    (row,) = sends(on)
    assert (row.state, row.begun) == ("due", 1)  # 45066: the sandbox's clock has not moved
    sandbox.advance(70)
    again(on, 70)
    again(on)
    (row,) = sends(on)
    assert (row.state, states(on), sandbox.calls(API)) == ("sent", ["sent"] * 3, 3)
    assert [told(sandbox, openid) for _, openid in known] == [["mass"]] * 3
    assert row.message_id == sandbox.sent(api=API)[0]["msgid"]
    assert len(client_id(row)) <= 32


@pytest.mark.parametrize("code", [45028, 48001, 40003, 45009])
def test_what_the_platform_refuses_is_told_by_the_next_channel_and_not_counted(
    on: Desk, sandbox: Sandbox, code: int
) -> None:
    known = followers(on, sandbox, 3)
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    sandbox.answer_next(API, code)
    again(on)
    again(on)
    assert (states(on), sandbox.calls(API)) == (["waiting"] * 3, 1)
    assert [(counted(on, one)[1], person(on, one).unreachable) for one, _ in known] == [(0, None)] * 3
    assert str(code) in sends(on)[0].reason


def test_who_is_unknown_to_the_platform_does_not_keep_the_others_from_it(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 130)
    left = known[7][1]
    sandbox.unfollow(left)
    gone = [add_person(on, "o-of-another-account"), add_person(on, "o-closed")]
    broadcast(on, gone[0], *(one for one, _ in known), gone[1])
    deliver(on)
    again(on)
    again(on)
    again(on)
    assert (sends(on)[0].state, sends(on)[0].people, sends(on)[0].left_out) == ("sent", 129, 3)
    assert states(on) == ["waiting", *["sent"] * 7, "waiting", *["sent"] * 122, "waiting"]
    assert {tuple(told(sandbox, openid)) for _, openid in known if openid != left} == {("mass",)}
    assert (told(sandbox, left), sandbox.calls(API)) == ([], 2)
    with on.db.reading() as tx:
        query = select(attempts.c.notice_id, attempts.c.channel, attempts.c.code).where(attempts.c.outcome == "gone")
        rows = [tuple(row) for row in tx.all(query.order_by(attempts.c.notice_id))]
        ids = [row.id for row in tx.all(select(notices.c.id).order_by(notices.c.id))]
    assert rows == [(ids[0], "mass", 40003), (ids[8], "mass", 43004), (ids[-1], "mass", 40003)]
    assert [(counted(on, one)[1], bool(person(on, one).unreachable)) for one in (*gone, known[7][0])] == [(0, True)] * 3
    assert [person(on, one).subscribed for one in (gone[0], known[7][0], known[8][0])] == [True, False, True]
    assert {counted(on, one)[1] for one, openid in known if openid != left} == {1}


@SQLITE
def test_of_two_people_the_one_whom_the_platform_knows_is_told_by_the_next_channel(on: Desk, sandbox: Sandbox) -> None:
    gone, (known, openid) = add_person(on, "o-closed"), followers(on, sandbox, 1)[0]
    broadcast(on, gone, known)
    for _ in range(4):
        again(on)
    assert (states(on), sandbox.calls(API), told(sandbox, openid)) == (["waiting"] * 2, 1, [])
    assert made(on) == [("mass", "joined")] * 2 + [("mass", "gone"), ("mass", "refused")]
    assert [(counted(on, one)[1], bool(person(on, one).unreachable)) for one in (gone, known)] == [
        (0, True),
        (0, False),
    ]


@SQLITE
def test_whom_it_does_not_know_is_asked_again_where_the_answer_is_lost(on: Desk, sandbox: Sandbox) -> None:
    gone, known = add_person(on, "o-closed"), followers(on, sandbox, 2)
    broadcast(on, gone, *(one for one, _ in known))
    deliver(on)
    sandbox.answer_next("user/info/batchget", LOST)
    again(on)
    assert (sends(on)[0].state, states(on)) == ("due", ["pending"] * 3)
    for _ in range(3):
        again(on, 70)
    assert (states(on), [told(sandbox, openid) for _, openid in known]) == (["waiting", "sent", "sent"], [["mass"]] * 2)


@SQLITE
def test_who_is_paused_or_recalled_before_the_call_is_not_sent_it(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 3)
    number = broadcast(on, *(one for one, _ in known))
    deliver(on)
    for state in ("paused", "recalled"):
        with on.db.transaction() as tx:
            tx.run(update(broadcasts).where(broadcasts.c.id == number).values(state=state))
        again(on)
        assert sandbox.calls(API) == 0
    assert states(on) == ["failed"] * 3


def test_a_worker_that_ends_in_the_middle_leaves_it_to_another_one(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 3)
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    sandbox.answer_next(API, LOST)
    again(on)
    with on.db.transaction() as tx:  # as it is where nothing was written down after the call
        tx.run(update(mass_sends).values(state="sending"))
        tx.run(update(notices).values(state="sending", lease_until=datetime(2026, 1, 1, tzinfo=UTC)))
    sandbox.advance(70)
    again(on, 70)
    again(on)
    assert (states(on), [told(sandbox, openid) for _, openid in known]) == (["sent"] * 3, [["mass"]] * 3)


def eventually_counted(desk: Desk, sandbox: Sandbox) -> Any:
    def found() -> Any:
        outbox.match_receipts(desk, datetime.now(UTC))
        return next((row for row in sends(desk) if row.status is not None), None)

    return sandbox.wait_until(found)


@pytest.mark.usefixtures("hearing")
def test_the_event_says_that_everybody_got_it(on: Desk, sandbox: Sandbox) -> None:
    broadcast(on, *(one for one, _ in followers(on, sandbox, 3)))
    deliver(on)
    again(on)
    again(on)
    row = eventually_counted(on, sandbox)
    assert (row.status, row.admitted, row.arrived, row.failed) == ("send success", 3, 3, 0)
    assert (states(on), made(on, "delivered")) == (["delivered"] * 3, [("mass", "delivered")] * 3)


@pytest.mark.usefixtures("hearing")
def test_where_some_did_not_get_it_nobody_knows_who(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 3)
    sandbox.block(known[0][1])
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    again(on)
    again(on)
    row = eventually_counted(on, sandbox)
    assert (row.arrived, row.failed, states(on)) == (2, 1, ["sent"] * 3)


@pytest.mark.usefixtures("hearing")
def test_where_nobody_got_it_everybody_is_told_by_the_next_channel(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 2)
    for _, openid in known:
        sandbox.block(openid)
    broadcast(on, *(one for one, _ in known))
    deliver(on)
    again(on)
    again(on)
    assert eventually_counted(on, sandbox).arrived == 0
    assert states(on) == ["pending"] * 2
    again(on)
    assert (states(on), made(on, "failed")) == (["waiting"] * 2, [("mass", "failed")] * 2)


@SQLITE
def test_a_reminder_uses_none_of_the_month(on: Desk, sandbox: Sandbox) -> None:
    known = followers(on, sandbox, 2)
    broadcast(on, *(one for one, _ in known))
    with on.db.transaction() as tx:
        tx.run(update(notices).values(round=1))
    deliver(on)
    assert (states(on), made(on)) == (["waiting"] * 2, [])


@SQLITE
def test_deleting_a_broadcast_deletes_whom_it_named(on: Desk, sandbox: Sandbox) -> None:
    broadcast(on, *(one for one, _ in followers(on, sandbox, 2)))
    deliver(on)
    again(on)
    again(on)
    with on.db.transaction() as tx:
        assert len(tx.all(select(mass_recipients))) == 2
        tx.run(notices.delete())
        assert tx.all(select(mass_recipients)) == []
