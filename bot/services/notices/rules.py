"""The office's decisions about channels, from config/channels.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from config.settings import CONFIG_DIR


@cache
def rules() -> Mapping[str, Any]:
    """All of the file."""
    return tomllib.loads((CONFIG_DIR / "channels.toml").read_text("utf-8"))


def usual_order() -> tuple[str, ...]:
    """The channels in the order in which they are tried, where the office decided nothing else."""
    return tuple(rules()["order"])


def known_channels() -> tuple[str, ...]:
    """All that the office may give a place in its order."""
    return (*rules()["order"], *rules()["off"])
