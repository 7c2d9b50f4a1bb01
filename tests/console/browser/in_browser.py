"""The console in a real browser: pages of people who are signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize

from bot.console.access import COOKIE
from tests.console.conftest import World
from tests.pages import DESK as DESK
from tests.pages import PHONE as PHONE
from tests.pages import Served, served


@dataclass
class Seen:
    """A console that is served."""

    world: World
    served: Served

    def at(self, name: str, size: ViewportSize = DESK) -> Page:
        """A page of this person, who is signed in."""
        token = self.world.at(name).client.get_cookie(COOKIE, path="/console")
        assert token is not None
        return self.served.page({COOKIE: token.value}, "/console", size)


@contextmanager
def seen(world: World, chromium: Browser) -> Iterator[Seen]:
    """Serves the console for as long as the test lasts."""
    with served(world.app, chromium) as found:
        yield Seen(world, found)
