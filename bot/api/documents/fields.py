"""Fields that several of the API's documents have, as pydantic types. The models check the documents and describe them."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from bot.characters import clean_line


def _one_line(value: Any) -> Any:
    """The text as one line: tabs and line ends are removed. Other forbidden characters were removed when the body was read."""
    return clean_line(value) if isinstance(value, str) else value


OneLine = BeforeValidator(_one_line)
"""Stands last in an `Annotated`: so it runs before the constraints are checked."""
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), OneLine]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[Word], BeforeValidator(_as_list, json_schema_input_type=str | list[str]), Field(min_length=1)]
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)


def _timestamp(value: Any) -> Any:
    """A time must be the text of RFC 3339, not a number of seconds or a date alone. The zone may be missing. ValueError."""
    if value is not None and not (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        raise ValueError("must be a text as in RFC 3339, such as 2026-03-02T12:00:00+08:00")
    return value


Moment = Annotated[datetime, BeforeValidator(_timestamp)]
