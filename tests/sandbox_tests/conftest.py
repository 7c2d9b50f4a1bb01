"""A sandbox over real HTTP, and a small service behind it whose answers the test chooses."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page, expect

from tests.listening import listening
from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options, Template
from tests.sandbox.pushing import aes
from tests.sandbox.pushing.markup import parse, render
from tests.sandbox.server import running

KEY, APP_ID, TOKEN, SECRET = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6", "pamtest", "secret"
TEMPLATES = (
    Template("T-order", "template", "order", {"character_string1": "code", "thing2": "what", "phrase3": "state"}),
    Template("S-order", "subscribe", "*", {"thing1": "title"}),
)
ORDER = {"character_string1": {"value": "123456"}, "thing2": {"value": "换灯泡"}, "phrase3": {"value": "办理中"}}


def echo(fields: dict[str, Any]) -> str:
    """Repeats a text; has nothing to say to anything else."""
    return text_reply(fields, f"收到：{fields['Content']}") if fields["MsgType"] == "text" else "success"


def text_reply(fields: dict[str, Any], words: str) -> str:
    head = {"ToUserName": fields["FromUserName"], "FromUserName": fields["ToUserName"], "CreateTime": 1}
    return render({**head, "MsgType": "text", "Content": words})


@dataclass
class Service:
    """The account's server: keeps what was pushed; `answer` turns a message's fields into a body or a response."""

    url: str = ""
    queries: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    pushed: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], str | Response] = echo

    def take(self) -> str | Response:
        if request.method == "GET":
            wanted = aes.sign(TOKEN, request.args["timestamp"], request.args["nonce"])
            return request.args["echostr"] if request.args["signature"] == wanted else Response("", 403)
        self.queries.append(request.args.to_dict())
        self.bodies.append(request.data)
        kind = "json" if request.is_json else "xml"
        fields = parse(request.data, kind)
        if "Encrypt" in fields:
            fields = parse(aes.decrypt(KEY, APP_ID, fields["Encrypt"]), kind)
        self.pushed.append(fields)
        return self.answer(fields)

    def events(self, name: str) -> list[dict[str, Any]]:
        """Each event once: the platform pushes it again where the answer takes longer than its deadline."""
        once: list[dict[str, Any]] = []
        once += (fields for fields in list(self.pushed) if fields.get("Event") == name and fields not in once)
        return once


@pytest.fixture(scope="session")
def server() -> Iterator[Service]:
    service, app = Service(), Flask("service")
    app.add_url_rule("/wechat", "wechat", service.take, methods=["GET", "POST"])
    with listening(app) as port:
        service.url = f"http://127.0.0.1:{port}/wechat"
        yield service


@pytest.fixture
def service(server: Service) -> Service:
    server.answer = echo
    for kept in (server.queries, server.bodies, server.pushed):
        kept.clear()
    return server


@pytest.fixture(scope="session")
def options(server: Service) -> Options:
    return Options(APP_ID, SECRET, TOKEN, port=0, service_url=server.url, templates=TEMPLATES, deadline=0.5)


@pytest.fixture(scope="session")
def shared(options: Options) -> Iterator[Sandbox]:
    with running(options) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: Sandbox, service: Service) -> Sandbox:
    shared.reset()
    return shared


class Api:
    """The service's calls to the platform, with a token."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.base = sandbox.base_url
        self.token = str(self.stable_token()["access_token"])

    def stable_token(self, **changes: Any) -> dict[str, Any]:
        asked = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, **changes}
        return self.post("stable_token", asked, token="")

    def get(self, path: str, **query: str) -> dict[str, Any]:
        where = self.address(path)
        return dict(requests.get(where, {"access_token": self.token, **query}, timeout=10).json())

    def post(self, path: str, body: dict[str, Any], *, token: str | None = None) -> dict[str, Any]:
        query = {"access_token": self.token if token is None else token}
        text = render_json(body)
        return dict(requests.post(self.address(path), text, params=query, timeout=10).json())

    def address(self, path: str) -> str:
        return f"{self.base}{path}" if path.startswith("/") else f"{self.base}/cgi-bin/{path}"

    def say(self, openid: str, words: str) -> int:
        """A customer-service message; its errcode."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": words}}
        return int(self.post("message/custom/send", body)["errcode"])

    def notify(self, openid: str, **changes: Any) -> dict[str, Any]:
        """A template message about an order."""
        return self.post(
            "message/template/send", {"touser": openid, "template_id": "T-order", "data": ORDER, **changes}
        )


def render_json(body: dict[str, Any]) -> bytes:
    """As the platform wants it: real UTF-8."""
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox)


@pytest.fixture
def page(chromium: Browser, sandbox: Sandbox, tmp_path: Path) -> Iterator[Page]:
    """The page at desktop width; a picture of it is kept. No script may fail."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(sandbox.base_url)
    expect(page.locator(".phone[aria-label]")).to_have_count(5)  # with their people, not only their frames
    yield page
    page.screenshot(path=tmp_path / "page.png")
    context.close()
    assert problems == []
