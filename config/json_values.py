"""Values of the environment that are JSON, or the path of a file of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.values import MISSED


def json_or_file(value: str) -> Mapping[str, Any]:
    """The JSON object that the text is or names. ValueError where it is neither that nor a readable file of it."""
    try:
        text = value if value.lstrip().startswith("{") else Path(value).read_text("utf-8")
    except OSError as error:
        raise ValueError(f"cannot read {value}: {error.strerror}") from error
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from error
    return _object(found, "")


def entries(value: str) -> dict[str, Mapping[str, Any]]:
    """The same where each entry is an object too."""
    return {name: _object(entry, f"{name}: ") for name, entry in json_or_file(value).items()}


def texts(table: Mapping[str, Any], where: str = "") -> dict[str, str]:
    """A table of which each entry is text."""
    for name, value in table.items():
        if not isinstance(value, str):
            raise ValueError(f"{where}{name}: must be text")
    return dict(table)


def text_of(table: Mapping[str, Any], name: str, where: str) -> str:
    """The text with this name, which may not be empty."""
    if name not in table:
        raise ValueError(f"{where}.{name}: {MISSED}")
    value = table[name]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{where}.{name}: must be text")
    return value


def object_of(table: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    """The object with this name."""
    if name not in table:
        raise ValueError(f"{where}.{name}: {MISSED}")
    return _object(table[name], f"{where}.{name}: ")


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where}must be a JSON object")
    return value
