"""API routes of broadcasts: other systems write, approve and read them."""

from datetime import UTC, datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from bot.api import bodies
from bot.api.auth import needs, the_call, the_caller, the_office, the_person
from bot.api.documents import new_broadcasts
from bot.api.documents.new_broadcasts import Approval, NewBroadcast
from bot.api.problems import Problem
from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Details, Written
from bot.errors import NotFound
from bot.services.broadcasts.drafts import approving, preview, writing
from bot.services.broadcasts.drafts.admitting import Faulty
from bot.services.reports import broadcast_queries

FIELDS = {"names": "audience.names", "places": "body"}
"""Where a fault's field stands in the body, if not under its own name."""

blueprint = Blueprint("api_broadcasts", __name__)


@blueprint.post("/broadcasts")
@needs("broadcasts:write")
def create_broadcast() -> ResponseReturnValue:
    """Write a broadcast; it waits for review."""
    author, office, now = the_person(), the_office(), datetime.now(UTC)
    new = bodies.read(NewBroadcast)
    wanted = Written(
        new.kind, new.title, new.body, _audience(new.audience), bodies.moment("send_at", new.send_at), _details(new)
    )
    try:
        number = writing.create(office, author, wanted, now, call=the_call())
    except Faulty as refused:
        faults = [(FIELDS.get(one.field, one.field), office.texts.say(one.key, **one.facts)) for one in refused.faults]
        raise Problem(422, "; ".join(f"{field}: {said}" for field, said in faults), dict(faults)) from None
    return (
        broadcast_queries.broadcast(office, the_caller(), number, now),
        201,
        {"Location": f"/api/v1/broadcasts/{number}"},
    )


def _audience(given: new_broadcasts.Audience) -> Audience:
    """Whom it is for. Problem 422 for a word that is no role."""
    office, audience = the_office(), _within_reach(given.model_dump(exclude_none=True))
    try:
        if "role" in audience:
            audience["role"] = preview.read_roles(office, audience["role"])
    except NotFound as error:
        detail = office.texts.say(error.key, **error.facts)
        raise Problem(422, detail, {"audience.role": detail}) from None
    return Audience.of(audience)


def _details(new: NewBroadcast) -> Details | None:
    """Time and place of a meeting; None where its words alone say them."""
    moments = {name: bodies.moment(name, getattr(new, name)) for name in ("at", "until")}
    given = {name: each.astimezone(the_office().calendar.zone).isoformat() for name, each in moments.items() if each}
    details = {**given, **({"place": new.place} if new.place else {})}
    return details or None


@blueprint.post("/broadcasts/<int:number>/approve")
@needs("broadcasts:approve")
def approve_broadcast(number: int) -> ResponseReturnValue:
    """Approve a broadcast of another person. It is sent once it has the approvals that it needs: two where it goes to the
    whole office. A second one of the same person changes nothing."""
    now, approver = datetime.now(UTC), the_person()
    broadcast_queries.broadcast(the_office(), the_caller(), _checked(number), now)
    meant = bodies.read(Approval) if request.content_length or "Transfer-Encoding" in request.headers else Approval()
    try:
        approving.approve(
            the_office(),
            number,
            approver,
            now,
            granted=True,
            call=the_call(),
            version=meant.version,
            digest=meant.digest,
        )
    except approving.Changed as error:
        raise Problem(409, the_office().texts.say(error.key, **error.facts)) from None
    return broadcast_queries.broadcast(the_office(), the_caller(), number, now)


@blueprint.get("/broadcasts/<int:number>")
@needs("broadcasts:read")
def get_broadcast(number: int) -> ResponseReturnValue:
    """Read a broadcast and its counts."""
    return broadcast_queries.broadcast(the_office(), the_caller(), _checked(number), datetime.now(UTC))


@blueprint.get("/broadcasts/<int:number>/text")
@needs("broadcasts:read")
def get_text(number: int) -> ResponseReturnValue:
    """Read what a broadcast says, to whom and when it goes out, with the version and digest that an approval of it may name."""
    return broadcast_queries.broadcast_text(the_office(), the_caller(), _checked(number))


def _within_reach(audience: dict[str, list[str]]) -> dict[str, list[str]]:
    """The audience of a token that was made for one community: there alone. Problem 403 for another community, and where
    its person does not answer for this one any more. As in the chat, staff write to any community: others approve it."""
    mine = the_caller().community
    if mine is None:
        return audience
    addressed = the_caller().addressed
    if (addressed is not None and mine not in addressed) or set(audience.get("community", [mine])) != {mine}:
        raise Problem(403, f"This token reaches {mine} alone.")
    return {**audience, "community": [mine]}


def _checked(number: int) -> int:
    """The number. NotFound where it is larger than any id of the database."""
    if number >= 2**63:
        raise NotFound("broadcast.no_such", number=number)
    return number
