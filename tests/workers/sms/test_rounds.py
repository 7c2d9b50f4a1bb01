"""By which channel each round of a reminder goes, for people who are reached in different ways."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.broadcasts.life import State
from bot.store.broadcasts import recipients, written
from bot.store.schema.sending import attempts
from bot.store.sending.attempts import TOOK
from bot.store.tables import broadcasts, notices, roles
from tests.sandbox.client import Sandbox
from tests.workers.conftest import CARD, add_person, deliver
from tests.workers.sms.conftest import add_staff
from workers.resources import Desk

BODY = "春节将至，请勿收受礼品礼金、消费卡券，不用公车办私事，不违规操办婚丧喜庆事宜。"


@pytest.fixture
def templates() -> Mapping[str, Any]:
    """A card that holds only a part of the text."""
    return CARD


def by_round(desk: Desk, person: int) -> list[str]:
    """The channel that took each of three rounds of a reminder to this person."""
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=person, role="member", skills=[]))
        row = written.add(
            tx, kind="reminder", title="节前提醒", body=BODY, audience={"role": ["member"]}, state=State.SENDING,
            author_id=person, created_at=now, due_from=now, is_demo=False,
        )  # fmt: skip
        recipients.freeze(tx, row, now, now, now)
    deliver(desk)
    for round_ in (1, 2):
        with desk.db.transaction() as tx:
            assert recipients.remind(tx, row, round_, datetime.now(UTC)) == 1
            tx.run(update(broadcasts).values(state=State.SENT, due_from=now, rounds=round_))
        deliver(desk)
    took = select(notices.c.round, attempts.c.channel).join(attempts, attempts.c.notice_id == notices.c.id)
    with desk.db.reading() as tx:
        rows = tx.all(took.where(attempts.c.outcome.in_(TOOK)).order_by(notices.c.round, attempts.c.id))
    assert [one.round for one in rows] == [0, 1, 2]
    return [one.channel for one in rows]


def test_window_then_card_then_short_message(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.new_user("oA", window="message")
    assert by_round(desk, add_staff(desk, openid="oA", **window())) == ["chat", "template", "sms"]


def test_card_then_short_message_and_no_card_again(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.new_user("oA", window="message")
    assert by_round(desk, add_staff(desk, openid="oA")) == ["template", "sms", "sms"]


def test_who_has_no_account_gets_short_messages(desk: Desk, sandbox: Sandbox) -> None:
    assert by_round(desk, add_staff(desk)) == ["sms", "sms", "sms"]


def test_who_has_no_number_gets_the_other_one_of_wechat_and_then_the_first_again(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.new_user("oA", window="message")
    assert by_round(desk, add_person(desk, "oA", **window())) == ["chat", "template", "chat"]


def test_who_has_a_card_alone_gets_it_again(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.new_user("oA", window="message")
    assert by_round(desk, add_person(desk, "oA")) == ["template", "template", "template"]


def window() -> dict[str, Any]:
    return {"chat_until": datetime(2099, 1, 1, tzinfo=UTC), "chat_left": 5}
