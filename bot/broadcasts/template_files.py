"""Reads the office's templates of broadcasts from their files."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.broadcasts.templates import Template, Templates

FOLDER = "broadcasts"
FILES = ("reminders", "bulletins", "meetings", "services")


def load(config_dir: Path) -> Templates:
    """Those of config/broadcasts. ValueError for a table that is not complete, or of which there are two."""
    found = dict[str, Template]()
    for name in FILES:
        for key, table in _read(config_dir, name).items():
            if key in found:
                raise ValueError(f"config/{FOLDER} has two templates {key!r}")
            found[key] = _template(key, table)
    digests = {
        key: {int(version): digest for version, digest in versions.items()}
        for key, versions in _read(config_dir, "digests").items()
    }
    return Templates(found, _read(config_dir, "places"), digests)


def _template(key: str, table: Mapping[str, Any]) -> Template:
    try:
        return Template(
            key=key, name=table["name"], version=table["version"], kind=table["kind"], title=table["title"],
            body=table["body"].strip(), roles=tuple(table["roles"]), lead_days=table["lead_days"],
        )  # fmt: skip
    except KeyError as missing:
        raise ValueError(f"template {key!r} of config/{FOLDER} has no {missing}") from missing


def _read(config_dir: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((config_dir / FOLDER / f"{name}.toml").read_text("utf-8"))
