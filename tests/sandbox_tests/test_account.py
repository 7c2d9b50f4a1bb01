"""Menu, tags, users, QR codes, media and web sign-in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.account.media import sample_picture
from tests.sandbox.client import Sandbox
from tests.sandbox_tests.conftest import APP_ID, SECRET, Api, Service

CLICK = {"type": "click", "name": "进度", "key": "进度"}


def test_a_menu_is_kept_and_deleted(api: Api) -> None:
    assert api.get("menu/get")["errcode"] == 46003
    buttons = [{"name": "我的", "sub_button": [CLICK]}, {"type": "view", "name": "网页", "url": "http://127.0.0.1/"}]
    assert api.post("menu/create", {"button": buttons})["errcode"] == 0
    assert api.get("menu/get")["menu"]["button"] == buttons
    assert api.get("get_current_selfmenu_info")["is_menu_open"] == 1
    assert api.get("menu/delete")["errcode"] == 0
    assert api.get("menu/get")["errcode"] == 46003


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016), ([CLICK] * 4, 40016), ([{**CLICK, "name": "名字太长了啊"}], 40018), ([{**CLICK, "type": "fly"}], 40017),
        ([{"name": "我的", "sub_button": [CLICK] * 6}], 40023), ([{"type": "click", "name": "没有"}], 40019),
        ([{"name": "我的", "sub_button": [{**CLICK, "name": "长" * 21}]}], 40025),
        ([{"type": "view", "name": "网页"}], 40020),
    ],
)  # fmt: skip
def test_bad_menus(api: Api, buttons: list[dict[str, Any]], code: int) -> None:
    assert api.post("menu/create", {"button": buttons})["errcode"] == code


def test_a_conditional_menu_needs_a_default_and_goes_to_its_tag(api: Api, sandbox: Sandbox) -> None:
    user, other = sandbox.new_user(), sandbox.new_user()
    tag = api.post("tags/create", {"tag": {"name": "工作人员"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"openid_list": [user], "tagid": tag})
    special = {"button": [{**CLICK, "name": "待派"}], "matchrule": {"tag_id": str(tag)}}
    assert api.post("menu/addconditional", special)["errcode"] == 65303
    api.post("menu/create", {"button": [CLICK]})
    assert "menuid" in api.post("menu/addconditional", special)
    names = [api.post("menu/trymatch", {"user_id": openid})["button"][0]["name"] for openid in (user, other)]
    assert names == ["待派", "进度"]


def test_tags_have_limits(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    assert api.post("tags/create", {"tag": {"name": "甲"}})["tag"]["name"] == "甲"
    assert api.post("tags/create", {"tag": {"name": "甲"}})["errcode"] == 45157
    assert api.post("tags/create", {"tag": {"name": "长" * 31}})["errcode"] == 45158
    assert api.post("tags/delete", {"tag": {"id": 2}})["errcode"] == 45058
    assert api.post("tags/members/batchtagging", {"openid_list": [user], "tagid": 999})["errcode"] == 45159


def test_user_info_tells_no_names(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user(name="王阿姨")
    sandbox.scan(user, "grid_7")
    known = api.get("user/info", openid=user)
    assert (known["subscribe"], known["nickname"]) == (1, "")
    sandbox.unfollow(user)
    assert api.get("user/info", openid=user) == {"subscribe": 0, "openid": user}
    assert user not in api.get("user/get")["data"]["openid"]


def test_a_code_with_a_scene_is_a_picture_and_brings_its_scene(api: Api, sandbox: Sandbox, service: Service) -> None:
    asked = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "grid_7"}}}
    ticket = api.post("qrcode/create", asked)["ticket"]
    picture = requests.get(api.address("showqrcode"), {"ticket": ticket}, timeout=5)
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    user = sandbox.new_user(subscribed=False)
    sandbox.scan(user, "grid_7")
    sandbox.scan(user, "grid_7")
    assert [(row["Event"], row["EventKey"], row["Ticket"]) for row in service.pushed] == [
        ("subscribe", "qrscene_grid_7", ticket), ("SCAN", "grid_7", ticket),
    ]  # fmt: skip
    assert api.post("qrcode/create", {"action_name": "QR_SCENE", "action_info": {}})["errcode"] == 40053


def test_media_go_up_and_down_and_end_after_three_days(api: Api, sandbox: Sandbox, service: Service) -> None:
    picture, query = sample_picture(), {"access_token": api.token, "type": "image"}
    where = api.address("media/upload")
    made = requests.post(where, params=query, files={"media": ("a.png", picture, "image/png")}, timeout=5).json()
    found = requests.get(api.address("media/get"), {"access_token": api.token, "media_id": made["media_id"]}, timeout=5)
    assert (found.content, found.headers["Content-Disposition"][:10]) == (picture, "attachment")
    wrong = requests.post(where, params=query, files={"media": ("a.exe", b"x")}, timeout=5).json()
    assert wrong["errcode"] == 40004
    sandbox.send_image(sandbox.new_user(), picture)
    theirs = service.pushed[-1]
    assert requests.get(theirs["PicUrl"], timeout=5).content == picture
    sandbox.advance(3 * 24 * 3600 + 1)
    api.token = str(api.stable_token()["access_token"])
    assert api.get("media/get", media_id=theirs["MediaId"])["errcode"] == 40007


def test_signing_in_on_a_web_page(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user(name="王阿姨")
    query = {
        "appid": APP_ID, "redirect_uri": "http://127.0.0.1:9/h5/?a=1", "response_type": "code",
        "scope": "snsapi_base", "state": "s t",
    }  # fmt: skip
    where = api.address("/connect/oauth2/authorize")
    assert "王阿姨" in requests.get(where, query, timeout=5).text
    back = requests.get(where, {**query, "sandbox_openid": user}, timeout=5, allow_redirects=False).headers["Location"]
    given = parse_qs(urlsplit(back).query)
    assert (back.split("?")[0], given["a"], given["state"]) == ("http://127.0.0.1:9/h5/", ["1"], ["s t"])
    redeem = {"appid": APP_ID, "secret": SECRET, "code": given["code"][0], "grant_type": "authorization_code"}
    login = api.get("/sns/oauth2/access_token", **redeem)
    assert login["openid"] == user
    assert "is_snapshotuser" not in login
    assert api.get("/sns/oauth2/access_token", **redeem)["errcode"] == 40163
    assert api.get("/sns/oauth2/access_token", **{**redeem, "code": "no"})["errcode"] == 40029
    assert requests.get(where, {**query, "appid": "wx"}, timeout=5).status_code == 400


def test_a_snapshot_visitor_is_somebody_else(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    query = {
        "appid": APP_ID, "redirect_uri": "http://127.0.0.1:9/", "response_type": "code", "scope": "snsapi_userinfo",
        "sandbox_openid": user, "sandbox_snapshot": "1",
    }  # fmt: skip
    back = requests.get(api.address("/connect/oauth2/authorize"), query, timeout=5, allow_redirects=False).headers[
        "Location"
    ]
    code = parse_qs(urlsplit(back).query)["code"][0]
    login = api.get("/sns/oauth2/access_token", appid=APP_ID, secret=SECRET, code=code)
    assert login["is_snapshotuser"] == 1
    assert login["openid"] != user


def test_the_way_back_from_signing_in_is_a_whole_answer_every_time(api: Api) -> None:
    """A declared length that is not the body's makes the server break the connection, now and then before the head is out."""
    query = {
        "appid": APP_ID, "redirect_uri": "http://127.0.0.1:9/", "response_type": "code", "scope": "snsapi_base",
        "sandbox_openid": "oUser",
    }  # fmt: skip
    where = api.address("/connect/oauth2/authorize")
    for _ in range(50):
        back = requests.get(where, query, timeout=5, allow_redirects=False)
        assert (back.status_code, back.headers["Content-Length"], back.content) == (302, "0", b"")


def test_an_unknown_address_says_so(api: Api) -> None:
    assert api.get("no/such/api")["errcode"] == 40066
