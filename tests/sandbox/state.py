"""What the sandbox's platform knows: people, their windows and what reached their phones, the menu, the files."""

import itertools
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MESSAGE_WINDOW = (48 * 3600, 5)  # seconds, messages (wechat-platform §4)
CLICK_WINDOW = (60, 3)
SAME_ID_SECONDS = 600


@dataclass
class User:
    """Somebody with a phone."""

    openid: str
    name: str
    label: str = ""
    hint: str = ""  # what this person would say first
    follows: bool = True
    windows: dict[str, list[float]] = field(default_factory=dict)  # name: [until, left]
    screen: list[dict[str, Any]] = field(default_factory=list)  # what the phone shows, oldest first

    def opens(self, name: str, window: tuple[int, int], now: float) -> None:
        """A window is refreshed, not added up."""
        self.windows[name] = [now + window[0], window[1]]

    def may_be_written_to(self, now: float) -> int:
        """0, or the platform's error code: 45015 no window, 45047 its messages are used up."""
        alive = [window for window in self.windows.values() if window[0] > now]
        if not alive:
            return 45015
        usable = [window for window in alive if window[1] > 0]
        if not usable:
            return 45047
        min(usable)[1] -= 1
        return 0


@dataclass
class Platform:
    """The whole platform. Every change happens under `lock`."""

    app_id: str
    secret: str
    token: str
    aes_key: str
    templates: dict[str, dict[str, str]]
    account: str = "gh_wutong"
    users: dict[str, User] = field(default_factory=dict)
    menu: dict[str, Any] | None = None
    media: dict[str, bytes] = field(default_factory=dict)
    access_token: str = ""
    access_until: float = 0.0
    known_ids: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    wire: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=300))
    faults: dict[str, Any] = field(default_factory=dict)  # latency (s), errcode (of the next sends), status
    lock: threading.RLock = field(default_factory=threading.RLock)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(int(time.time() * 1e6) * 10))

    def current_token(self, now: float, *, force: bool = False) -> tuple[str, int]:
        """(token, seconds it lives): the same again until 300 s are left."""
        if force or self.access_until - now < 300:
            self.access_token, self.access_until = secrets.token_urlsafe(64), now + 7200
        return self.access_token, int(self.access_until - now)

    def show(self, openid: str, kind: str, **content: Any) -> None:
        """Something appears on a phone."""
        user = self.users[openid]
        user.screen.append({"number": len(user.screen), "at": time.time(), "kind": kind, **content})

    def note(self, direction: str, what: str, asked: object, answered: object, seconds: float) -> None:
        """A line of the wire log."""
        self.wire.append(
            {
                "at": time.time(), "direction": direction, "what": what, "asked": asked, "answered": answered,
                "ms": round(seconds * 1000, 1),
            }
        )  # fmt: skip
