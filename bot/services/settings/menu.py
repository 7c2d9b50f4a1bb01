"""The account's menu as the platform's menu API takes it, from config/menu.toml."""

import tomllib
from pathlib import Path
from typing import Any

TOP, SUB = 16, 60  # bytes of a name


def read(config_dir: Path) -> dict[str, Any]:
    """The body of menu/create: one to three buttons, each with at most five entries. ValueError for what the platform would refuse."""
    buttons = tomllib.loads((config_dir / "menu.toml").read_text("utf-8"))["button"]
    if not 1 <= len(buttons) <= 3:
        raise ValueError("a menu has one to three buttons")
    return {"button": [_top(button) for button in buttons]}


def _top(button: dict[str, Any]) -> dict[str, Any]:
    if "sub" not in button:
        return _leaf(button, TOP)
    if not 1 <= len(button["sub"]) <= 5:
        raise ValueError(f"{button['name']}: one to five entries")
    return {"name": _name(button, TOP), "sub_button": [_leaf(entry, SUB) for entry in button["sub"]]}


def _leaf(button: dict[str, Any], limit: int) -> dict[str, Any]:
    return {"type": "click", "name": _name(button, limit), "key": button["say"]}


def _name(button: dict[str, Any], limit: int) -> str:
    name = str(button["name"])
    if len(name.encode()) > limit:
        raise ValueError(f"{name}: longer than {limit} bytes")
    return name
