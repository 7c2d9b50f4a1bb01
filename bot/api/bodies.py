"""Reading a request's JSON: checked against its model, every wrong field named."""

from datetime import UTC, datetime
from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from bot.api.auth import the_office
from bot.api.problems import Problem

MOST_BYTES = 256 * 1024
Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model]) -> Model:
    """The document. Problem 400 where it is not JSON, 422 where a field is wrong."""
    request.max_content_length = MOST_BYTES
    try:
        return model.model_validate_json(request.get_data(cache=False))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise Problem(400, "The body is not JSON.")
    errors = {".".join(map(str, e["loc"])) or "body": e["msg"].removeprefix("Value error, ") for e in found}
    raise Problem(422, "; ".join(f"{field}: {reason}" for field, reason in errors.items()), errors)


def moment(field: str, given: datetime | None) -> datetime | None:
    """In UTC; without a zone it was the office's local time. Problem 422 where no calendar has it."""
    if given is None:
        return None
    zoned = given if given.tzinfo else given.replace(tzinfo=the_office().calendar.zone)
    try:
        return zoned.astimezone(UTC)
    except OverflowError:
        raise Problem(422, f"{field} is out of range.", {field: "is out of range"}) from None
