"""A value that the platform does not admit in a template's field must not keep the rest from being told."""

from collections.abc import Callable
from typing import Any

from bot.services.notices.reach.fields import fit
from workers.wechat.error_codes import BadValue


def repaired_once(send: Callable[[], dict[str, Any]], data: dict[str, dict[str, str]], nothing: str) -> dict[str, Any]:
    """What `send` says of `data`; a value that the platform does not admit (47003) is emptied and sent once more."""
    try:
        return send()
    except BadValue as error:
        if error.field not in data:
            raise
        data[error.field] = {"value": fit(error.field, "", at="2026-01-01 00:00", nothing=nothing)}
        return send()
