"""Reads a request's JSON: removes forbidden characters, checks it against its model, names every wrong field."""

import codecs
import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.api.auth import the_office
from bot.api.problems import Problem
from bot.characters import clean, decode
from bot.request_body import read_body

MOST_BYTES = 256 * 1024
BROKEN, FEW_BROKEN = "\ufffd", 2
Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model]) -> Model:
    """The body as an instance of the model. Problem 400 where it is not JSON in UTF-8, 413 where it is too long, 422 where a field is wrong."""
    document = _document()
    try:
        return model.model_validate_json(document)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    errors = {".".join(map(str, e["loc"])) or "body": e["msg"].removeprefix("Value error, ") for e in found}
    raise Problem(422, "; ".join(f"{field}: {reason}" for field, reason in errors.items()), errors)


def _document() -> str:
    """The body as JSON in which every text is clean. Problem 400 where it is not JSON, 413 where it is too long."""
    body = read_body(MOST_BYTES).removeprefix(codecs.BOM_UTF8)
    text = decode(body)
    if json.detect_encoding(body) != "utf-8" or _is_of_another_encoding(text):
        raise Problem(400, "The body is not UTF-8.")
    try:
        parsed = json.loads(text, strict=False, parse_constant=_refuse)
        return json.dumps(_cleaned(parsed))
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


def _is_of_another_encoding(text: str) -> bool:
    """Whether so much of it is broken that it was never UTF-8, as a body in GBK. A broken place costs no matter."""
    broken = text.count(BROKEN)
    return broken > max(FEW_BROKEN, sum(not each.isascii() for each in text) - broken)


def _refuse(constant: str) -> None:
    """Raises ValueError for NaN and Infinity: Python's parser takes them, JSON has no such values."""
    raise ValueError(constant)


def _cleaned(value: Any) -> Any:
    """The value with every text in it clean, also where JSON wrote a character as an escape."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {clean(name): _cleaned(each) for name, each in value.items()}
    return value


def moment(field: str, given: datetime | None) -> datetime | None:
    """The time of a field in UTC; without a zone it is the office's local time. None stays None. Problem 422 for a time that does not exist."""
    if given is None:
        return None
    zoned = given if given.tzinfo else given.replace(tzinfo=the_office().calendar.zone)
    try:
        return zoned.astimezone(UTC)
    except OverflowError:
        raise Problem(422, f"{field} is out of range.", {field: "is out of range"}) from None
