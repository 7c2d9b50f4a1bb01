"""The console in a real browser: one server for a test, and pages of people who are signed in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from werkzeug.serving import make_server

from bot.console.access import COOKIE
from tests.console.conftest import World

DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Seen:
    """A console that is served, and a browser before it. `troubles`: what its pages complained about or asked elsewhere."""

    world: World
    address: str
    browser: Browser
    troubles: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    def at(self, name: str, size: ViewportSize = DESK) -> Page:
        """A page of this person, who is signed in."""
        context = self.browser.new_context(viewport=size, locale="zh-CN", base_url=self.address)
        self.opened.append(context)
        token = self.world.at(name).client.get_cookie(COOKIE, path="/console")
        assert token is not None
        context.add_cookies([{"name": COOKIE, "value": token.value, "url": f"{self.address}/console/"}])
        page = context.new_page()
        page.on("console", lambda said: self.troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((self.address, "data:")) else self.troubles.append(asked.url),
        )
        return page


@contextmanager
def seen(world: World, chromium: Browser) -> Iterator[Seen]:
    """Serves the console for as long as the test lasts."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found = Seen(world, f"http://127.0.0.1:{server.server_port}", chromium)
    try:
        yield found
    finally:
        for context in found.opened:
            context.close()
        server.shutdown()
        thread.join()
        server.server_close()
    assert found.troubles == []
