"""Pages in tests: an office's own application, people who ask it for pages, and real browsers before it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, ViewportSize
from werkzeug.test import TestResponse

from bot.foundation import Sessions
from bot.services.office import Office
from tests.listening import listening

MEMBERS = """党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
"""
LAMP = "陈桥社区金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


def app_of(office: Office, *edges: ModuleType) -> Flask:
    """The office's application with these edges alone."""
    app = Flask("bot")
    app.config.update(SECRET_KEY="s" * 32)
    app.session_interface = Sessions()
    app.extensions["office"] = office
    for edge in edges:
        edge.register(app)
    return app


@dataclass
class Browser:
    """Somebody who asks for pages and sends forms, without a browser."""

    client: FlaskClient
    page: str = ""
    token: str = ""

    def open(self, address: str, **more: Any) -> TestResponse:
        answer = self.client.get(address, **more)
        self._see(answer)
        return answer

    def send(self, address: str, **fields: Any) -> TestResponse:
        """A form, with the token of the last page."""
        answer = self.client.post(address, data={"csrf_token": self.token, **fields})
        self._see(answer)
        return answer

    def _see(self, answer: TestResponse) -> None:
        """The page without its tokens, which may hold any digits; of a file whatever letters it has."""
        found = answer.data.decode("utf-8", "replace")
        token = TOKEN.search(found)
        self.token = token[1] if token else self.token
        self.page = TOKEN.sub("", found)


@dataclass
class Served:
    """An application that is served, and Chromium before it. `troubles`: what pages complained about or asked elsewhere."""

    address: str
    chromium: Chromium
    troubles: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    def page(self, cookies: Mapping[str, str], folder: str, size: ViewportSize) -> Page:
        """A page of somebody whose browser keeps these cookies for this folder."""
        context = self.chromium.new_context(viewport=size, locale="zh-CN", base_url=self.address)
        self.opened.append(context)
        url = f"{self.address}{folder}/"
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: self.troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((self.address, "data:")) else self.troubles.append(asked.url),
        )
        return page


@contextmanager
def served(app: Flask, chromium: Chromium) -> Iterator[Served]:
    """Serves the application for as long as the test lasts; no page may have troubles."""
    with listening(app) as port:
        found = Served(f"http://127.0.0.1:{port}", chromium)
        try:
            yield found
        finally:
            for context in found.opened:
                context.close()
    assert found.troubles == []
