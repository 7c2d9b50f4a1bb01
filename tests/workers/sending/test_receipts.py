"""The platform's later word on what it took, over the real wire: whenever it comes, and however often."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.services.notices import outbox
from bot.store.schema.sending import receipts
from config.settings import Settings
from tests.sandbox.client import Sandbox
from tests.workers.conftest import CARD, add_person, deliver, later, notice, person, sent_as, told, took, write
from workers.resources import Desk
from workers.sending.sending import send

pytestmark = pytest.mark.usefixtures("hearing")

ROUNDS = 16  # two for each attempt, and more
FAILURES = ["failed:user block", "failed: system failed", "failed:freq limit"]
CONSENT = {"*": {"id": "S-any", "kind": "subscribe", "fields": {"thing1": "title"}}}


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return getattr(request, "param", CARD)


def eventually(check: Callable[[], object]) -> None:
    until = time.monotonic() + 5
    while not check():
        assert time.monotonic() < until
        time.sleep(0.02)


def kept(desk: Desk) -> int:
    with desk.db.reading() as tx:
        return len(tx.all(select(receipts)))


def finished(sandbox: Sandbox, openid: str, message_id: str, status: str) -> None:
    sandbox.send_event(openid, "TEMPLATESENDJOBFINISH", {"MsgID": message_id, "Status": status})


def settled(desk: Desk, state: str) -> None:
    """Receipts come while the answer is being recorded, or before, or after: in the end the notice is so."""

    def check() -> bool:
        outbox.match_receipts(desk, datetime.now(UTC))
        return bool(notice(desk).state == state)

    eventually(check)


def arrived(desk: Desk) -> bool:
    """Whether the receipt of what was sent is there."""
    outbox.match_receipts(desk, datetime.now(UTC))
    return bool(notice(desk).state != "sent")


@pytest.mark.parametrize("templates", [CARD, CONSENT], indirect=True, ids=["card", "subscription"])
def test_a_receipt_of_success_makes_a_notice_delivered(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user()
    known = add_person(desk, openid)
    sandbox.consent(openid, "S-any")
    write(desk, known)
    deliver(desk)
    settled(desk, "delivered")
    assert kept(desk) == 0


@pytest.mark.parametrize("status", FAILURES)
def test_a_receipt_of_failure_leads_to_the_next_channel_with_its_reason(
    status: str, desk: Desk, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    known = add_person(desk, openid, chat=5)
    sandbox.set_faults(receipts=status)
    write(desk, known)
    deliver(desk)
    settled(desk, "pending")
    assert notice(desk).reason == status.replace(": ", ":")
    assert (person(desk, known).unreachable is not None) == (status == "failed:user block")
    deliver(desk)
    assert (notice(desk).state, took(desk)) == ("sent", ["chat"])
    assert told(sandbox, openid) == ["template", "custom"]


def test_who_refuses_messages_is_not_sent_another_card(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user()
    known = add_person(desk, openid)
    sandbox.set_faults(receipts="failed:user block")
    write(desk, known)
    deliver(desk)
    settled(desk, "pending")
    write(desk, known)
    deliver(desk)
    assert told(sandbox, openid) == ["template"]


@pytest.mark.parametrize("status", FAILURES[1:])
def test_without_another_channel_a_card_that_failed_is_sent_again_when_the_platform_forgot_the_first(
    status: str, desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user()
    sandbox.set_faults(receipts=status)
    write(desk, add_person(desk, openid))
    deliver(desk)
    settled(desk, "pending")
    deliver(desk)
    assert notice(desk).due_at > datetime.now(UTC) + timedelta(minutes=10)
    sandbox.set_faults(receipts="")
    sandbox.advance(601)
    later(desk, settings)
    settled(desk, "delivered")
    assert told(sandbox, openid) == ["template", "template"]


def test_a_card_that_fails_for_ever_waits_in_the_end_for_the_person_to_speak(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    known = add_person(desk, sandbox.new_user())
    sandbox.set_faults(receipts="failed:freq limit")
    write(desk, known)
    for _ in range(ROUNDS):
        later(desk, settings)
        eventually(lambda: arrived(desk))
        sandbox.advance(601)  # the platform forgets the card before
    assert notice(desk).state == "waiting"
    with desk.db.transaction() as tx:
        assert "您好" in outbox.reply_with_waiting(desk, tx, person(desk, known), 2000, datetime.now(UTC)).text


@pytest.mark.parametrize("templates", [CARD, CONSENT], indirect=True, ids=["card", "subscription"])
@pytest.mark.parametrize(("status", "state"), [("success", "delivered"), ("failed: system failed", "pending")])
def test_a_receipt_that_comes_before_the_answer_is_recorded_counts(
    status: str, state: str, desk: Desk, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user()
    known = add_person(desk, openid)
    sandbox.consent(openid, "S-any")
    sandbox.set_faults(receipts=status)
    write(desk, known)
    (letter,) = outbox.exchange(desk, [], 1, datetime.now(UTC))
    report = send(desk.means, letter)
    eventually(lambda: kept(desk) == 1)
    outbox.exchange(desk, [report], 0, datetime.now(UTC))
    outbox.match_receipts(desk, datetime.now(UTC))
    assert (notice(desk).state, kept(desk)) == (state, 0)


def test_a_failure_that_is_told_twice_makes_one_more_message(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    sandbox.set_faults(receipts="lost")
    write(desk, add_person(desk, openid, chat=5))
    deliver(desk)
    for _ in range(2):
        sandbox.set_faults(receipts="failed: system failed")
        finished(sandbox, openid, sent_as(desk), "failed: system failed")
        sandbox.advance(1)  # another second: another event
        deliver(desk)
    assert notice(desk).state == "sent"
    assert told(sandbox, openid) == ["template", "custom"]


def test_a_second_failure_while_the_next_channel_is_sending_makes_no_second_copy(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    sandbox.set_faults(receipts="lost")
    write(desk, add_person(desk, openid, chat=5))
    deliver(desk)
    finished(sandbox, openid, sent_as(desk), "failed: system failed")
    (letter,) = outbox.exchange(desk, [], 1, datetime.now(UTC))
    report = send(desk.means, letter)
    sandbox.advance(1)
    finished(sandbox, openid, sent_as(desk), "failed: system failed")
    outbox.exchange(desk, [report], 0, datetime.now(UTC))
    deliver(desk)
    assert (notice(desk).state, took(desk), kept(desk)) == ("sent", ["chat"], 0)
    assert told(sandbox, openid) == ["template", "custom"]


def test_a_success_that_is_told_twice_changes_nothing_more(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user()
    write(desk, add_person(desk, openid))
    deliver(desk)
    settled(desk, "delivered")
    first = notice(desk).delivered_at
    sandbox.advance(1)
    finished(sandbox, openid, sent_as(desk), "success")
    assert (notice(desk).state, notice(desk).delivered_at, kept(desk)) == ("delivered", first, 0)


def test_a_receipt_counts_also_days_later(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user()
    sandbox.set_faults(receipts="lost")
    write(desk, add_person(desk, openid))
    deliver(desk)
    sandbox.advance(3 * 86400)
    finished(sandbox, openid, sent_as(desk), "success")
    assert notice(desk).state == "delivered"


def test_a_receipt_for_an_unknown_message_does_no_harm_and_is_forgotten_after_a_day(
    settings: Settings, desk: Desk, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user()
    sandbox.set_faults(receipts="lost")
    write(desk, add_person(desk, openid))
    deliver(desk)
    finished(sandbox, openid, "4999999999999999999", "failed:user block")
    assert (notice(desk).state, kept(desk)) == ("sent", 1)
    outbox.sweep(desk, datetime.now(UTC) + timedelta(hours=1))
    assert kept(desk) == 1
    outbox.sweep(desk, datetime.now(UTC) + timedelta(days=1, seconds=1))
    assert kept(desk) == 0


@pytest.mark.parametrize("templates", [CONSENT], indirect=True, ids=["subscription"])
def test_a_subscription_receipt_that_belongs_to_nothing_is_not_taken_for_the_next_notices(
    desk: Desk, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user()
    sandbox.set_faults(receipts="lost")
    known = add_person(desk, openid)
    entry = {"TemplateId": "S-any", "MsgID": "7", "ErrorCode": "43101", "ErrorStatus": "user refuse to accept the msg"}
    sandbox.send_event(openid, "subscribe_msg_sent_event", {"SubscribeMsgSentEvent": {"List": entry}})
    assert person(desk, known).refused_templates == ["S-any"]
    sandbox.consent(openid, "S-any")
    write(desk, known)
    deliver(desk)
    assert (notice(desk).state, told(sandbox, openid)) == ("sent", ["subscribe"])
