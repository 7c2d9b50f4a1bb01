"""Which channel carries a notice, and what becomes of one that no channel takes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.notices import outbox
from config.settings import Settings
from tests.sandbox.client import Sandbox
from tests.workers.conftest import add_person, deliver, later, notice, person, told, took, write
from workers.resources import Desk, open_desk
from workers.sending.sending import send


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


def reply(desk: Desk, person_id: int) -> str:
    """What waits for the person, with the reply to whatever they say."""
    with desk.db.transaction() as tx:
        return outbox.reply_with_waiting(desk, tx, person(desk, person_id), 2000, datetime.now(UTC)).text


def consented(sandbox: Sandbox, *, window: str = "") -> str:
    openid = sandbox.new_user(window=window)
    sandbox.consent(openid, "S-any")
    return openid


@pytest.mark.parametrize(("own", "api"), [("chat,subscription", "custom"), (None, "subscribe"), ("sms,chat", "custom")])
def test_the_persons_own_order_of_channels_counts(own: str | None, api: str, desk: Desk, sandbox: Sandbox) -> None:
    openid = consented(sandbox, window="message")
    write(desk, add_person(desk, openid, chat=5, channels=own))
    deliver(desk)
    assert told(sandbox, openid) == [api]


def test_who_unfollowed_is_not_written_to_again_and_told_with_the_next_reply(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user()
    sandbox.set_faults(error_codes={"message/subscribe/bizsend": [43004]})
    known = add_person(desk, openid, chat=5)
    write(desk, known)
    deliver(desk)
    assert (notice(desk).state, person(desk, known).subscribed) == ("waiting", False)
    assert "您好" in reply(desk, known)
    assert (notice(desk).state, took(desk)) == ("delivered", ["reply"])
    assert reply(desk, known) == ""


@pytest.mark.parametrize("code", [45015, 45047])
def test_a_window_that_the_platform_says_is_over_is_not_tried_again(code: int, desk: Desk, sandbox: Sandbox) -> None:
    known = add_person(desk, sandbox.new_user(), chat=5, channels="chat")
    sandbox.set_faults(error_codes={"message/custom/send": [code]})
    write(desk, known)
    deliver(desk)
    assert (notice(desk).state, person(desk, known).chat_left) == ("waiting", 0)
    assert "您好" in reply(desk, known)


def test_a_consent_that_is_used_up_is_not_tried_again_and_the_next_channel_tells(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    known = add_person(desk, openid, chat=5)
    write(desk, known)
    deliver(desk)
    assert person(desk, known).refused_templates == ["S-any"]
    write(desk, known)
    deliver(desk)
    assert told(sandbox, openid) == ["custom", "custom"]
    assert sandbox.counters()["calls"]["message/subscribe/bizsend"] == 1


def test_a_channel_whose_day_is_used_up_is_left_alone_while_another_one_tells(desk: Desk, sandbox: Sandbox) -> None:
    openid = consented(sandbox, window="message")
    known = add_person(desk, openid, chat=5)
    sandbox.set_faults(daily_limit={"message/subscribe/bizsend": 0})
    for _ in range(2):
        write(desk, known)
        deliver(desk)
    assert told(sandbox, openid) == ["custom", "custom"]
    assert sandbox.counters()["calls"]["message/subscribe/bizsend"] == 1


def test_without_another_channel_a_used_up_day_ends_at_midnight_for_all_workers(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    known = add_person(desk, consented(sandbox))
    sandbox.set_faults(daily_limit={"message/subscribe/bizsend": 0})
    write(desk, known)
    deliver(desk)
    due = notice(desk).due_at.astimezone(outbox.ZONE)
    assert notice(desk).state == "pending"
    assert (due.hour, due.minute) == (0, 0)
    other = open_desk(settings)
    write(other, known)
    deliver(other)
    other.close()
    assert sandbox.counters()["calls"]["message/subscribe/bizsend"] == 1


def test_what_is_put_off_till_midnight_is_told_earlier_to_who_speaks(desk: Desk, sandbox: Sandbox) -> None:
    known = add_person(desk, consented(sandbox))
    sandbox.set_faults(daily_limit={"message/subscribe/bizsend": 0})
    write(desk, known)
    deliver(desk)
    assert "您好" in reply(desk, known)
    assert notice(desk).state == "delivered"


def test_a_full_minute_is_waited_out_by_all_workers(desk: Desk, settings: Settings, sandbox: Sandbox) -> None:
    if time.time() % 60 > 56:
        time.sleep(4)  # all of this in one minute
    known = add_person(desk, consented(sandbox, window="message"), chat=5)
    sandbox.set_faults(minute_limit={"message/subscribe/bizsend": 0})
    write(desk, known)
    deliver(desk)
    assert timedelta(0) < notice(desk).due_at - datetime.now(UTC) <= timedelta(seconds=61)
    other = open_desk(settings)
    write(other, known)
    deliver(other)
    other.close()
    assert sandbox.counters()["calls"]["message/subscribe/bizsend"] == 1


@pytest.mark.parametrize(("chat", "state"), [(5, "sent"), (0, "pending")])
def test_who_was_written_to_too_often_is_told_otherwise_or_hours_later(
    chat: int, state: str, desk: Desk, sandbox: Sandbox
) -> None:
    openid = consented(sandbox, window="message")
    sandbox.set_faults(error_codes={"message/subscribe/bizsend": [43117]})
    write(desk, add_person(desk, openid, chat=chat))
    deliver(desk)
    assert notice(desk).state == state
    assert told(sandbox, openid) == (["custom"] if chat else [])
    assert chat or notice(desk).due_at > datetime.now(UTC) + timedelta(hours=1)


def test_a_wrong_configuration_stops_all_workers_and_all_channels(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = consented(sandbox, window="message")
    known = add_person(desk, openid, chat=5)
    sandbox.set_faults(error_codes={"*": [40164]})
    write(desk, known)
    deliver(desk)
    other = open_desk(settings)
    write(other, known)
    assert deliver(other) == 0
    other.close()
    assert told(sandbox, openid) == []
    later(desk, settings)
    assert told(sandbox, openid) == ["subscribe", "subscribe"]


# ---- in an emergency two channels are needed


def test_an_emergency_goes_by_two_channels(desk: Desk, sandbox: Sandbox) -> None:
    openid = consented(sandbox, window="message")
    known = add_person(desk, openid, chat=5)
    write(desk, known, need=2)
    deliver(desk)
    assert (notice(desk).state, took(desk)) == ("sent", ["subscription", "chat"])
    assert told(sandbox, openid) == ["subscribe", "custom"]
    assert reply(desk, known) == ""


@pytest.mark.parametrize("chat", [0, 5], ids=["there is no other", "the other refuses"])
def test_an_emergency_that_only_one_channel_took_does_not_wait_and_the_next_reply_tells_it_too(
    chat: int, desk: Desk, sandbox: Sandbox
) -> None:
    openid = consented(sandbox)  # the platform knows of no window
    known = add_person(desk, openid, chat=chat)
    write(desk, known, need=2)
    deliver(desk)
    assert (notice(desk).state, took(desk)) == ("sent", ["subscription"])
    assert "您好" in reply(desk, known)
    assert (notice(desk).state, took(desk)) == ("delivered", ["subscription", "reply"])
    assert reply(desk, known) == ""


def test_an_emergency_does_not_wait_for_the_channel_that_is_broken(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = consented(sandbox, window="message")
    known = add_person(desk, openid, chat=5)
    sandbox.set_faults(error_rate={"message/subscribe/bizsend": {"code": -1, "share": 1}})
    write(desk, known, need=2)
    deliver(desk)
    assert told(sandbox, openid) == ["custom"]
    sandbox.set_faults(error_rate={})
    later(desk, settings)
    assert told(sandbox, openid) == ["custom", "subscribe"]
    assert notice(desk).state == "sent"


def test_an_emergency_whose_second_channel_is_broken_is_told_by_the_reply_meanwhile(
    desk: Desk, sandbox: Sandbox
) -> None:
    openid = consented(sandbox, window="message")
    known = add_person(desk, openid, chat=5)
    sandbox.set_faults(error_rate={"message/custom/send": {"code": -1, "share": 1}})
    write(desk, known, need=2)
    deliver(desk)
    assert (notice(desk).state, took(desk)) == ("pending", ["subscription"])
    assert "您好" in reply(desk, known)
    assert notice(desk).state == "delivered"


def test_a_worker_killed_between_the_two_channels_has_written_down_the_first(desk: Desk, sandbox: Sandbox) -> None:
    write(desk, add_person(desk, consented(sandbox, window="message"), chat=5), need=2)
    (letter,) = outbox.exchange(desk, [], 1, datetime.now(UTC))
    report = send(desk.means, letter)
    assert (report.state, [(one.channel, one.outcome) for one in report.attempts]) == (
        "pending",
        [("subscription", "taken")],
    )
