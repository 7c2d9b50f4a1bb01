"""Where the next page of a list begins, as an address holds it: some values of the last row, which mean nothing to anybody else."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

LARGEST_ID = 2**63 - 1
Kind = Callable[[Any], Any]


def opaque(*values: object) -> str:
    """The cursor that `read` reads back; moments are written in ISO 8601."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def read(given: str, *kinds: Kind) -> Sequence[Any] | None:
    """The values, each of its kind; None for what this service did not give out."""
    try:
        values = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
        return [kind(value) for kind, value in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def text(value: Any) -> str:
    """ValueError where it is none."""
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def moment(value: Any) -> datetime:
    """A moment with its zone. ValueError, TypeError."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found.astimezone(UTC)  # OverflowError for the first and last hours of all time


def row_id(value: Any) -> int:
    """An id of a row. ValueError."""
    if type(value) is not int or not 0 < value <= LARGEST_ID:
        raise ValueError(value)
    return value
