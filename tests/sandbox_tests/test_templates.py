"""The account's own templates: chosen from the library, listed, used, deleted; its industries."""

from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox_tests.conftest import Api

CHOICE = {"template_id_short": "47123", "keyword_name_list": ["单号", "状态"]}


def titles(api: Api) -> list[str]:
    return [row["title"] for row in api.get("template/get_all_private_template")["template_list"]]


def test_a_template_of_the_library_is_added_used_and_deleted(api: Api, sandbox: Sandbox) -> None:
    user, data = sandbox.new_user(), {"character_string1": {"value": "261124"}, "phrase3": {"value": "办理中"}}
    made = api.post("template/api_add_template", CHOICE)["template_id"]
    assert titles(api) == ["办事进度通知", "办事进度通知"]
    listed = api.get("template/get_all_private_template")["template_list"]
    assert listed[1]["content"] == "单号:{{character_string1.DATA}}\n状态:{{phrase3.DATA}}\n"
    assert api.notify(user, template_id=made, data=data)["errcode"] == 0
    assert sandbox.texts(user, "template") == ["办事进度通知\n单号：261124\n状态：办理中"]
    assert api.post("template/del_private_template", {"template_id": made})["errcode"] == 0
    assert api.post("template/del_private_template", {"template_id": made})["errcode"] == 40037
    assert api.notify(user, template_id=made, data=data)["errcode"] == 40037
    assert len(titles(api)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"template_id_short": "1"}, 40037), ({"keyword_name_list": []}, 40246),
        ({"keyword_name_list": ["单号", "天气"]}, 40246),
    ],
)  # fmt: skip
def test_wrong_choices_are_refused(api: Api, changes: dict[str, Any], code: int) -> None:
    assert api.post("template/api_add_template", {**CHOICE, **changes})["errcode"] == code
    assert len(titles(api)) == 1


def test_an_account_has_twenty_five_templates_at_most(api: Api) -> None:
    codes = [api.post("template/api_add_template", CHOICE)["errcode"] for _ in range(25)]
    assert codes == [0] * 24 + [45026]


def test_industries_change_once_a_month(api: Api) -> None:
    def change(first: str, second: str) -> int:
        return int(api.post("template/api_set_industry", {"industry_id1": first, "industry_id2": second})["errcode"])

    assert api.get("template/get_industry")["primary_industry"]["first_class"] == "政府与公共事业"
    assert [change("1", "900"), change("1", "41"), change("22", "41")] == [40102, 0, 43100]
    assert api.get("template/get_industry")["primary_industry"]["first_class"] == "IT科技"


def test_a_subscription_template_is_found_added_agreed_to_and_deleted(api: Api, sandbox: Sandbox) -> None:
    user, root = sandbox.new_user(), "/wxaapi/newtmpl"
    category = api.get(f"{root}/getcategory")["data"][0]["id"]
    found = api.get(f"{root}/getpubtemplatetitles", ids=str(category), start="0", limit="30")
    assert (found["count"], found["data"][1]["title"]) == (2, "活动提醒")
    tid = found["data"][1]["tid"]
    fields = api.get(f"{root}/getpubtemplatekeywords", tid=str(tid))["data"]
    assert [(row["kid"], row["rule"]) for row in fields] == [(1, "thing"), (2, "thing"), (3, "time"), (4, "thing")]
    made = api.post(f"{root}/addtemplate", {"tid": str(tid), "kidList": [3, 1], "sceneDesc": "活动"})["priTmplId"]
    assert made in [row["priTmplId"] for row in api.get(f"{root}/gettemplate")["data"]]
    data = {"time3": {"value": "2026-11-24 09:00"}, "thing1": {"value": "义诊"}}
    notice = {"touser": user, "template_id": made, "data": data}
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 43101
    sandbox.consent(user, made)
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 0
    assert sandbox.texts(user, "subscription") == ["活动提醒\n时间：2026-11-24 09:00\n标题：义诊"]
    assert api.post(f"{root}/deltemplate", {"priTmplId": made})["errcode"] == 0
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 40037


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tid": "1"}, 200014), ({"kidList": [1]}, 200020), ({"kidList": [1, 9]}, 200020), ({"kidList": "1"}, 200020),
        ({"sceneDesc": "长" * 16}, 200021),
    ],
)  # fmt: skip
def test_wrong_subscription_templates_are_refused(api: Api, changes: dict[str, Any], code: int) -> None:
    body = {"tid": "47862", "kidList": [1, 2], "sceneDesc": "活动", **changes}
    assert api.post("/wxaapi/newtmpl/addtemplate", body)["errcode"] == code


@pytest.mark.parametrize(
    ("changes", "code"), [({"ids": ""}, 200018), ({"start": "x"}, 200016), ({"limit": "31"}, 200017)]
)
def test_wrong_pages_of_the_library_are_refused(api: Api, changes: dict[str, str], code: int) -> None:
    query = {"ids": "616", "start": "0", "limit": "30", **changes}
    assert api.get("/wxaapi/newtmpl/getpubtemplatetitles", **query)["errcode"] == code
