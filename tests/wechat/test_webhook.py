"""The webhook over HTTP: statuses, repeats, simultaneous copies, simultaneous claims, and what breaks behind it."""

import hashlib
import itertools
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from bot.app import create_app
from bot.services.messages import replay, spool
from bot.services.office import Office
from bot.store.persons import people
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import attachments, inbound, notices, orders, persons, roles
from config.settings import Settings
from tests.rosters import import_roster
from tests.talk import NOON

_ids = itertools.count(24_000_000_000_000_001)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions["office"].db.close()


@pytest.fixture
def office(app: Flask) -> Office:
    found: Office = app.extensions["office"]
    return found


def post(app: Flask, who: str, *, msg_id: int | None = None, **fields: str) -> tuple[int, str]:
    """(status, the reply's text or the body) of one signed message."""
    values = {"ToUserName": "gh_1", "FromUserName": who, "CreateTime": "1764000000", "MsgType": "text", **fields}
    values["MsgId"] = str(msg_id or next(_ids))
    xml = "<xml>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in values.items()) + "</xml>"
    answer = app.test_client().post("/wechat", query_string=signed(app), data=xml.encode())
    found = re.search(r"<Content><!\[CDATA\[(.*?)]]></Content>", answer.text, re.DOTALL)
    return answer.status_code, found[1] if found else answer.text


def signed(app: Flask) -> dict[str, str]:
    token, stamp, nonce = app.extensions["office"].settings.wechat_token, str(int(time.time())), str(next(_ids))
    signature = hashlib.sha1("".join(sorted([token, stamp, nonce])).encode()).hexdigest()
    return {"signature": signature, "timestamp": stamp, "nonce": nonce}


def count(office: Office, table: Any) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(func.count()).select_from(table)))


def test_the_platforms_check_gets_its_echo_and_a_stranger_403(app: Flask) -> None:
    client = app.test_client()
    assert (
        client.get("/wechat", query_string={**signed(app), "echostr": "4375120948345356249"}).text
        == "4375120948345356249"
    )
    assert client.get("/wechat", query_string={"signature": "x", "echostr": "1"}).status_code == 403
    assert client.post("/wechat", data=b"<xml/>").status_code == 403


def test_too_long_is_413_and_unreadable_is_400(app: Flask) -> None:
    client = app.test_client()
    assert client.post("/wechat", query_string=signed(app), data=b"x" * (1024 * 1024 + 1)).status_code == 413
    assert client.post("/wechat", query_string=signed(app), data=b"<xml").status_code == 400


def test_one_message_is_an_order_and_its_repeat_the_same_reply(app: Flask, office: Office) -> None:
    first = post(app, "oA", msg_id=7, Content="金色春天3号楼楼道灯不亮")
    assert re.search(r"单号 \d{6,8}", first[1])
    assert post(app, "oA", msg_id=7, Content="金色春天3号楼楼道灯不亮") == first
    assert count(office, orders) == 1


def test_eight_copies_at_the_same_instant_have_one_effect_and_one_reply(app: Flask, office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = set(pool.map(lambda _: post(app, "oA", msg_id=9, Content="陈桥社区路灯不亮"), range(8)))
    assert len(replies) == 1
    assert count(office, orders) == 1


def test_twenty_members_claim_at_once_and_one_wins(app: Flask, office: Office, tmp_path: Path) -> None:
    rows = ["角色,姓名,手机号,社区,网格,支部,技能", "社区工作者,陈桥甲,13800000100,陈桥社区,,,"]
    rows += [f"党员,党员{n:03},138000002{n:02d},陈桥社区,网格01,," for n in range(20)]
    (tmp_path / "r.csv").write_text("\n".join(rows), "utf-8")
    people = import_roster(office, tmp_path / "r.csv", NOON)
    for person in people:
        assert "绑定成功" in post(app, f"o{person['name']}", Content=f"绑定 {person['bind_code']}")[1]
    reply = post(app, "oResident", Content="金色春天3号楼，想请人帮忙换灯泡")[1]
    found = re.search(r"单号 (\d+)", reply)
    assert found
    assert "已公开" in post(app, "o陈桥甲", Content=f"公开 {found[1]}")[1]
    start = threading.Barrier(20)

    def claim(person: dict[str, Any]) -> str:
        start.wait()
        return post(app, f"o{person['name']}", Content=f"接单 {found[1]}")[1]

    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(claim, people[1:]))
    assert sum("接单成功" in said for said in replies) == 1
    assert all("接单成功" in said or "已经有人接单" in said for said in replies), replies
    with office.db.reading() as tx:
        row = tx.first(select(orders))
    assert row is not None
    assert row.state == "accepted"


def test_an_unknown_kind_and_a_bare_voice_are_put_before_staff(app: Flask, office: Office, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("角色,姓名,手机号,社区,网格,支部,技能\n街道管理员,甲,13800000100,,,,\n", "utf-8")
    import_roster(office, tmp_path / "r.csv", NOON)
    assert "单号" in post(app, "oA", MsgType="voice", MediaId="m1")[1]
    assert count(office, attachments) == 1
    status, said = post(app, "oA", MsgType="hologram")
    assert (status, "已留给工作人员" in said) == (200, True)
    assert count(office, inbound) == 2
    with office.db.reading() as tx:
        assert [row.event for row in tx.all(select(notices.c.event).order_by(notices.c.id))] == ["place_staff", "kept"]


def test_a_recognised_voice_is_an_order_and_its_recording_is_kept(app: Flask, office: Office) -> None:
    said = post(app, "oA", MsgType="voice", MediaId="m7", Recognition="金色春天3号楼楼道灯不亮")[1]
    assert "收到了：楼道灯不亮（金色春天3号楼）" in said
    with office.db.reading() as tx:
        row = tx.first(select(attachments.c.media_id, attachments.c.state))
    assert row is not None
    assert tuple(row) == ("m7", "pending")


def test_a_posters_qr_code_welcomes_and_is_no_wrong_bind_code(app: Flask, office: Office) -> None:
    for _ in range(6):
        assert "您好" in post(app, "oA", MsgType="event", Event="SCAN", EventKey="poster_12")[1]
    with office.db.reading() as tx:
        assert tx.value(select(persons.c.bind_failures)) == 0


def test_only_what_somebody_must_be_told_wakes_a_worker(settings: Settings) -> None:
    app, nudges = create_app(settings), list[int]()
    app.extensions["office"] = office = replace(app.extensions["office"], nudge=lambda urgent=False: nudges.append(1))
    post(app, "oA", Content="进度")
    post(app, "oA", MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID="9", Status="success")
    assert nudges == []
    with office.db.transaction() as tx:
        tx.run(persons.insert().values(**NEW_PERSON, name="甲", openid="oStaff", created_at=NOON))
        tx.run(roles.insert().values(person_id=tx.value(select(func.max(persons.c.id))), role="admin", skills=[]))
    post(app, "oA", Content="金色春天3号楼楼道灯不亮")
    assert nudges == [1]
    office.db.close()


def test_a_locked_database_is_answered_in_time_and_the_words_are_spooled(app: Flask, office: Office) -> None:
    post(app, "oA", Content="你好")
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with office.db.transaction() as tx:
            people.locked_by_openid(tx, "oA", NOON)
            holding.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(5)
    started = time.monotonic()
    said = post(app, "oA", Content="金色春天3号楼楼道灯不亮")[1]
    took = time.monotonic() - started
    done.set()
    thread.join()
    assert "您说的话已经留下" in said
    assert took < 5  # the platform's own limit, not a measurement
    assert len(spool.waiting(office)) == 1


def test_following_is_welcomed_and_leaving_is_silent(app: Flask, office: Office) -> None:
    assert "您好" in post(app, "oA", MsgType="event", Event="subscribe", EventKey="")[1]
    assert post(app, "oA", MsgType="event", Event="unsubscribe")[1] == "success"
    with office.db.reading() as tx:
        row = tx.first(select(persons).where(persons.c.openid == "oA"))
    assert row is not None
    assert row.subscribed is False


def test_what_breaks_behind_the_edge_is_answered_honestly_and_kept(app: Flask, office: Office) -> None:
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE history RENAME TO gone"))
    status, said = post(app, "oA", Content="金色春天3号楼楼道灯不亮")
    assert (status, "您说的话已经留下" in said) == (200, True)
    with office.db.reading() as tx:
        row = tx.first(select(inbound))
    assert row is not None
    assert row.failure
    assert "楼道灯" in (office.db.vault.open(row.body_sealed) or "")
    assert count(office, orders) == 0


def test_without_a_database_the_words_wait_in_the_spool_and_are_replayed(app: Flask, office: Office) -> None:
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE inbound RENAME TO away"))
    status, said = post(app, "oA", Content="金色春天3号楼楼道灯不亮")
    assert (status, "您说的话已经留下" in said) == (200, True)
    assert len(spool.waiting(office)) == 1
    assert "楼道灯".encode() not in spool.waiting(office)[0].read_bytes()
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE away RENAME TO inbound"))
    assert replay.replay(office, NOON) == 1
    assert count(office, orders) == 1
    assert count(office, notices) == 1
    assert spool.waiting(office) == []


def test_nothing_of_a_telephone_number_lies_readable_in_the_database(app: Flask, office: Office) -> None:
    post(app, "oA", Content="金色春天3号楼2单元501灯泡坏了想请人换，电话13900001234")
    with office.db.reading() as tx:
        for table in (orders, inbound, notices, persons):
            for row in tx.all(select(table)):
                assert "13900001234" not in repr(tuple(row))
