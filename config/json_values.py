"""Values of the environment that are JSON, or the path of a file of it."""

import json
from pathlib import Path
from typing import Any


def json_or_file(value: Any) -> Any:
    """What the text stands for; anything but text as it is. ValueError where it is neither JSON nor a readable file of it."""
    if not isinstance(value, str):
        return value
    try:
        text = value if value.lstrip().startswith("{") else Path(value).read_text("utf-8")
    except OSError as error:
        raise ValueError(f"cannot read {value}: {error.strerror}") from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from error
