"""The account's menus: the default one, conditional ones, and the platform's checks of them."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.account.errors import PlatformError

NEEDS_KEY = frozenset(
    {
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    }
)
NEEDS = {
    "view": ("url",), "media_id": ("media_id",), "view_limited": ("media_id",), "article_id": ("article_id",),
    "article_view_limited": ("article_id",), "miniprogram": ("url", "appid", "pagepath"),
}  # fmt: skip
TOP_NAME, SUB_NAME, KEY, URL = 16, 60, 128, 1024  # bytes
TOP_MOST, SUB_MOST = 3, 5


@dataclass(slots=True)
class Menus:
    """The menus that the service created."""

    default: list[dict[str, Any]] | None = None
    conditional: dict[int, dict[str, Any]] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(400_000_001))

    def create(self, buttons: Any) -> None:
        check(buttons)
        self.default = buttons

    def delete(self) -> None:
        self.default = None
        self.conditional.clear()

    def add_conditional(self, buttons: Any, rule: Any) -> int:
        """Add a conditional menu; its id. PlatformError 65303 without a default menu, 65305 without a rule."""
        if self.default is None:
            raise PlatformError(65303)
        if not isinstance(rule, dict) or not any(rule.values()):
            raise PlatformError(65305)
        check(buttons)
        number = next(self._ids)
        self.conditional[number] = {"button": buttons, "matchrule": rule, "menuid": number}
        return number

    def delete_conditional(self, number: int) -> None:
        if self.conditional.pop(number, None) is None:
            raise PlatformError(65301)

    def for_tags(self, tags: list[int]) -> list[dict[str, Any]] | None:
        """The newest conditional menu that fits one of the tags, else the default; None where there is none."""
        for menu in reversed(self.conditional.values()):
            if str(menu["matchrule"].get("tag_id")) in map(str, tags):
                buttons: list[dict[str, Any]] = menu["button"]
                return buttons
        return self.default


def check(buttons: Any) -> None:
    """Raises the PlatformError that names what is wrong with a menu."""
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= TOP_MOST:
        raise PlatformError(40016)
    for button in buttons:
        subs = button.get("sub_button") or []
        _check_name(button, TOP_NAME, 40018)
        if len(subs) > SUB_MOST:
            raise PlatformError(40023)
        if not subs:
            _check_entry(button, 40017)
        for sub in subs:
            _check_name(sub, SUB_NAME, 40025)
            _check_entry(sub, 40024)


def _check_name(button: dict[str, Any], limit: int, code: int) -> None:
    if not 1 <= len(str(button.get("name") or "").encode()) <= limit:
        raise PlatformError(code)


def _check_entry(button: dict[str, Any], wrong_type: int) -> None:
    kind = button.get("type")
    if kind in NEEDS_KEY:
        if not 1 <= len(str(button.get("key") or "").encode()) <= KEY:
            raise PlatformError(40019)
    elif kind not in NEEDS:
        raise PlatformError(wrong_type)
    elif not all(button.get(name) for name in NEEDS[str(kind)]):
        raise PlatformError(40020 if kind == "view" else 40035)
    if len(str(button.get("url") or "").encode()) > URL:
        raise PlatformError(40020)
