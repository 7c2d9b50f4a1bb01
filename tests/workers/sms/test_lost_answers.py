"""After a lost answer nothing is sent again before the provider was asked, and what was not sent is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.services.notices.outbox import exchange
from bot.store.sending.notice_reports import Report
from bot.store.tables import persons
from config.settings import load
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.sandbox.faults import LOST
from tests.workers.conftest import deliver, notice
from tests.workers.sms.conftest import BOTH, add_staff, made, tell
from workers.resources import Desk, open_desk
from workers.sending.sending import send

SEND, ASK = "sms/SendSms", {"tencent": "sms/PullSmsSendStatusByPhoneNumber", "aliyun": "sms/QuerySendDetails"}
OVER = timedelta(seconds=400)  # longer than the grace time
NEVER_TAKEN: Any = {"http": 500, "body": "{}", "type": "application/json"}


@pytest.fixture(autouse=True)
def written(desk: Desk) -> None:
    tell(desk, add_staff(desk))


def at(desk: Desk, after: timedelta) -> Report:
    """Take the notice in hand and send it, so long after now."""
    now = datetime.now(UTC) + after
    (letter,) = exchange(desk, [], 1, now)
    report = send(desk.means, letter, now)
    exchange(desk, [report], 0, now)
    return report


def outcomes(desk: Desk) -> list[str]:
    return [outcome for channel, outcome, _ in made(desk) if channel == "sms"]


@BOTH
def test_what_the_provider_has_is_not_sent_again_and_counts_as_taken(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    sandbox.answer_next(SEND, LOST)
    deliver(desk)
    assert (notice(desk).state, outcomes(desk)) == ("pending", ["unknown"])
    assert at(desk, timedelta(seconds=30)).state == "sent"
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown", "taken"], 1)
    assert sandbox.calls(ASK[provider]) == 1


@BOTH
@SQLITE
def test_what_the_provider_does_not_know_after_a_while_is_sent_once_more(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    sandbox.answer_next(SEND, NEVER_TAKEN)
    deliver(desk)
    assert at(desk, timedelta(seconds=30)).state == "pending"
    assert (outcomes(desk), sandbox.short_messages()) == (["unknown", "asked"], [])
    assert at(desk, OVER).state == "sent"
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown", "asked", "taken"], 1)


@BOTH
@SQLITE
def test_two_lost_answers_of_which_the_provider_knows_nothing_lead_to_the_next_channel(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    sandbox.answer_next(SEND, NEVER_TAKEN, NEVER_TAKEN)
    deliver(desk)
    at(desk, OVER)
    assert at(desk, OVER + timedelta(seconds=30)).state == "pending"
    assert at(desk, OVER + OVER).state == "waiting"
    assert (outcomes(desk), sandbox.short_messages()) == (["unknown", "unknown", "asked", "refused"], [])


@BOTH
@SQLITE
def test_where_the_provider_cannot_be_asked_nothing_is_sent_again_and_the_next_channel_tells(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    sandbox.answer_next(SEND, LOST)
    sandbox.answer_next(ASK[provider], NEVER_TAKEN, NEVER_TAKEN)
    deliver(desk)
    assert at(desk, timedelta(seconds=30)).state == "pending"
    assert at(desk, OVER).state == "waiting"
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown", "asked", "refused"], 1)
    assert "cannot be asked" in (made(desk)[-1][2] or "")


@SQLITE
def test_where_the_provider_does_not_tell_which_message_is_which_nothing_is_sent_again(
    desk: Desk, sandbox: Sandbox
) -> None:
    sandbox.set_faults(sms_hides_context=True)
    sandbox.answer_next(SEND, LOST)
    deliver(desk)
    at(desk, timedelta(seconds=30))
    assert at(desk, OVER).state == "waiting"
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown", "asked", "refused"], 1)


@BOTH
@SQLITE
def test_while_it_is_not_known_no_other_channel_tells(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    openid = sandbox.new_user(window="message")
    until = datetime.now(UTC) + timedelta(hours=1)
    with desk.db.transaction() as tx:
        tx.run(update(persons).values(openid=openid, chat_until=until, chat_left=5, channels="sms,chat"))
    sandbox.answer_next(SEND, NEVER_TAKEN)
    deliver(desk)
    at(desk, timedelta(seconds=30))
    assert sandbox.sent() == []


@BOTH
@SQLITE
def test_a_worker_that_was_killed_in_the_middle_is_a_lost_answer(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    (letter,) = exchange(desk, [], 1, datetime.now(UTC))
    assert send(desk.means, letter).state == "sent"  # and nothing of it is written down
    at(desk, timedelta(seconds=40))
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown"], 1)
    assert at(desk, timedelta(seconds=120)).state == "sent"
    assert (outcomes(desk), len(sandbox.short_messages())) == (["unknown", "taken"], 1)


@contextmanager
def elsewhere(desk: Desk, environment: dict[str, str], address: str) -> Iterator[Desk]:
    opened = open_desk(load({**environment, "SMS_API_URL": address}))
    yield replace(desk, means=opened.means)
    opened.close()


@BOTH
@SQLITE
def test_a_connection_that_was_refused_is_no_lost_answer_and_is_tried_again(
    desk: Desk, sandbox: Sandbox, environment: dict[str, str], provider: str
) -> None:
    with elsewhere(desk, environment, "http://127.0.0.1:9") as down:
        deliver(down)
    assert (notice(desk).state, outcomes(desk)) == ("pending", ["later"])
    at(desk, timedelta(seconds=30))
    assert (outcomes(desk), len(sandbox.short_messages())) == (["later", "taken"], 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"http": 200, "body": "ok", "type": "application/json"}, {"http": 200, "body": "<html>", "type": "text/html"},
        {"http": 200, "body": '{"Response": {}}', "type": "application/json; charset=utf-8"},
        {"http": 502, "body": "<html>"}, {"http": 200, "body": "{}", "type": "application/json"}, LOST,
    ],
    ids=str,
)  # fmt: skip
@BOTH
@SQLITE
def test_whatever_is_no_answer_is_a_lost_one(answer: Any, desk: Desk, sandbox: Sandbox, provider: str) -> None:
    sandbox.answer_next(SEND, answer)
    deliver(desk)
    assert (notice(desk).state, outcomes(desk)) == ("pending", ["unknown"])
