"""API routes of orders: other systems read them and hand matters in."""

from datetime import UTC, datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from bot import cursors
from bot.api import bodies, parameters
from bot.api.auth import needs, the_call, the_caller, the_office, within_reach
from bot.api.documents.new_orders import NewOrder
from bot.api.problems import Problem
from bot.characters import clean_line
from bot.orders.lifecycle import State
from bot.services import intake
from bot.services.reports import queries

KNOWN = frozenset({"state", "community", "since", "cursor", "limit"})

blueprint = Blueprint("api_orders", __name__)


@blueprint.get("/orders")
@needs("orders:read")
def list_orders() -> ResponseReturnValue:
    """Read a page of the orders that fit, newest first."""
    parameters.refuse_unknown(KNOWN)
    items, position = queries.list_orders(
        the_office(),
        the_caller(),
        parameters.choice("state", [*State]),
        parameters.text("community"),
        parameters.moment("since"),
        parameters.cursor(),
        parameters.limit(),
    )
    return {"items": items, "next": cursors.opaque(*position) if position else None}


@blueprint.get("/orders/<code>")
@needs("orders:read")
def get_order(code: str) -> ResponseReturnValue:
    """Read one order with its history."""
    return queries.order(the_office(), the_caller(), clean_line(code))


@blueprint.post("/orders")
@needs("orders:write")
def take_order() -> ResponseReturnValue:
    """Take in a matter from another system: 201 and the order. The same external_id of the same token name again: 200 and the same order."""
    office, now, new = the_office(), datetime.now(UTC), bodies.read(NewOrder)
    if new.community is not None and new.community not in office.reader.communities():
        raise Problem(422, "community: is not one of the office's.", {"community": "is not one of the office's"})
    community = within_reach(new.community)
    due_at = bodies.moment("due_at", new.due_at)
    if due_at is not None and due_at > now + intake.LATEST_DUE:
        raise Problem(422, "due_at: is over ten years away.", {"due_at": "is over ten years away"})
    if due_at is not None and due_at < intake.EARLIEST_DUE:
        raise Problem(422, "due_at: is before 1970.", {"due_at": "is before 1970"})
    matter = intake.Matter(
        new.text,
        community,
        new.place,
        new.contact_name,
        new.contact_phone,
        new.external_id,
        due_at,
        the_caller().name,
    )
    code, fresh = intake.take(office, matter, now, the_call())
    return queries.receipt(office, the_caller(), code), 201 if fresh else 200, {"Location": f"/api/v1/orders/{code}"}
