"""Broadcasts, written, approved and watched by other systems."""

from datetime import UTC, datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from bot.api.auth import needs, the_office, the_person
from bot.api.problems import Problem
from bot.api.shapes import NewBroadcast
from bot.errors import NotFound
from bot.services import broadcasts, reading

MOST_BYTES = 256 * 1024

blueprint = Blueprint("api_broadcasts", __name__)


@blueprint.post("/broadcasts")
@needs("broadcasts:write")
def create_broadcast() -> ResponseReturnValue:
    """Put a broadcast up for review."""
    author, office, now = the_person(), the_office(), datetime.now(UTC)
    new = _read()
    audience = new.audience.model_dump(exclude_none=True)
    try:
        if "role" in audience:
            audience["role"] = broadcasts.read_roles(office, audience["role"])
        number = broadcasts.create(
            office, author, new.kind, new.title, new.body, audience, _moment(new.send_at), None, now
        )
    except NotFound as error:
        detail = office.texts.say(error.key, **error.facts)
        field = "audience.role" if error.key == "broadcast.no_such_role" else "audience"
        raise Problem(422, detail, {field: detail}) from None
    return reading.broadcast(office, number, now), 201, {"Location": f"/api/v1/broadcasts/{number}"}


@blueprint.post("/broadcasts/<int:number>/approve")
@needs("broadcasts:approve")
def approve_broadcast(number: int) -> ResponseReturnValue:
    """Let it go out; by another person than its author. A second time changes nothing."""
    now = datetime.now(UTC)
    broadcasts.approve(the_office(), _checked(number), the_person(), now, granted=True)
    return reading.broadcast(the_office(), number, now)


@blueprint.get("/broadcasts/<int:number>")
@needs("broadcasts:read")
def get_broadcast(number: int) -> ResponseReturnValue:
    """A broadcast and its counts."""
    return reading.broadcast(the_office(), _checked(number), datetime.now(UTC))


def _checked(number: int) -> int:
    """A number beyond what the database can hold is nobody's."""
    if number >= 2**63:
        raise NotFound("broadcast.no_such", number=number)
    return number


def _read() -> NewBroadcast:
    request.max_content_length = MOST_BYTES
    try:
        return NewBroadcast.model_validate_json(request.get_data(cache=False))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise Problem(400, "The body is not JSON.")
    errors = {".".join(map(str, e["loc"])) or "body": e["msg"].removeprefix("Value error, ") for e in found}
    raise Problem(422, "; ".join(f"{field}: {reason}" for field, reason in errors.items()), errors)


def _moment(given: datetime | None) -> datetime | None:
    """In UTC; without a zone it was the office's local time."""
    if given is None:
        return None
    zoned = given if given.tzinfo else given.replace(tzinfo=the_office().calendar.zone)
    try:
        return zoned.astimezone(UTC)
    except OverflowError:
        raise Problem(422, "send_at is out of range.", {"send_at": "is out of range"}) from None
