"""Forged, broken and hostile pushes: 403, 413, 400 or a proper answer, in time, and never a 500."""

import json
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import inbound, orders, persons
from tests.sandbox.pushing import aes
from tests.sandbox.pushing.markup import render
from tests.wechat.pushing import APP_ID, KEY, MODES, post, push, said, sealed, signed

TEXT = {"ToUserName": "gh_wutong", "FromUserName": "oA", "CreateTime": 1764000000, "MsgType": "text"}
PLAIN = render({**TEXT, "Content": "金色春天3号楼楼道灯不亮", "MsgId": 7}).encode()
MEGABYTE = 1024 * 1024


def wrapped(inner: bytes) -> bytes:
    return b"<xml><FromUserName>oA</FromUserName><MsgType>text</MsgType><Content>" + inner + b"</Content></xml>"


UNREADABLE = {
    "nothing": b"", "blank": b" \r\n ", "no markup": b"signature=1&a=2", "half a tag": b"<xml", "not closed": PLAIN[:-6],
    "two roots": PLAIN + PLAIN, "no fields": b"<xml></xml>", "only words": b"<xml>a</xml>", "another root": b"<a><b/></a>",
    "a web page": b"<!DOCTYPE html><html><body>a<br></body></html>",




    "an entity": b'<!DOCTYPE x [<!ENTITY a "b">]>' + wrapped(b"&a;"),
    "an outer file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + wrapped(b"&a;"),
    "an outer document": b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>' + wrapped(b"a"),
    "entities that multiply": b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9)) + b"]>" + wrapped(b"&a8;"),
    "an entity nobody declared": wrapped(b"&nbsp;"), "the end of a CDATA": wrapped(b"a]]>b"),
    "JSON, cut": b'{"MsgType":"text"', "JSON, a list": b'[{"MsgType":"text"}]', "JSON, a word": b'"text"',
    "JSON, nested": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "JSON, two": b'{"MsgType":"text"}{"MsgType":"text"}',
}  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_document_is_400_once_the_signature_is_right(shared_app: Flask, name: str, mode: str) -> None:
    body = UNREADABLE[name]
    query, outer = sealed(mode, body) if mode == "safe" else (sealed(mode, PLAIN)[0], body)
    started = time.monotonic()
    assert post(shared_app, mode, query, outer)[0] == 400
    assert time.monotonic() - started < 5  # the platform's limit, not a measurement


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_document_and_comes_from_a_stranger_is_403(shared_app: Flask, name: str) -> None:
    client = shared_app.test_client()
    for query in (
        {},
        {"signature": "0" * 40, "encrypt_type": "aes"},
        {"signature": "签名", "timestamp": "1", "nonce": "\x00"},
    ):
        assert client.post("/wechat", query_string=query, data=UNREADABLE[name]).status_code == 403


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("change", ["timestamp", "nonce", "signature", "msg_signature"])
def test_every_signed_part_counts(shared_app: Flask, mode: str, change: str) -> None:
    query, body = sealed(mode, PLAIN)
    if change not in query:
        change = "nonce"
    for value in ("0", "", query[change].upper() + "A", query[change] + "签"):
        assert post(shared_app, mode, {**query, change: value}, body)[0] == 403
    del query[change]
    assert post(shared_app, mode, query, body)[0] == 403


def secrets() -> dict[str, str]:
    whole = aes.encrypt(KEY, APP_ID, PLAIN)
    return {
        "another account's": aes.encrypt(KEY, "wx0000000000000000", PLAIN), "another key's": aes.encrypt("B" * 43, APP_ID, PLAIN),
        "cut by a byte": whole[:-4], "cut by a block": whole[:-24], "one block": whole[:24], "half": whole[: len(whole) // 2],
        "not base64": "不是", "base64 of nothing": "====", "a word": "hello", "spaces": "A A A A", "markup": "<a>&amp;</a>",
        "another element": "x]]></Encrypt><Encrypt><![CDATA[y", "zeros": "A" * 64, "long": "A" * 100_000,
    }  # fmt: skip


@pytest.mark.parametrize("mode", ["safe", "compatible"])
@pytest.mark.parametrize("name", secrets())
def test_an_envelope_that_no_key_opens_is_refused_whatever_stands_in_the_open_beside_it(
    shared_app: Flask, name: str, mode: str
) -> None:
    secret = secrets()[name]
    query, body = sealed(mode, PLAIN, secret)
    status = post(shared_app, mode, query, body)[0]
    assert status in (400, 403)
    assert status == 400 or name in ("another element", "markup", "spaces")


@pytest.mark.parametrize("extra", [0, 1])
def test_a_body_of_a_mebibyte_is_read_and_a_byte_more_is_413(shared_app: Flask, extra: int) -> None:
    body = PLAIN.replace(b"</MsgId>", b"1</MsgId>") + b" " * (MEGABYTE - len(PLAIN) - 1 + extra)
    assert push(shared_app, "plain", body)[0] == (413 if extra else 200)


LARGE = {
    "words": wrapped(("金色春天3号楼楼道灯不亮，" * 28_000).encode()), "one sign": wrapped(b"1" * 1_000_000),
    "brackets": wrapped(b"(" * 1_000_000), "nested tags": b"<xml><MsgType>text</MsgType><FromUserName>oA</FromUserName>"
    + b"<a>" * 140_000 + b"</a>" * 140_000 + b"</xml>",
    "many tags": b"<xml><MsgType>text</MsgType><FromUserName>oA</FromUserName>" + b"<Content>a</Content>" * 50_000 + b"</xml>",
    "many attributes": b"<xml " + b" ".join(f'a{n}="1"'.encode() for n in range(80_000)) + b"><MsgType>text</MsgType></xml>",
    "receipts inside each other": render({**TEXT, "MsgType": "event", "Event": "subscribe_msg_sent_event"})
    .replace("</xml>", "<SubscribeMsgSentEvent>" + "<List>" * 60_000 + "</List>" * 60_000 + "</SubscribeMsgSentEvent></xml>").encode(),
    "many receipts": json.dumps({**TEXT, "MsgType": "event", "Event": "subscribe_msg_sent_event", "List": [{"MsgID": n} for n in range(55_000)]}).encode(),
    "a list of lists": json.dumps({**TEXT, "Content": "楼道灯不亮", "MsgType": "text", "MsgId": 8, "Label": [[[[[[[[]]]]]]]]}).encode(),
    "a long key": render({**TEXT, "MsgType": "event", "Event": "SCAN", "EventKey": "k" * 500_000}).encode(),
    "a long name of an event": render({**TEXT, "MsgType": "event", "Event": "e" * 500_000}).encode(),
    "a long number": render({**TEXT, "Content": "楼道灯不亮", "MsgId": "9" * 500_000}).encode(),
    "a long account": render({**TEXT, "ToUserName": "g" * 500_000, "Content": "楼道灯不亮", "MsgId": 9}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_or_deep_is_answered_in_time(safe_app: Flask, name: str) -> None:
    started = time.monotonic()
    assert push(safe_app, "plain", LARGE[name])[0] == 200
    assert time.monotonic() - started < 5  # the platform's limit, not a measurement


@pytest.mark.parametrize("depth", range(100, 1100, 50))
def test_lists_inside_lists_are_read_or_refused_at_any_depth(shared_app: Flask, depth: int) -> None:
    body = '{"FromUserName":"oA","MsgType":"text","Content":' + "[" * depth + "]" * depth + "}"
    assert push(shared_app, "safe", body.encode())[0] in (200, 400)
    body = body.replace("Content", "List").replace('"text"', '"event","Event":"subscribe_msg_sent_event"')
    assert push(shared_app, "safe", body.encode())[0] in (200, 400)


def test_what_was_recorded_and_is_played_again_has_no_effect(safe_app: Flask, safe_office: Office) -> None:
    query, body = sealed("safe", PLAIN)
    client = safe_app.test_client()
    words = {said(client.post("/wechat", query_string=query, data=body).data, "safe", "oA") for _ in range(3)}
    assert len(words) == 1
    with safe_office.db.reading() as tx:
        assert len(tx.all(select(orders))) == len(tx.all(select(inbound))) == len(tx.all(select(persons))) == 1


@pytest.mark.parametrize("nonce", ["n", "]]><a>", "签 名", "a" * 5000, ""])
def test_a_strange_nonce_cannot_break_the_reply(shared_app: Flask, nonce: str) -> None:
    _, content = post(shared_app, "safe", *sealed("safe", PLAIN, nonce=nonce))
    assert said(content, "safe", "oA")


def test_the_platforms_check_survives_anything(shared_app: Flask) -> None:
    client = shared_app.test_client()
    for echo in ("4375120948345356249", "", "<script>", "签" * 1000):
        answer = client.get("/wechat", query_string={**signed(), "echostr": echo})
        assert (answer.status_code, answer.text, answer.mimetype) == (200, echo, "text/plain")
    assert client.get("/wechat", query_string={"echostr": "1"}).status_code == 403
    assert client.get("/wechat?signature=%ff%00&timestamp=%00&nonce=%ed%a0%80&echostr=1").status_code == 403


def test_words_that_neither_database_nor_disk_take_are_owned_up_to(safe_app: Flask, tmp_path: Path) -> None:
    office: Office = safe_app.extensions["office"]
    with office.db.transaction() as tx:
        tx.connection.exec_driver_sql("ALTER TABLE inbound RENAME TO away")
    (tmp_path / "spool").write_text("in the way")
    status, content = push(safe_app, "safe", PLAIN)
    words = said(content, "safe", "oA")
    assert status == 200
    assert words is not None
    assert "没能留下" in words


def _lamp(broken: bytes, number: int) -> bytes:
    said = "陈桥社区金色春天3栋路灯".encode() + broken + "坏了".encode()
    head = "<xml><ToUserName>gh_wutong</ToUserName><FromUserName>oForbidden</FromUserName><CreateTime>1764000000</CreateTime>"
    return (
        head.encode() + f"<MsgType>text</MsgType><MsgId>{number}</MsgId><Content>".encode() + said + b"</Content></xml>"
    )


FORBIDDEN = {
    "NUL": b"\x00", "NUL by number": b"&#0;", "U+001D": b"\x1d", "U+001D by number": b"&#29;", "U+0002": b"\x02",
    "backspace": b"\x08", "vertical tab": b"\x0b", "U+0010 by hexadecimal number": b"&#x10;",
    "a noncharacter": b"&#xFFFF;", "half a surrogate pair": b"&#xD800;",
}  # fmt: skip
BROKEN = {
    "half a surrogate pair in UTF-8": b"\xed\xa0\x80",
    "invalid UTF-8": b"\xff\xfe\xc0\x80",
    "GBK": "楼道".encode("gbk"),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", [*FORBIDDEN, *BROKEN])
def test_characters_that_xml_forbids_and_broken_utf_8_cost_no_message(shared_app: Flask, name: str, mode: str) -> None:
    number = 91_000_000 + 10 * [*FORBIDDEN, *BROKEN].index(name) + MODES.index(mode)
    status, content = push(shared_app, mode, _lamp((FORBIDDEN | BROKEN)[name], number))
    assert status == 200
    assert "单号" in (said(content, mode, "oForbidden") or "")
