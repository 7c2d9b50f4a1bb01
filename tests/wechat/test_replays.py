"""A signature serves once: what was recorded and is played again with other words, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from bot.services import replay, spool
from bot.services.office import Office
from bot.store.tables import inbound, orders, persons
from tests.sandbox.markup import render
from tests.talk import NOON
from tests.wechat.pushing import post, said, sealed, signed

LAMP, DRAIN = "金色春天3号楼楼道灯不亮", "金色春天3号楼下水道堵了"


def message(words: str, number: int, who: str = "oA", **more: Any) -> bytes:
    fields = {"ToUserName": "gh_wutong", "FromUserName": who, "CreateTime": 1764000000, "MsgType": "text"}
    return render({**fields, "Content": words, "MsgId": number, **more}).encode()


def count(office: Office, table: Any) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(func.count()).select_from(table)))


def test_a_signature_brings_one_message_and_its_repeats_alone(safe_app: Flask, safe_office: Office) -> None:
    query = signed()
    first = post(safe_app, "plain", query, message(LAMP, 1))
    assert first[0] == 200
    assert post(safe_app, "plain", query, message(LAMP, 1))[0] == 200
    for body in (message(DRAIN, 2), message(LAMP, 1, "oB"), message("撤回", 3)):
        assert post(safe_app, "plain", query, body)[0] == 403
    assert [count(safe_office, table) for table in (inbound, orders, persons)] == [1, 1, 1]
    assert post(safe_app, "plain", signed(), message(DRAIN, 2))[0] == 200


@pytest.mark.parametrize("event", ["unsubscribe", "TEMPLATESENDJOBFINISH", "subscribe", "CLICK"])
def test_an_event_cannot_be_played_again_as_another(safe_app: Flask, safe_office: Office, event: str) -> None:
    query = signed()
    assert post(safe_app, "plain", query, message("", 1, MsgType="event", Event=event, EventKey="进度"))[0] == 200
    assert post(safe_app, "plain", query, message(LAMP, 2))[0] == 403
    assert post(safe_app, "plain", query, message("", 1, MsgType="event", Event="unsubscribe", CreateTime=9))[0] == 403
    assert count(safe_office, inbound) == 1


def test_what_is_sealed_cannot_be_put_under_another_signature(safe_app: Flask) -> None:
    query, _ = sealed("safe", message(LAMP, 1))
    _, other = sealed("safe", message(DRAIN, 2))
    assert post(safe_app, "safe", query, other)[0] == 403


@pytest.mark.parametrize("mode", ["safe", "compatible"])
def test_a_plain_body_under_a_good_signature_is_refused_where_the_account_encrypts(
    safe_app: Flask, safe_office: Office, mode: str
) -> None:
    query, _ = sealed(mode, message(LAMP, 1))
    for asked in (query, signed(), {**query, "encrypt_type": "raw"}, {**signed(), "encrypt_type": ""}):
        assert post(safe_app, mode, asked, message(LAMP, 1))[0] == 403
    assert count(safe_office, inbound) == 0


def test_a_stale_push_is_refused_in_every_mode(safe_app: Flask, safe_office: Office) -> None:
    for mode in ("plain", "compatible", "safe"):
        for age in (330, -330):
            assert post(safe_app, mode, *sealed(mode, message(LAMP, 1), age=age))[0] == 403
        assert post(safe_app, mode, *sealed(mode, message(LAMP, 1), age=200))[0] == 200
    stale = {**signed(age=400), "echostr": "1"}
    assert safe_app.test_client().get("/wechat", query_string=stale).status_code == 403
    assert count(safe_office, inbound) == 1


@pytest.mark.parametrize(
    "more", [{}, {"MsgType": "event", "Event": "unsubscribe"}, {"MsgType": "event", "Event": "subscribe"}]
)
def test_copies_at_the_same_instant_are_one_message_and_none_of_them_is_refused(
    safe_app: Flask, safe_office: Office, more: dict[str, Any]
) -> None:
    query, outer = sealed("safe", message(LAMP, 1, **more))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(safe_app, "safe", query, outer), range(8)))
    assert {status for status, _ in answers} == {200}
    assert len({said(content, "safe") for _, content in answers}) == 1
    assert count(safe_office, inbound) == 1


def test_of_many_messages_under_one_signature_at_the_same_instant_one_is_taken(
    safe_app: Flask, safe_office: Office
) -> None:
    query = signed()
    with ThreadPoolExecutor(8) as pool:
        bodies = [message(f"陈桥社区{n}栋路灯不亮", n, f"o{n}") for n in range(1, 9)]
        answers = list(pool.map(lambda body: post(safe_app, "plain", query, body)[0], bodies))
    assert sorted(answers) == [200] + [403] * 7
    assert count(safe_office, orders) == 1


def test_without_a_database_the_signature_is_judged_when_the_message_is_replayed(
    safe_app: Flask, safe_office: Office
) -> None:
    rename = "ALTER TABLE {} RENAME TO {}".format
    with safe_office.db.transaction() as tx:
        tx.connection.exec_driver_sql(rename("inbound", "away"))
    query = signed()
    for number, words in enumerate((LAMP, DRAIN), 1):
        assert "您说的话已经留下" in (said(post(safe_app, "plain", query, message(words, number))[1], "plain") or "")
    assert len(spool.waiting(safe_office)) == 2
    with safe_office.db.transaction() as tx:
        tx.connection.exec_driver_sql(rename("away", "inbound"))
    assert replay.replay(safe_office, NOON) == 1
    assert spool.waiting(safe_office) == []
    assert [count(safe_office, table) for table in (inbound, orders)] == [1, 1]
