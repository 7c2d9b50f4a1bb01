"""Whatever becomes of a document on its way: always one of the answers that the platform accepts, never a 500."""

import json
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.pushing import aes
from tests.wechat.pushing import APP_ID, KEY, MODES, collection, post, push, said, sealed

DOCUMENTS = [document.filled("oMangled") for document in collection()]
# the same examples in every run; the application is shared, as the web process is
same = settings(
    max_examples=120, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

documents, modes = st.sampled_from(DOCUMENTS), st.sampled_from(MODES)
cuts = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
signs = st.text(st.characters(codec=None, categories=None), max_size=40)  # every sign there is, halves of pairs too
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | signs,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(signs | st.just("#text"), inner, max_size=4),
    max_leaves=12,
)
NAMES = (
    "ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "Content", "MsgId", "MsgID", "MediaId",
    "Recognition", "Label", "Title", "Status", "List", "SubscribeMsgSentEvent", "SubscribeMsgPopupEvent", "ScanCodeInfo",
    "OpenID", "RevokeInfo", "ExpiredTime", "FailReason", "bizmsgmenuid",
)  # fmt: skip
kinds = st.sampled_from(["text", "image", "voice", "location", "link", "event", "file", "device_text"])
happenings = st.sampled_from([
    "subscribe", "unsubscribe", "SCAN", "CLICK", "scancode_waitmsg", "subscribe_msg_sent_event", "subscribe_msg_popup_event",
    "TEMPLATESENDJOBFINISH", "user_info_modified", "annual_renew", "LOCATION",
])  # fmt: skip


def spliced(body: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in changes:
        start = at % (len(body) + 1)
        body = body[:start] + put + body[start + length :]
    return body


@same
@given(body=documents, changes=cuts, mode=modes)
def test_a_document_with_pieces_cut_out_and_put_in(
    shared_app: Flask, body: bytes, changes: list[tuple[int, int, bytes]], mode: str
) -> None:
    query, outer = sealed(mode, body)
    for sent in (sealed(mode, spliced(body, changes)), (query, spliced(outer, changes))):
        status, content = post(shared_app, mode, *sent)
        assert status in ((200, 400) if mode == "plain" else (200, 400, 403))
        if status == 200 and content.startswith(b"<xml>"):
            assert b"<![CDATA[" in content


@same
@given(fields=st.dictionaries(st.sampled_from(NAMES), values, max_size=12), kind=kinds, event=happenings, mode=modes)
def test_a_message_with_anything_at_all_in_its_fields(
    shared_app: Flask, fields: dict[str, Any], kind: str, event: str, mode: str
) -> None:
    known = {"ToUserName": "gh_wutong", "FromUserName": "oMangled", "MsgType": kind, "Event": event}
    body = json.dumps({**fields, **known}).encode()
    status, content = push(shared_app, mode, body)
    assert status == 200
    assert said(push(shared_app, mode, body)[1], mode) == said(content, mode)


@same
@given(words=signs)
def test_any_words_are_answered_with_what_the_platform_can_read(shared_app: Flask, words: str) -> None:
    fields = {"ToUserName": "gh_wutong", "FromUserName": "oWords", "MsgType": "text", "CreateTime": 1, "Content": words}
    status, content = push(shared_app, "safe", json.dumps(fields).encode())
    assert status == 200
    assert said(content, "safe", "oWords")


@same
@given(body=documents, changes=cuts)
def test_an_encrypted_text_with_pieces_cut_out_and_put_in(
    shared_app: Flask, body: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    secret = spliced(aes.encrypt(KEY, APP_ID, body).encode(), changes).decode("utf-8", "replace").replace("]]>", "")
    query, outer = sealed("safe", b"<xml></xml>", secret)
    assert post(shared_app, "safe", query, outer)[0] in (200, 400, 403)
