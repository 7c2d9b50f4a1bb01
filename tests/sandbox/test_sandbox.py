"""The sandbox: the platform's rules over HTTP, and the page in a real browser against the real service."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from flask import Flask, request
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from bot.app import create_app as create_service
from config.settings import Settings
from tests import browser
from tests.sandbox.app import create_app

CAST = [
    {"openid": "oResident", "name": "王阿姨", "label": "居民", "hint": "帮助"},
    {"openid": "oOther", "name": "李大爷", "label": "居民", "hint": ""},
]
TEMPLATES = {"order": {"id": "T1", "kind": "template", "fields": {"thing1": "what"}}}


def serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def service(settings: Settings) -> Iterator[str]:
    app = create_service(settings)
    yield from serving(app)
    app.extensions["office"].db.close()


def sandbox_for(settings: Settings, service: str, deadline: float = 5.0) -> Flask:
    return create_app(
        app_id=settings.wechat_app_id, secret=settings.wechat_app_secret, token=settings.wechat_token,
        aes_key=settings.wechat_aes_key, service=f"{service}/wechat", templates=TEMPLATES, cast=CAST, deadline=deadline,
    )  # fmt: skip


@pytest.fixture
def sandbox(settings: Settings, service: str) -> Iterator[str]:
    yield from serving(sandbox_for(settings, service))


def token_of(sandbox: str, settings: Settings, **changes: Any) -> str:
    asked = {"grant_type": "client_credential", "appid": settings.wechat_app_id, "secret": settings.wechat_app_secret}
    return str(requests.post(f"{sandbox}/cgi-bin/stable_token", json=asked | changes, timeout=5).json()["access_token"])


def send(sandbox: str, token: str, path: str, **body: Any) -> dict[str, Any]:
    found: dict[str, Any] = requests.post(f"{sandbox}{path}", params={"access_token": token}, json=body, timeout=5).json()
    return found


def test_a_token_stays_the_same_until_it_is_forced(sandbox: str, settings: Settings) -> None:
    first = token_of(sandbox, settings)
    assert token_of(sandbox, settings) == first
    forced = token_of(sandbox, settings, force_refresh=True)
    assert forced != first
    assert send(sandbox, first, "/cgi-bin/message/custom/send", touser="oResident")["errcode"] == 40001


def test_customer_service_messages_need_a_window_and_it_holds_five(sandbox: str, settings: Settings) -> None:
    token = token_of(sandbox, settings)
    message = {"touser": "oResident", "msgtype": "text", "text": {"content": "您好"}}
    path = "/cgi-bin/message/custom/send"
    assert send(sandbox, token, path, **message)["errcode"] == 45015
    requests.post(f"{sandbox}/sandbox/people/oResident/say", json={"text": "你好"}, timeout=10)
    assert [send(sandbox, token, path, **message)["errcode"] for _ in range(6)] == [0, 0, 0, 0, 0, 45047]


def test_a_template_checks_its_values_and_sends_once_per_id(sandbox: str, settings: Settings) -> None:
    token, path = token_of(sandbox, settings), "/cgi-bin/message/template/send"
    good = {"touser": "oResident", "template_id": "T1", "client_msg_id": "n1", "data": {"thing1": {"value": "换灯泡"}}}
    assert send(sandbox, token, path, **{**good, "template_id": "no"})["errcode"] == 40037
    assert send(sandbox, token, path, **{**good, "data": {"thing1": {"value": "长" * 21}}})["errcode"] == 47003
    assert send(sandbox, token, path, **good)["msgid"] == send(sandbox, token, path, **good)["msgid"]
    screen = requests.get(f"{sandbox}/sandbox/people/oResident/screen", timeout=5).json()["screen"]
    assert [entry["kind"] for entry in screen] == ["card"]


def test_a_service_that_is_too_slow_is_asked_three_times_and_the_user_sees_the_notice(settings: Settings) -> None:
    asked: list[bytes] = []
    slow = Flask("slow")

    @slow.post("/wechat")
    def answer() -> str:
        asked.append(request.data)
        threading.Event().wait(0.6)
        return "success"

    for address in serving(slow):
        for sandbox in serving(sandbox_for(settings, address, deadline=0.2)):
            said = requests.post(f"{sandbox}/sandbox/people/oResident/say", json={"text": "在吗"}, timeout=10).json()
            assert said == {"reply": None, "broken": True}
    assert len(asked) == 3
    assert len({body.split(b"MsgId")[1] for body in asked}) == 1


@pytest.fixture
def page(sandbox: str) -> Iterator[Page]:
    program = browser.find()
    assert program, "run `make install`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        page.goto(sandbox)
        yield page
        chromium.close()


def test_somebody_types_on_the_page_and_reads_the_reply(page: Page) -> None:
    phone = page.locator(".phone").first
    phone.locator("[name=text]").fill("金色春天3号楼，灯泡坏了，想请人帮忙换一下")
    phone.get_by_role("button", name="发送").click()
    expect(phone.locator(".screen .text .bubble")).to_contain_text("单号：")
    page.get_by_role("button", name="通信记录").click()
    expect(page.locator("#log li").first).to_contain_text("平台→服务")


def test_the_page_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".phone:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
