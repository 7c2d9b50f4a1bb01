"""A signature serves once: what was recorded and is played again with other words, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from bot.services.clock import retention
from bot.services.messages import replay, spool
from bot.services.office import Office
from bot.store.tables import inbound, orders, persons
from tests.sandbox.pushing.markup import render
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


EVENT = {"MsgType": "event", "EventKey": "x"}
HARMLESS: list[tuple[str, dict[str, Any], int]] = [
    *((event, {**EVENT, "Event": event}, 200) for event in ("LOCATION", "VIEW", "pic_sysphoto", "MASSSENDJOBFINISH", "unheard_of", "")),
    ("no sender", {"FromUserName": ""}, 200), ("a long sender", {"FromUserName": "o" * 65}, 200), ("no kind", {"MsgType": ""}, 200),
    ("a device", {"MsgType": "device_text"}, 200), ("no sender of an event", {**EVENT, "Event": "unsubscribe", "FromUserName": ""}, 200),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "status"), [case[1:] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_what_asks_nothing_uses_its_signature_up(
    safe_app: Flask, safe_office: Office, fields: dict[str, Any], status: int
) -> None:
    query = signed()
    for _ in range(2):  # the platform's repeat
        assert post(safe_app, "plain", query, message(LAMP, 1, **fields))[0] == status
    for body in (message(DRAIN, 2), message("", 3, **{**EVENT, "Event": "LOCATION", "EventKey": "y"}), b"<xml>", b"{}"):
        assert post(safe_app, "plain", query, body)[0] == 403
    assert [count(safe_office, table) for table in (inbound, orders, persons)] == [1, 0, 0]


@pytest.mark.parametrize("body", [b"", b"<xml>", b"garbage", b"<a/>", b"{", b"[1]", b"\x80"])
def test_a_body_that_is_no_message_uses_its_signature_up(safe_app: Flask, safe_office: Office, body: bytes) -> None:
    query = signed()
    assert [post(safe_app, "plain", query, body)[0] for _ in range(2)] == [400, 400]
    assert post(safe_app, "plain", query, message(LAMP, 1))[0] == 403
    assert [count(safe_office, table) for table in (inbound, orders)] == [1, 0]


def test_what_no_key_decrypts_uses_its_signature_up(safe_app: Flask, safe_office: Office) -> None:
    query, outer = sealed("safe", message(LAMP, 1), app_id="wx0000000000000000")
    assert post(safe_app, "safe", query, outer)[0] == 400
    assert post(safe_app, "plain", query, message(LAMP, 1))[0] == 403
    assert [count(safe_office, table) for table in (inbound, orders)] == [1, 0]


def test_the_check_of_the_address_uses_its_signature_up(safe_app: Flask, safe_office: Office) -> None:
    query = signed()
    client = safe_app.test_client()
    for _ in range(2):
        answer = client.get("/wechat", query_string={**query, "echostr": "1"})
        assert (answer.status_code, answer.text) == (200, "1")
    assert client.get("/wechat", query_string={**query, "echostr": "2"}).status_code == 403
    assert post(safe_app, "plain", query, message(LAMP, 1))[0] == 403
    assert count(safe_office, orders) == 0
    assert post(safe_app, "plain", spent := signed(), message(LAMP, 1))[0] == 200
    assert client.get("/wechat", query_string={**spent, "echostr": "1"}).status_code == 403


@pytest.mark.parametrize(
    "more", [{}, {"MsgType": "event", "Event": "unsubscribe"}, {"MsgType": "event", "Event": "subscribe"}]
)
def test_a_repeat_under_another_signature_is_answered_and_uses_that_one_up(
    safe_app: Flask, safe_office: Office, more: dict[str, Any]
) -> None:
    first, second = signed(), signed()
    said_first = post(safe_app, "plain", first, message(LAMP, 1, **more))
    assert said_first[0] == 200
    for _ in range(2):
        again = post(safe_app, "plain", second, message(LAMP, 1, **more))
        assert (again[0], said(again[1], "plain")) == (200, said(said_first[1], "plain"))
        assert post(safe_app, "plain", first, message(LAMP, 1, **more))[0] == 200
    for query in (first, second):
        assert post(safe_app, "plain", query, message(DRAIN, 2))[0] == 403
    assert post(safe_app, "plain", signed(), message(DRAIN, 2))[0] == 200


def test_a_used_signature_does_not_even_repeat_another_message(safe_app: Flask) -> None:
    query = signed()
    assert post(safe_app, "plain", query, message(DRAIN, 2))[0] == 200
    assert post(safe_app, "plain", signed(), message(LAMP, 1))[0] == 200
    assert post(safe_app, "plain", query, message(LAMP, 1))[0] == 403


def test_a_message_over_the_limit_uses_its_signature_up(safe_app: Flask, safe_office: Office) -> None:
    post(safe_app, "plain", signed(), message("谢谢", 1))
    with safe_office.db.transaction() as tx:
        tx.run(persons.update().values(said_count=safe_office.settings.messages_per_minute + 1))
    query = signed()
    assert [post(safe_app, "plain", query, message("谢谢", 99))[0] for _ in range(2)] == [200, 200]
    assert post(safe_app, "plain", query, message(LAMP, 100, "oB"))[0] == 403


@contextmanager
def without_its_table(office: Office) -> Iterator[None]:
    """Messages cannot be written down."""
    with office.db.transaction() as tx:
        tx.connection.exec_driver_sql("ALTER TABLE inbound RENAME TO away")
    yield
    with office.db.transaction() as tx:
        tx.connection.exec_driver_sql("ALTER TABLE away RENAME TO inbound")


def test_without_a_database_what_asks_nothing_uses_its_signature_up_when_it_is_replayed(
    safe_app: Flask, safe_office: Office
) -> None:
    query = signed()
    with without_its_table(safe_office):
        assert post(safe_app, "plain", query, message("", 1, MsgType="event", Event="LOCATION"))[0] == 200
        assert post(safe_app, "plain", query, message(LAMP, 2))[0] == 200
    replay.replay(safe_office, NOON)
    assert spool.waiting(safe_office) == []
    assert [count(safe_office, table) for table in (inbound, orders)] == [1, 0]


def test_of_many_requests_under_one_signature_that_ask_nothing_one_is_taken(safe_app: Flask) -> None:
    query = signed()
    bodies = [message("", n, f"o{n}", MsgType="event", Event="VIEW", EventKey=str(n)) for n in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda body: post(safe_app, "plain", query, body)[0], bodies))
    assert sorted(answers) == [200] + [403] * 5


def test_signatures_that_were_used_up_are_forgotten_when_they_are_stale(safe_app: Flask, safe_office: Office) -> None:
    post(safe_app, "plain", signed(), message("", 1, MsgType="event", Event="VIEW"))
    post(safe_app, "plain", signed(), message(LAMP, 2))
    now = datetime.now(UTC)
    for hours, left in ((23, 2), (25, 1)):
        retention.purge(safe_office, now + timedelta(hours=hours))
        assert count(safe_office, inbound) == left


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
    assert count(safe_office, inbound) == 3  # the message, and two signatures of its repeats
    assert count(safe_office, orders) == 1


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
    query = signed()
    with without_its_table(safe_office):
        for number, words in enumerate((LAMP, DRAIN), 1):
            assert "您说的话已经留下" in (
                said(post(safe_app, "plain", query, message(words, number))[1], "plain") or ""
            )
    assert len(spool.waiting(safe_office)) == 2
    assert replay.replay(safe_office, NOON) == 1
    assert spool.waiting(safe_office) == []
    assert [count(safe_office, table) for table in (inbound, orders)] == [1, 1]
