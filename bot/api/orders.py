"""Orders, read and handed in by other systems."""

import base64
import binascii
import json
import re
from datetime import UTC, datetime, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from bot.api import bodies
from bot.api.auth import needs, the_caller, the_office
from bot.api.problems import Problem
from bot.api.shapes import NewOrder
from bot.characters import clean
from bot.orders.lifecycle import State
from bot.services import intake, queries
from bot.store.reads.api import Position

DEFAULT_LIMIT = 50
MOST = 200
LATEST_DUE = timedelta(days=3653)
KNOWN = frozenset({"state", "community", "since", "cursor", "limit"})

blueprint = Blueprint("api_orders", __name__)


@blueprint.get("/orders")
@needs("orders:read")
def list_orders() -> ResponseReturnValue:
    """A page of the orders that fit, the newest first."""
    for name in request.args:
        if name not in KNOWN:
            raise _wrong(name, f"is not one of {', '.join(sorted(KNOWN))}")
    items, position = queries.list_orders(
        the_office(), _state(), clean(request.args.get("community", "")) or None, _since(), _cursor(), _limit()
    )
    return {"items": items, "next": _opaque(*position) if position else None}


@blueprint.get("/orders/<code>")
@needs("orders:read")
def get_order(code: str) -> ResponseReturnValue:
    """One order with its history."""
    return queries.order(the_office(), clean(code))


@blueprint.post("/orders")
@needs("orders:write")
def take_order() -> ResponseReturnValue:
    """Take in a matter from another system; the same external_id again answers 200 with the same order."""
    office, now, new = the_office(), datetime.now(UTC), bodies.read(NewOrder)
    if new.community is not None and new.community not in office.reader.communities():
        raise Problem(422, "community: is not one of the office's.", {"community": "is not one of the office's"})
    due_at = bodies.moment("due_at", new.due_at)
    if due_at is not None and due_at > now + LATEST_DUE:
        raise Problem(422, "due_at: is over ten years away.", {"due_at": "is over ten years away"})
    matter = intake.Matter(
        new.text,
        new.community,
        new.place,
        new.contact_name,
        new.contact_phone,
        new.external_id,
        due_at,
        the_caller().name,
    )
    code, fresh = intake.take(office, matter, now)
    return queries.receipt(office, code), 201 if fresh else 200, {"Location": f"/api/v1/orders/{code}"}


def _wrong(name: str, reason: str) -> Problem:
    return Problem(400, f"{name} {reason}.", {name: reason})


def _state() -> str | None:
    state = request.args.get("state")
    if state and state not in set(State):
        raise _wrong("state", f"is not one of {', '.join(State)}")
    return state or None


def _since() -> datetime | None:
    """The moment; without a zone it is the office's. A "+" that came as a blank is meant as one."""
    given = request.args.get("since")
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(re.sub(r"(T.*) (\d\d:?\d\d)$", r"\1+\2", given))
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=the_office().calendar.zone)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong("since", "is not an ISO 8601 time") from None


def _limit() -> int:
    given = request.args.get("limit", str(DEFAULT_LIMIT))
    if not (given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST):
        raise _wrong("limit", f"is not a number from 1 to {MOST}")
    return int(given)


def _opaque(at: datetime, order_id: int) -> str:
    words = json.dumps([at.isoformat(), order_id])
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def _cursor() -> Position | None:
    given = request.args.get("cursor")
    if not given:
        return None
    try:
        words = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
        at, order_id = json.loads(words)
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or type(order_id) is not int or not 0 < order_id < 2**63:
            raise ValueError(given)
        return moment.astimezone(UTC), order_id
    except (binascii.Error, ValueError, TypeError, OverflowError):
        raise _wrong("cursor", "is not one that this service gave out") from None
