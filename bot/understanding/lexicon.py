"""Reads the office's words: every TOML file of config/lexicon/ as one table."""

import tomllib
from pathlib import Path
from typing import Any


def read_lexicon(folder: Path) -> dict[str, Any]:
    """All files together; a table may be spread over several files (categories and their examples)."""
    lexicon: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        _join(lexicon, tomllib.loads(path.read_text("utf-8")))
    return lexicon


def _join(table: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if name in table and isinstance(value, dict):
            _join(table[name], value)
        else:
            table[name] = value
