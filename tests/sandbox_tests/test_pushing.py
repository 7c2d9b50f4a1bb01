"""The pusher: three modes, the deadline, repeats, illegal replies, the pause; every kind of message."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Response
from wechatpy.crypto import WeChatCrypto

from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options
from tests.sandbox.pushing import aes
from tests.sandbox.server import running
from tests.sandbox_tests.conftest import APP_ID, KEY, TOKEN, Service, text_reply


def sealed(fields: dict[str, Any]) -> str:
    """An encrypted reply, made by another implementation."""
    return str(WeChatCrypto(TOKEN, KEY, APP_ID).encrypt_message(text_reply(fields, "密文好"), "n", "1"))


def test_plain_mode_signs(sandbox: Sandbox, service: Service) -> None:
    user = sandbox.new_user()
    answer = sandbox.say(user, "灯]]>坏了")
    query = service.queries[0]
    assert query["signature"] == aes.sign(TOKEN, query["timestamp"], query["nonce"])
    assert "msg_signature" not in query
    assert (query["openid"], service.pushed[0]["FromUserName"]) == (user, user)
    assert (answer.status, answer.text) == ("answered", "收到：灯]]>坏了")
    assert sandbox.texts(user, "passive") == ["收到：灯]]>坏了"]


@pytest.mark.parametrize("mode", ["compatible", "safe"])
def test_the_encrypted_modes(options: Options, service: Service, mode: str) -> None:
    with running(replace(options, mode=mode, aes_key=KEY)) as sandbox:
        service.answer = sealed
        assert sandbox.say("oUser", "灯坏了").text == "密文好"
        service.answer = lambda fields: text_reply(fields, "明文好")
        plain = sandbox.say("oUser", "灯坏了")
        service.answer = lambda fields: sealed(fields).replace("<MsgSignature><![CDATA[", "<MsgSignature><![CDATA[x")
        assert "MsgSignature" in sandbox.say("oUser", "灯坏了").deliveries[0]["problem"]
        service.answer = lambda fields: "success"
        assert sandbox.say("oUser", "谢谢").status == "silent"
        assert sandbox.verify()
    assert plain.status == ("answered" if mode == "compatible" else "failed")
    query, body = service.queries[0], service.bodies[0].decode()
    secret = body.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert query["msg_signature"] == aes.sign(TOKEN, query["timestamp"], query["nonce"], secret)
    assert ("灯坏了" in body) is (mode == "compatible")


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
def test_what_is_pushed_may_be_json(options: Options, service: Service, mode: str) -> None:
    def reply(fields: dict[str, Any]) -> str:
        head = {"ToUserName": fields["FromUserName"], "FromUserName": fields["ToUserName"], "CreateTime": 1}
        answer = json.dumps({**head, "MsgType": "text", "Content": f"收到：{fields['Content']}"})
        secret = aes.encrypt(KEY, APP_ID, answer.encode())
        sealed = {"Encrypt": secret, "MsgSignature": aes.sign(TOKEN, "1", "n", secret), "TimeStamp": 1, "Nonce": "n"}
        return answer if mode == "plain" else json.dumps(sealed)

    service.answer = reply
    with running(replace(options, mode=mode, format="json", aes_key=KEY)) as sandbox:
        answer = sandbox.say("oUser", "灯坏了")
        push = sandbox.wire()[-1]
    assert (answer.status, answer.text) == ("answered", "收到：灯坏了")
    body = json.loads(service.bodies[0])
    assert ("Encrypt" in body, "Content" in body) == (mode != "plain", mode != "safe")
    assert (service.pushed[0]["Content"], isinstance(service.pushed[0]["MsgId"], int)) == ("灯坏了", True)
    assert '"Content": "灯坏了"' in push["body"]


def test_a_slow_service_is_asked_three_times_with_the_same_message_and_the_user_sees_it(
    sandbox: Sandbox, service: Service
) -> None:
    def slowly(fields: dict[str, Any]) -> str:
        time.sleep(0.8)
        return text_reply(fields, "太晚了")

    service.answer = slowly
    user = sandbox.new_user()
    answer = sandbox.say(user, "在吗")
    assert (answer.status, [each["result"] for each in answer.deliveries]) == ("failed", ["timeout"] * 3)
    assert len({(row["MsgId"], row["CreateTime"]) for row in service.pushed}) == 1
    assert len({query["nonce"] for query in service.queries}) == 3
    assert sandbox.texts(user) == ["该公众号提供的服务出现故障，请稍后再试"]


def test_an_answer_to_a_repeat_counts(sandbox: Sandbox, service: Service) -> None:
    def late_once(fields: dict[str, Any]) -> str:
        if len(service.pushed) == 1:
            time.sleep(0.8)
        return text_reply(fields, "好")

    service.answer = late_once
    answer = sandbox.say(sandbox.new_user(), "在吗")
    assert (answer.text, len(answer.deliveries)) == ("好", 2)


def test_copies_arrive_at_once_and_the_phone_shows_one_reply(sandbox: Sandbox, service: Service) -> None:
    user = sandbox.new_user()
    answer = sandbox.say(user, "灯坏了", copies=4, msg_id=77)
    assert [row["MsgId"] for row in service.pushed] == ["77"] * 4
    assert (len(answer.deliveries), len(sandbox.texts(user))) == (4, 1)


def test_deliveries_are_repeated_as_if_the_answers_got_lost(sandbox: Sandbox, service: Service) -> None:
    assert len(sandbox.say(sandbox.new_user(), "灯坏了", deliveries=3).deliveries) == 3
    assert len({row["MsgId"] for row in service.pushed}) == 1


ILLEGAL = {
    "quoted": '"success"', "json": '{"a":1}', "page": "<html><body>502</body></html>", "no kind": "<xml><A>1</A></xml>",
}  # fmt: skip


@pytest.mark.parametrize("body", ILLEGAL.values(), ids=ILLEGAL.keys())
def test_illegal_replies_are_not_repeated_but_shown(sandbox: Sandbox, service: Service, body: str) -> None:
    service.answer = lambda fields: body
    user = sandbox.new_user()
    answer = sandbox.say(user, "在吗")
    assert (answer.status, [each["result"] for each in answer.deliveries]) == ("failed", ["illegal"])
    assert sandbox.inbox(user)[0]["kind"] == "notice"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (lambda fields: Response("success", 500), "HTTP 500"),
        (lambda fields: text_reply({**fields, "FromUserName": "oOther"}, "好"), "ToUserName"),
        (lambda fields: text_reply({**fields, "ToUserName": "gh_x"}, "好"), "FromUserName"),
        (lambda fields: text_reply(fields, "长" * 683), "longer"),
        (lambda fields: text_reply(fields, ""), "empty"),
    ],
)
def test_the_problem_is_named(sandbox: Sandbox, service: Service, answer: Any, problem: str) -> None:
    service.answer = answer
    assert problem in sandbox.say(sandbox.new_user(), "在吗").deliveries[0]["problem"]


def test_nothing_to_say_is_legal(sandbox: Sandbox, service: Service) -> None:
    user = sandbox.new_user()
    for body in ("", "success"):
        service.answer = lambda fields, body=body: body  # type: ignore[misc]
        assert sandbox.say(user, "谢谢").status == "silent"
    assert sandbox.inbox(user) == []


def test_a_news_reply_becomes_a_card(sandbox: Sandbox, service: Service) -> None:
    item = (
        "<item><Title>公告</Title><Description>停水</Description><PicUrl></PicUrl><Url>http://127.0.0.1/</Url></item>"
    )
    news = f"<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles>{item}</Articles></xml>"
    service.answer = lambda fields: text_reply(fields, "x").split("<MsgType>")[0] + news
    user = sandbox.new_user()
    assert sandbox.say(user, "公告").status == "answered"
    assert sandbox.inbox(user)[0]["content"]["articles"][0]["title"] == "公告"


def test_after_too_many_failures_the_platform_pauses_a_minute(options: Options, service: Service) -> None:
    with running(replace(options, markfail_after=2)) as sandbox:
        service.answer = lambda fields: Response("", 500)
        assert [sandbox.say("oUser", "在吗").status for _ in range(3)] == ["failed", "failed", "paused"]
        service.answer = lambda fields: "success"
        assert sandbox.say("oUser", "在吗").status == "paused"
        sandbox.advance(61)
        assert sandbox.say("oUser", "在吗").status == "silent"


def test_a_service_that_does_not_run_is_unreachable(options: Options) -> None:
    with running(replace(options, service_url="http://127.0.0.1:9/wechat", deadline=0.1)) as sandbox:
        answer = sandbox.say("oUser", "在吗")
        assert [each["result"] for each in answer.deliveries] == ["unreachable"] * 3
        assert not sandbox.verify()


def test_every_kind_of_message_carries_its_fields(sandbox: Sandbox, service: Service) -> None:
    user = sandbox.new_user()
    sandbox.send_image(user)
    sandbox.send_voice(user, "灯坏了")
    sandbox.send_voice(user)
    sandbox.send_video(user)
    sandbox.send_location(user, 32.3, 118.31, "金色春天")
    sandbox.send_link(user, "标题", "http://127.0.0.1/")
    sandbox.click(user, "进度")
    sandbox.menu_click(user, "101", "满意")
    sandbox.send_event(user, "LOCATION", {"Latitude": 32.3})
    sandbox.send_message(user, {"MsgType": "hologram"})
    image, heard, unheard, video, place, link, click, line, event, other = service.pushed
    assert image["MediaId"] in image["PicUrl"]
    assert (heard["Recognition"], unheard["Recognition"], heard["Format"]) == ("灯坏了", None, "amr")
    assert video["ThumbMediaId"]
    assert (place["Location_X"], place["Location_Y"], place["Label"]) == ("32.3", "118.31", "金色春天")
    assert (link["Title"], link["Url"]) == ("标题", "http://127.0.0.1/")
    assert (click["Event"], click["EventKey"], "MsgId" in click) == ("CLICK", "进度", False)
    assert (line["MsgType"], line["Content"], line["bizmsgmenuid"]) == ("text", "满意", "101")
    assert (event["Event"], event["Latitude"], other["MsgType"]) == ("LOCATION", "32.3", "hologram")


def test_silent_events_show_no_fault(sandbox: Sandbox, service: Service) -> None:
    service.answer = lambda fields: Response("", 500)
    user = sandbox.new_user()
    sandbox.unfollow(user)
    assert [item["type"] for item in sandbox.inbox(user)] == ["event"]
