"""All ways to send: windows, templates, subscriptions, mass; their limits, error codes and receipts."""

import json
from typing import Any

import pytest
import requests

from tests.sandbox.client import Sandbox
from tests.sandbox_tests.conftest import ORDER, Api, Service


def test_a_message_opens_five_for_two_days(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    assert api.say(user, "在吗") == 45015
    sandbox.say(user, "你好")
    assert [api.say(user, f"第{n}条") for n in range(6)] == [0, 0, 0, 0, 0, 45047]
    assert sandbox.texts(user, "kf") == [f"第{n}条" for n in range(5)]
    sandbox.say(user, "再说一句")
    assert api.say(user, "又能发了") == 0


def test_the_windows_end(api: Api, sandbox: Sandbox) -> None:
    user, other = sandbox.new_user(window="message"), sandbox.new_user(window="click")
    sandbox.advance(61)
    assert (api.say(user, "在"), api.say(other, "在")) == (0, 45015)
    sandbox.advance(48 * 3600)
    api.token = str(api.stable_token()["access_token"])
    assert api.say(user, "在") == 45015


@pytest.mark.parametrize("how", ["click", "follow", "scan", "menu_click"])
def test_a_click_a_follow_a_scan_and_a_line_of_a_menu_open_three(api: Api, sandbox: Sandbox, how: str) -> None:
    user = sandbox.new_user()
    doings = {
        "click": lambda: sandbox.click(user, "帮助"), "follow": lambda: sandbox.follow(user),
        "scan": lambda: sandbox.scan(user, "grid_1"), "menu_click": lambda: sandbox.menu_click(user, "1", "满意"),
    }  # fmt: skip
    doings[how]()
    doings[how]()
    assert [api.say(user, "好") for _ in range(4)] == [0, 0, 0, 45047]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"msgtype": "news", "news": {"articles": [{"title": "一"}, {"title": "二"}]}}, 45008),
        ({"msgtype": "image", "image": {"media_id": "no"}}, 40007),
        ({"msgtype": "poem", "poem": {}}, 40008),
        ({"touser": "nobody", "msgtype": "text", "text": {"content": "a"}}, 40003),
    ],
)
def test_bad_customer_service_messages(api: Api, sandbox: Sandbox, message: dict[str, Any], code: int) -> None:
    user = sandbox.new_user(window="message")
    assert api.post("message/custom/send", {"touser": user, **message})["errcode"] == code
    assert sandbox.sent() == []


def test_escaped_and_broken_json_is_refused(api: Api, sandbox: Sandbox) -> None:
    user, where = sandbox.new_user(window="message"), api.address("message/custom/send")
    body = {"touser": user, "msgtype": "text", "text": {"content": "灯"}}
    for content, code in ((json.dumps(body).encode(), 40033), (b"{", 47001), (b"[]", 47001), (b"", 44002)):
        assert requests.post(where, content, params={"access_token": api.token}, timeout=5).json()["errcode"] == code


def test_who_left_or_refuses_gets_nothing(api: Api, sandbox: Sandbox) -> None:
    gone, refusing = sandbox.new_user(window="message"), sandbox.new_user(window="message")
    sandbox.unfollow(gone)
    sandbox.block(refusing)
    assert (api.say(gone, "a"), api.say(refusing, "a")) == (45015, 48002)
    assert api.notify(gone)["errcode"] == 43004
    assert sandbox.texts(refusing) == []


def test_a_template_message_shows_as_a_card_and_its_receipt_is_pushed(
    api: Api, sandbox: Sandbox, service: Service
) -> None:
    user = sandbox.new_user()
    answer = api.notify(user, url="http://127.0.0.1/h5/")
    card = sandbox.wait_for(user, "换灯泡", "template")
    assert card["content"]["fields"][0] == {"key": "character_string1", "label": "单号", "value": "123456"}
    assert card["content"]["url"] == "http://127.0.0.1/h5/"
    receipt = sandbox.wait_until(lambda: service.events("TEMPLATESENDJOBFINISH"))[0]
    assert (receipt["MsgID"], receipt["Status"]) == (str(answer["msgid"]), "success")
    assert (receipt["FromUserName"], len(receipt["MsgID"])) == (user, 17)


def test_receipts_tell_of_failures_and_may_be_lost(api: Api, sandbox: Sandbox, service: Service) -> None:
    user, refusing = sandbox.new_user(), sandbox.new_user()
    sandbox.block(refusing)
    api.notify(refusing)
    sandbox.set_faults(receipts="failed: system failed")
    api.notify(user)
    receipts = sandbox.wait_until(lambda: (found := service.events("TEMPLATESENDJOBFINISH"))[1:] and found)
    assert {row["FromUserName"]: row["Status"] for row in receipts} == {
        refusing: "failed:user block", user: "failed: system failed",
    }  # fmt: skip
    assert sandbox.texts(user) == sandbox.texts(refusing) == []


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"template_id": "no"}, 40037, "template_id"), ({"template_id": "S-order"}, 40037, "template_id"),
        ({"data": {**ORDER, "thing2": {"value": "字" * 21}}}, 47003, "data.thing2.value"),
        ({"data": {**ORDER, "thing2": {"value": ""}}}, 47003, "data.thing2.value"),
        ({"data": {**ORDER, "character_string1": {"value": "单号"}}}, 47003, "data.character_string1.value"),
        ({"data": {}}, 47003, "data.character_string1.value"),
    ],
)  # fmt: skip
def test_bad_templates_are_named(api: Api, sandbox: Sandbox, changes: dict[str, Any], code: int, named: str) -> None:
    answer = api.notify(sandbox.new_user(), **changes)
    assert answer["errcode"] == code
    assert named in answer["errmsg"]


def test_first_and_remark_are_dropped_silently(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    assert api.notify(user, data={**ORDER, "first": {"value": "您好"}, "remark": {"value": "谢谢"}})["errcode"] == 0
    assert "您好" not in sandbox.texts(user)[0]


def test_a_client_id_sends_once_in_ten_minutes(api: Api, sandbox: Sandbox) -> None:
    user, other = sandbox.new_user(), sandbox.new_user()
    first = api.notify(user, client_msg_id="n1")["msgid"]
    assert api.notify(user, client_msg_id="n1")["msgid"] == first
    assert api.notify(other, client_msg_id="n1")["msgid"] != first
    assert len(sandbox.texts(user)) == 1
    assert [row["duplicate"] for row in sandbox.sent() if row["openid"] == user] == [False, True]
    sandbox.advance(601)
    assert api.notify(user, client_msg_id="n1")["msgid"] != first


def test_a_subscription_needs_consent_also_without_following(api: Api, sandbox: Sandbox, service: Service) -> None:
    user = sandbox.new_user(subscribed=False)
    notice = {"touser": user, "template_id": "S-order", "data": {"thing1": {"value": "灯修好了"}}}

    def send() -> int:
        return int(api.post("message/subscribe/bizsend", notice)["errcode"])

    assert send() == 43101
    sandbox.consent(user, "S-order", once=True)
    assert (send(), send()) == (0, 43101)
    sandbox.consent(user, "S-order")
    assert (send(), send()) == (0, 0)
    sandbox.consent(user, "S-order", accept=False)
    assert send() == 43101
    assert len(sandbox.texts(user, "subscription")) == 3
    agreed = service.events("subscribe_msg_popup_event")[0]["SubscribeMsgPopupEvent"]["List"]
    assert (agreed["TemplateId"], agreed["SubscribeStatusString"]) == ("S-order", "accept")
    sent = sandbox.wait_until(lambda: service.events("subscribe_msg_sent_event"))[0]["SubscribeMsgSentEvent"]["List"]
    assert (sent["TemplateId"], sent["ErrorCode"]) == ("S-order", "0")


def test_a_mass_message_reaches_a_tag_four_times_a_month_and_never_twice(
    api: Api, sandbox: Sandbox, service: Service
) -> None:
    user, other = sandbox.new_user(), sandbox.new_user()
    tag = api.post("tags/create", {"tag": {"name": "党员"}})["tag"]["id"]
    assert api.post("tags/members/batchtagging", {"openid_list": [user], "tagid": tag})["errcode"] == 0

    def send(client_id: str) -> dict[str, Any]:
        where = {"is_to_all": False, "tag_id": tag}
        body = {"filter": where, "msgtype": "text", "text": {"content": "开会"}, "clientmsgid": client_id}
        return api.post("message/mass/sendall", body)

    first = send("m1")
    assert send("m1")["errcode"] == 45066
    sandbox.advance(61)
    again = send("m1")
    assert (again["errcode"], again["msg_id"]) == (45065, first["msg_id"])
    assert send("m" * 33)["errcode"] == 45067
    assert [send(f"more{n}")["errcode"] for n in range(4)] == [0, 0, 0, 0]
    assert (len(sandbox.texts(user, "mass")), sandbox.texts(other)) == (4, [])
    finished = sandbox.wait_until(lambda: (rows := service.events("MASSSENDJOBFINISH"))[4:] and rows)
    assert {(row["TotalCount"], row["SentCount"]) for row in finished} == {("1", "1"), ("1", "0")}
    assert api.post("message/mass/get", {"msg_id": first["msg_id"]})["msg_status"] == "SEND_SUCCESS"
    assert api.post("message/mass/get", {"msg_id": 1})["errcode"] == 40035


def test_a_mass_message_to_chosen_people_names_two_or_more_and_is_no_longer_than_any_text(
    api: Api, sandbox: Sandbox
) -> None:
    users = sandbox.new_users(2)

    def send(openids: list[str], words: str) -> int:
        body = {"touser": openids, "msgtype": "text", "text": {"content": words}}
        return int(api.post("message/mass/send", body)["errcode"])

    assert [send(users[:1], "开会"), send(users, "会" * 683), send([*users, "oNobody"], "开会")] == [
        40032,
        45002,
        40003,
    ]
    assert send(users, "会" * 682) == 0
    assert [len(sandbox.texts(user, "mass")) for user in users] == [1, 1]


def test_to_everybody_once_a_day(api: Api) -> None:
    body = {"filter": {"is_to_all": True}, "msgtype": "text", "text": {"content": "停水通知"}}
    assert [api.post("message/mass/sendall", body)["errcode"] for _ in range(2)] == [0, 45028]
