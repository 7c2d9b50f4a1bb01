"""The webhook's reading: the platform's own samples, three modes, key rotation, every kind, forged and hostile ones."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.wechat import inbox, replies
from config.settings import Settings, load

TOKEN, APP_ID = "pamtest", "wxb11529c136998cb6"
KEY, OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "A" * 43
TEXT = (
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>"
    "<CreateTime>1714037059</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[楼道灯坏了]]></Content><MsgId>24000000000000001</MsgId></xml>"
)


def settings_with(**changes: str) -> Settings:
    return load(
        {
            "WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": "s", "SECRET_KEY": "s" * 32,
            "DATA_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "DUTY_PHONES": "13800009999",
            "GAS_PHONE": "1", "WATER_PHONE": "2", "POWER_PHONE": "3", **changes,
        }
    )  # fmt: skip


def signed(token: str = TOKEN, *more: str, **query: str) -> dict[str, str]:
    known = {"timestamp": "1714037059", "nonce": "486452656", **query}
    parts = sorted([token, known["timestamp"], known["nonce"], *more])
    name = "msg_signature" if more else "signature"
    return known | {name: hashlib.sha1("".join(parts).encode()).hexdigest()}


def encrypted(xml: str, key: str = KEY) -> tuple[bytes, dict[str, str]]:
    body = WeChatCrypto(TOKEN, key, APP_ID).encrypt_message(xml, "n", "1")
    secret = body.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    return body.encode(), signed(TOKEN, secret, encrypt_type="aes")


def test_the_platforms_own_verification_sample_is_accepted() -> None:
    query = {"signature": "f464b24fc39322e44b38aa78f5edd27bd1441696", "timestamp": "1714036504", "nonce": "1514711492"}
    inbox.verify("AAAAA", query)
    with pytest.raises(inbox.Forged):
        inbox.verify("AAAAB", query)


def test_the_platforms_own_safe_mode_sample_in_json_is_opened() -> None:
    secret = (
        "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUn"
        "nR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2k"
        "m32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
    )
    query = {
        "encrypt_type": "aes", "timestamp": "1714112445", "nonce": "415670741",
        "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
        "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    }  # fmt: skip
    settings = settings_with(WECHAT_TOKEN="AAAAA", WECHAT_APP_ID="wxba5fad812f8e6fb9", WECHAT_AES_KEY="A" * 43)
    body = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": secret}).encode()
    read = inbox.read(inbox.open_envelope(settings, query, body).fields)
    assert (read.kind, read.event, read.openid) == ("event", "debug_demo", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY")


def test_a_plain_message_is_read() -> None:
    envelope = inbox.open_envelope(settings_with(), signed(), TEXT.encode())
    read = inbox.read(envelope.fields)
    assert envelope.cipher is None
    assert (read.openid, read.account, read.kind) == ("oUser", "gh_1", "text")
    assert read.key == inbox.message_key("oUser", "24000000000000001")
    assert read.key != inbox.message_key("oOther", "24000000000000001")
    assert "oUser" not in read.key
    assert read.text == "楼道灯坏了"


@pytest.mark.parametrize("present", [KEY, OTHER_KEY], ids=["present key", "previous key"])
def test_a_safe_message_is_opened_with_either_key_and_answered_with_the_same(present: str) -> None:
    settings = settings_with(WECHAT_AES_KEY=present, WECHAT_AES_KEY_PREVIOUS=KEY)
    body, query = encrypted(TEXT)
    envelope = inbox.open_envelope(settings, query, body)
    assert inbox.read(envelope.fields).text == "楼道灯坏了"
    assert envelope.cipher is not None
    reply = replies.encrypt(envelope.cipher, "<xml>好</xml>", "n1")
    inside = reply.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    signature = reply.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    stamp = reply.split("<TimeStamp>")[1].split("</TimeStamp>")[0]
    opened = WeChatCrypto(TOKEN, KEY, APP_ID).decrypt_message(reply, signature, stamp, "n1")
    assert inside
    assert "好" in (opened if isinstance(opened, str) else opened.decode())


def test_safe_mode_believes_msg_signature_and_nothing_else() -> None:
    body, query = encrypted(TEXT)
    with pytest.raises(inbox.Forged):
        inbox.open_envelope(settings_with(WECHAT_AES_KEY=KEY), {**query, "msg_signature": "0" * 40} | signed(), body)


def test_with_a_key_what_is_not_encrypted_is_refused_and_open_fields_beside_it_do_not_count() -> None:
    settings = settings_with(WECHAT_AES_KEY=KEY)
    with pytest.raises(inbox.Forged):
        inbox.open_envelope(settings, signed(), TEXT.encode())
    body, query = encrypted(TEXT.replace("楼道灯坏了", "里面"))
    both = TEXT.encode().removesuffix(b"</xml>") + body.removeprefix(b"<xml>")
    assert inbox.read(inbox.open_envelope(settings, query, both).fields).text == "里面"


SIGNED_AT = 1714037059


@pytest.mark.parametrize("away", [-300, -299, 0, 300])
def test_what_is_signed_near_now_is_admitted(away: int) -> None:
    inbox.admit(settings_with(), signed(), datetime.fromtimestamp(SIGNED_AT + away, UTC))


@pytest.mark.parametrize("away", [-301, 301, 86_400, -10_000_000])
def test_what_is_signed_long_ago_or_in_the_future_is_refused_and_logged(
    away: int, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(inbox.Forged):
        inbox.admit(settings_with(), signed(), datetime.fromtimestamp(SIGNED_AT + away, UTC))
    assert f"{abs(away)} s away" in caplog.text


@pytest.mark.parametrize("stamp", ["", "0", "now", "-1", "1e9", "٣", "1714037059.0", " 1714037059", "9" * 30, "0x66"])
def test_a_timestamp_that_is_no_number_of_seconds_is_refused(stamp: str) -> None:
    with pytest.raises(inbox.Forged):
        inbox.admit(settings_with(), signed(timestamp=stamp), datetime.fromtimestamp(SIGNED_AT, UTC))


def test_how_far_a_timestamp_may_be_away_is_a_setting() -> None:
    settings = settings_with(WEBHOOK_FRESH_SECONDS="10")
    inbox.admit(settings, signed(), datetime.fromtimestamp(SIGNED_AT + 10, UTC))
    with pytest.raises(inbox.Forged):
        inbox.admit(settings, signed(), datetime.fromtimestamp(SIGNED_AT + 11, UTC))


@pytest.mark.parametrize(
    "body",
    [b"", b"<", b"not xml", b"{", b"[]", b"<xml></xml>", b"<xml>a</xml>", b"\x00\xff", b"<a><b/></a>"],
)
def test_unreadable_bodies_say_so(body: bytes) -> None:
    with pytest.raises(inbox.Unreadable):
        inbox.read(inbox.open_envelope(settings_with(), signed(), body).fields)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><MsgType>&a;</MsgType></xml>'
    with pytest.raises(inbox.Unreadable):
        inbox.open_envelope(settings_with(), signed(), bomb)


@pytest.mark.parametrize("secret", ["!!!", "AAAA", "A" * 64, "QUJD" * 20])
def test_garbage_inside_a_rightly_signed_envelope_is_unreadable_not_a_crash(secret: str) -> None:
    body = f"<xml><ToUserName>gh</ToUserName><Encrypt>{secret}</Encrypt></xml>".encode()
    with pytest.raises(inbox.Unreadable):
        inbox.open_envelope(settings_with(WECHAT_AES_KEY=KEY), signed(TOKEN, secret, encrypt_type="aes"), body)


KINDS: list[tuple[Mapping[str, object], str, str]] = [
    ({"MsgType": "image", "MediaId": "m1", "MsgId": "1"}, "image", ""),
    ({"MsgType": "voice", "MediaId": "m1", "Recognition": "灯坏了", "MsgId": "1"}, "voice", "灯坏了"),
    ({"MsgType": "voice", "MediaId": "m1", "Recognition": None, "MsgId": "1"}, "voice", ""),
    ({"MsgType": "shortvideo", "MediaId": "m1", "MsgId": "1"}, "video", ""),
    ({"MsgType": "location", "Location_X": "32.3", "Location_Y": "118.3", "Label": "兰天西路", "MsgId": "1"},
     "location", "兰天西路 (32.3,118.3)"),
    ({"MsgType": "link", "Title": "新闻", "Url": "http://a", "MsgId": "1"}, "link", "新闻 http://a"),
    ({"MsgType": "hologram", "MsgId": "1"}, "other", ""),
    ({"MsgType": "event", "Event": "CLICK", "EventKey": "进度"}, "event", "进度"),
    ({"MsgType": "event", "Event": "VIEW", "EventKey": "http://a"}, "event", ""),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "words"), KINDS)
def test_every_kind_is_read(fields: Mapping[str, object], kind: str, words: str) -> None:
    read = inbox.read({"FromUserName": "oUser", "ToUserName": "gh", "CreateTime": "1", **fields})
    assert (read.kind, read.text) == (kind, words)


def test_two_events_of_one_second_differ_and_a_repeat_does_not() -> None:
    base = {"FromUserName": "o", "MsgType": "event", "CreateTime": "7"}
    scan = inbox.read({**base, "Event": "SCAN", "EventKey": "a"})
    assert scan.key == inbox.read({**base, "Event": "SCAN", "EventKey": "a"}).key
    assert scan.key != inbox.read({**base, "Event": "LOCATION"}).key


def test_privacy_events_are_about_openid_not_the_sender() -> None:
    read = inbox.read(
        {"FromUserName": "platform", "OpenID": "oUser", "MsgType": "event", "Event": "user_info_modified"}
    )
    assert read.openid == "oUser"


@pytest.mark.parametrize("several", [False, True], ids=["one element", "several"])
def test_a_receipts_list_may_be_one_element_or_several(several: bool) -> None:
    one = {"TemplateId": "t", "MsgID": "1", "ErrorCode": "0"}
    event = {"SubscribeMsgSentEvent": {"List": [one, one] if several else one}}
    read = inbox.read({"FromUserName": "o", "MsgType": "event", "Event": "subscribe_msg_sent_event", **event})
    assert read.facts is not None
    assert len(read.facts["list"]) == (2 if several else 1)


def test_somebodys_words_cannot_break_the_replys_xml() -> None:
    xml = replies.render("a]]><b>\x00", "oUser", "gh", datetime(2026, 1, 1, tzinfo=UTC))
    assert xmltodict.parse(xml)["xml"]["Content"] == "a]]><b>"


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "text", "Content": "我老公打我鹅卵石"}, {"MsgType": "voice", "Recognition": "鹅卵石", "MediaId": "M"},
        {"MsgType": "link", "Title": "鹅卵石", "Url": "http://鹅卵石"}, {"MsgType": "text", "Content": "x", "MsgId": "鹅卵石"},
        {"MsgType": "event", "Event": "scan", "EventKey": "bind_鹅卵石"},
        {"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_bind_鹅卵石"},
        {"MsgType": "event", "Event": "user_authorization_revoke", "RevokeInfo": "鹅卵石"},
    ],
)  # fmt: skip
def test_no_word_and_no_code_stands_in_a_key(fields: Mapping[str, object]) -> None:
    given = {"FromUserName": "oUser", "ToUserName": "gh", "CreateTime": "1", **fields}
    key = inbox.read(given).key
    assert "鹅卵石" not in key
    assert len(key) <= 200
    assert key == inbox.read(dict(given)).key
    assert key != inbox.read({**given, "CreateTime": "2", "MsgId": "9"}).key
