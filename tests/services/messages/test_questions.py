"""Answers of the book in the conversation: how long they are remembered, and what keeps them back."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.services.office import Office
from bot.store.tables import orders
from tests.talk import NOON, Talk, answering_alone

AFTER_THE_BOOK = datetime(2031, 1, 1, tzinfo=NOON.tzinfo)


@pytest.fixture
def talk(office: Office) -> Talk:
    return Talk(office)


@pytest.fixture
def alone(office: Office) -> Talk:
    """Where the office chose that an answer needs no order."""
    return Talk(answering_alone(office))


def count(talk: Talk) -> int:
    with talk.office.db.reading() as tx:
        row = tx.first(select(func.count()).select_from(orders))
    assert row is not None
    return int(row[0])


def test_an_answer_and_its_order_come_in_one_reply_that_needs_no_second_page(talk: Talk) -> None:
    reply = talk.says("王阿姨", "金色春天3号楼，低保怎么申请")
    assert "依据：《社会救助暂行办法》" in reply
    assert "单号" in reply
    assert "更多" not in reply
    assert count(talk) == 1


def test_an_expired_answer_is_not_given_and_the_question_is_an_order(talk: Talk, alone: Talk) -> None:
    for told in (talk, alone):
        told.now = AFTER_THE_BOOK
        reply = told.says("王阿姨", "低保怎么申请")
        assert "依据" not in reply
        assert "单号" in reply


def test_the_same_question_sent_twice_by_the_platform_is_one_answer_and_one_order(talk: Talk) -> None:
    first = talk.says("王阿姨", "低保怎么申请", msg_id="1")
    assert talk.says("王阿姨", "低保怎么申请", msg_id="1") == first
    assert count(talk) == 1


def test_the_question_is_forgotten_after_half_an_hour(alone: Talk) -> None:
    alone.says("王阿姨", "低保怎么申请")
    assert count(alone) == 0
    alone.wait(minutes=31)
    alone.says("王阿姨", "人工")
    with alone.office.db.reading() as tx:
        row = tx.first(select(orders.c.text, orders.c.category))
    assert row is not None
    assert tuple(row) == ("人工", "1608")


def test_within_half_an_hour_the_question_becomes_the_order(alone: Talk) -> None:
    alone.says("王阿姨", "低保怎么申请")
    alone.wait(minutes=29)
    alone.says("王阿姨", "人工")
    with alone.office.db.reading() as tx:
        row = tx.first(select(orders.c.text, orders.c.category, orders.c.lane))
    assert row is not None
    assert tuple(row) == ("低保怎么申请", "1001", "question")


def test_the_offices_own_numbers_stand_in_the_answer(talk: Talk) -> None:
    reply = talk.says("王阿姨", "家里停水了该打哪个电话")
    assert "13800009997" in reply
    assert "{" not in reply


def test_danger_after_an_answer_is_danger(alone: Talk) -> None:
    alone.says("王阿姨", "低保怎么申请")
    reply = alone.says("王阿姨", "没有解决，我家着火了")
    assert "119" in reply
    assert "单号" in reply


def test_satisfied_with_an_answer_leaves_an_order_alone_that_somebody_has_in_hand(talk: Talk) -> None:
    talk.says("王阿姨", "低保怎么申请")
    with talk.office.db.transaction() as tx:
        tx.run(orders.update().values(state="accepted"))
    assert "已撤回" not in talk.says("王阿姨", "满意")
    with talk.office.db.reading() as tx:
        row = tx.first(select(orders.c.state))
    assert row is not None
    assert row.state == "accepted"
