"""What events change and what they leave alone: windows, data that was given, receipts, the office's own certificate."""

import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, select

from bot.services.notices import outbox
from bot.services.office import Office
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import inbound, notices, orders, persons, roles, sessions
from tests.rosters import import_roster
from tests.sandbox.pushing.markup import render
from tests.talk import NOON
from tests.wechat.pushing import push, said

_numbers = itertools.count(24_600_000_000_000_001)
LAMP = "金色春天3号楼楼道灯不亮，电话13800001234"


def send(app: Flask, who: str, **fields: Any) -> str | None:
    known = {"ToUserName": "gh_wutong", "FromUserName": who, "CreateTime": 1764000000 + next(_numbers) % 1_000_000}
    if "Event" in fields:
        known["MsgType"] = "event"
    else:
        known |= {"MsgType": "text", "MsgId": next(_numbers)}
    status, content = push(app, "safe", render({**known, **fields}).encode())
    assert status == 200
    return said(content, "safe", who)


def person(office: Office, who: str) -> Row[Any]:
    with office.db.reading() as tx:
        row = tx.first(select(persons).where(persons.c.openid == who))
    assert row is not None
    return row


def employ(office: Office, name: str, role: str, **more: Any) -> None:
    with office.db.transaction() as tx:
        values = {**NEW_PERSON, "name": name, "openid": f"o{name}", "created_at": NOON, **more}
        key = tx.run(persons.insert().values(**values)).inserted_primary_key
        assert key is not None
        tx.run(roles.insert().values(person_id=key[0], role=role, skills=[]))


@pytest.mark.parametrize(
    "event", ["LOCATION", "VIEW", "pic_sysphoto", "location_select", "kf_create_session", "unheard_of"]
)
def test_an_event_that_asks_nothing_opens_no_window_and_makes_nobody_known(
    safe_app: Flask, safe_office: Office, event: str
) -> None:
    assert send(safe_app, "oA", Event=event, Latitude="32.3", Longitude="118.3") is None
    with safe_office.db.reading() as tx:
        assert tx.all(select(persons)) == []
        (spent,) = tx.all(select(inbound))
        assert (spent.kind, spent.person_id, spent.body_sealed, spent.reply_sealed) == ("spent", None, None, None)
    send(safe_app, "oA", Content="你好")
    before = person(safe_office, "oA")
    send(safe_app, "oA", Event=event, Latitude="32.3", Longitude="118.3")
    assert person(safe_office, "oA") == before


@pytest.mark.parametrize("event", ["scancode_push", "scancode_waitmsg", "CLICK", "SCAN", "subscribe"])
def test_a_click_or_scan_opens_the_short_window_only(safe_app: Flask, safe_office: Office, event: str) -> None:
    send(safe_app, "oA", Event=event, EventKey="帮助")
    row = person(safe_office, "oA")
    assert (row.click_left, row.chat_left) == (3, 0)


def test_a_bind_code_scanned_in_the_chat_binds(safe_app: Flask, safe_office: Office, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("角色,姓名,手机号,社区,网格,支部,技能\n街道管理员,甲,13800000100,,,,\n", "utf-8")
    code = import_roster(safe_office, tmp_path / "r.csv", NOON)[0]["bind_code"]
    words = send(safe_app, "oA", Event="scancode_waitmsg", ScanCodeInfo={"ScanType": "qrcode", "ScanResult": code})
    assert words is not None
    assert "绑定成功" in words
    assert person(safe_office, "oA").name == "甲"


def test_an_old_menu_button_makes_no_order(safe_app: Flask, safe_office: Office) -> None:
    words = send(safe_app, "oA", Event="CLICK", EventKey="楼道灯不亮")
    assert words is not None
    assert "菜单" in words
    with safe_office.db.reading() as tx:
        assert tx.all(select(orders)) == []


def test_leaving_deletes_what_was_given_but_an_open_order_can_still_be_done(
    safe_app: Flask, safe_office: Office
) -> None:
    send(safe_app, "oA", Content=LAMP)
    send(safe_app, "oA", Content="撤回")
    send(safe_app, "oA", Content=LAMP)
    assert person(safe_office, "oA").phone_sealed is not None
    assert send(safe_app, "oA", Event="unsubscribe") is None
    row = person(safe_office, "oA")
    assert (row.phone_sealed, row.place_sealed, row.community) == (None, None, None)
    assert (row.subscribed, row.unreachable, row.chat_left) == (False, "unsubscribed", 0)
    with safe_office.db.reading() as tx:
        assert tx.all(select(sessions)) == []
        held = {o.state: (o.contact_sealed is not None, o.place_sealed is not None) for o in tx.all(select(orders))}
    assert held == {"closed": (False, False), "submitted": (True, True)}
    assert "您好" in (send(safe_app, "oA", Event="subscribe") or "")
    assert person(safe_office, "oA").subscribed is True


@pytest.mark.parametrize(
    "event", ["user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"]
)
def test_a_consent_taken_back_deletes_place_and_telephone(safe_app: Flask, safe_office: Office, event: str) -> None:
    send(safe_app, "oA", Content=LAMP)
    assert send(safe_app, "platform", Event=event, OpenID="oA", AppID="wx0", RevokeInfo="201") is None
    row = person(safe_office, "oA")
    assert (row.phone_sealed, row.place_sealed, row.community) == (None, None, None)


def test_a_consent_taken_back_leaves_the_rosters_number(safe_app: Flask, safe_office: Office) -> None:
    sealed = safe_office.db.vault.seal("13800001234")
    employ(safe_office, "乙", "member", phone_sealed=sealed, phone_index="x", place_sealed=sealed)
    send(safe_app, "platform", Event="user_authorization_revoke", OpenID="o乙", AppID="wx0", RevokeInfo="206")
    row = person(safe_office, "o乙")
    assert (row.phone_sealed, row.place_sealed) == (sealed, None)


CERTIFICATE = [
    ("qualification_verify_success", {"ExpiredTime": 1795536000}, "2026-11-25"),
    ("naming_verify_success", {"ExpiredTime": 1795536000}, "已通过"),
    ("qualification_verify_fail", {"FailTime": 1764001040, "FailReason": "材料不全"}, "材料不全"),
    ("naming_verify_fail", {"FailReason": "名称不合规"}, "名称不合规"),
    ("annual_renew", {"ExpiredTime": 1766592000}, "2025-12-25"),
    ("verify_expired", {"ExpiredTime": "99999999999999999999"}, "已经过期"),
    ("verify_expired", {"ExpiredTime": "²"}, "公众平台所示日期"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "fields", "told"), CERTIFICATE)
def test_the_accounts_certificate_is_the_administrators_business(
    safe_app: Flask, safe_office: Office, event: str, fields: dict[str, Any], told: str
) -> None:
    employ(safe_office, "甲", "admin")
    employ(safe_office, "乙", "staff")
    for _ in range(2):
        assert send(safe_app, "platform", Event=event, CreateTime=1764001040, **fields) is None
    (letter,) = outbox.exchange(safe_office, [], 10, NOON + timedelta(days=3650))
    assert letter.openid == "o甲"
    assert told in letter.text
    assert 0 < len(letter.facts["body"]) <= 20


def test_two_receipts_of_one_person_in_one_second_both_count(safe_app: Flask, safe_office: Office) -> None:
    send(safe_app, "oA", Content="你好")
    for number in ("1", "2", "2"):
        block = {"List": {"TemplateId": "tpl", "MsgID": number, "ErrorCode": 0, "ErrorStatus": "success"}}
        send(safe_app, "oA", Event="subscribe_msg_sent_event", CreateTime=1764001040, SubscribeMsgSentEvent=block)
    with safe_office.db.reading() as tx:
        kept = tx.all(select(inbound.c.key).where(inbound.c.kind == "subscribe_msg_sent_event"))
    assert len(kept) == 2


def test_turning_a_template_down_is_remembered(safe_app: Flask, safe_office: Office) -> None:
    send(safe_app, "oA", Content="你好")
    block = {
        "List": [
            {"TemplateId": "a", "SubscribeStatusString": "reject"},
            {"TemplateId": "b", "SubscribeStatusString": "accept"},
        ]
    }
    send(safe_app, "oA", Event="subscribe_msg_popup_event", SubscribeMsgPopupEvent=block)
    assert person(safe_office, "oA").refused_templates == ["a"]


def test_equal_numbers_of_two_people_are_two_messages(safe_app: Flask, safe_office: Office) -> None:
    send(safe_app, "oA", Content=LAMP, MsgId=7)
    send(safe_app, "oB", Content=LAMP, MsgId=7)
    with safe_office.db.reading() as tx:
        assert len(tx.all(select(orders))) == 2


def test_messages_without_a_number_differ_by_what_they_say(safe_app: Flask, safe_office: Office) -> None:
    for media in ("m1", "m2", "m2"):
        send(safe_app, "oA", MsgType="image", MediaId=media, CreateTime=1764001040, MsgId="")
    with safe_office.db.reading() as tx:
        assert [row.kind for row in tx.all(select(inbound))].count("image") == 2


def test_staff_read_in_words_what_kind_could_not_be_read(safe_app: Flask, safe_office: Office) -> None:
    employ(safe_office, "甲", "admin")
    send(safe_app, "oA", MsgType="hologram")
    send(safe_app, "oA", MsgType="file", Title="申请表.docx")
    with safe_office.db.reading() as tx:
        told = [tx.open_facts(row.facts_sealed)["body"] for row in tx.all(select(notices).order_by(notices.c.id))]
    assert told == ["[其他消息]", "申请表.docx"]
