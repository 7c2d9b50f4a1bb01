"""人员: the roster, and for an administrator what is done to people: codes, rights, devices, the export."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean_line
from bot.console import access, downloads, shown
from bot.errors import NotFound, Spoken
from bot.services.console.people import changes, listed
from bot.services.console.people.changes import Issued
from bot.services.console.people.listed import Filters

LONGEST = 64  # characters of a filter
ACTS = ("setup", "device", "leave")

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
def people() -> ResponseReturnValue:
    """The roster; the filters stand in the address."""
    office, seat = access.the_office(), access.seat()
    given: dict[str, Any] = {
        each.name: clean_line(request.args.get(each.name, ""))[:LONGEST].strip() for each in fields(Filters)
    }
    wanted = Filters(**given)
    after = {name: value for name, value in given.items() if value and name != "after"}
    found = listed.show(office, seat, wanted)
    scope = seat.rights.scope()
    facts = {
        "page": found, "filters": wanted, "role_words": listed.role_words(office),
        "communities": [name for name in office.reader.communities() if scope is None or name in scope],
        "next": url_for("console.people.people", **after, after=found.after) if found.after else None,
        "filtered": bool(after),
    }  # fmt: skip
    return render_template("console/people.html", **facts)


@blueprint.get("/people/<int(max=999999999999999):person_id>/<act>")
def act(person_id: int, act: str) -> ResponseReturnValue:
    """What is about to be done to somebody, to be confirmed."""
    return _render(person_id, act)


@blueprint.post("/people/<int(max=999999999999999):person_id>/<act>")
def confirmed(person_id: int, act: str) -> ResponseReturnValue:
    """It is done."""
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    try:
        if act == "setup":
            code = changes.setup_code(office, seat, person_id, now)
            return render_template("console/people_setup.html", person=listed.one(office, seat, person_id), code=code)
        if act == "leave":
            shown.note("console_people.left", good=True, name=changes.take_away(office, seat, person_id, now))
        elif act == "device":
            shown.note("console_people.trusted", good=True, name=changes.confirm_device(office, seat, person_id, now))
        else:
            raise NotFound("console.error.404")
    except NotFound:
        raise
    except Spoken as refused:
        return _render(person_id, act, refused)
    return redirect(url_for("console.people.people"), 303)


@blueprint.post("/people/codes")
def codes() -> ResponseReturnValue:
    """A sheet to print with a new bind code for each person who was chosen, or for all of the page who are not bound."""
    names = ["unbound"] if request.form.get("all") else ["person"]
    chosen = [int(one) for name in names for one in request.form.getlist(name) if one.isascii() and one.isdigit()]
    office = access.the_office()
    try:
        issued = changes.issue_codes(office, access.seat(), [one for one in chosen if one < 2**62], datetime.now(UTC))
    except Spoken as refused:
        shown.refusal(refused)
        return redirect(access.own_address(request.form.get("back")) or url_for("console.people.people"), 303)
    sheet = [(each, _picture(each)) for each in issued]
    return render_template("console/people_codes.html", sheet=sheet, days=office.limits.bind_days)


@blueprint.post("/people/export")
def export() -> ResponseReturnValue:
    """The roster as a workbook, on record."""
    office, now = access.the_office(), datetime.now(UTC)
    content = changes.export(office, access.seat(), now)
    return downloads.xlsx(
        content, f"{office.say('console_people.title')}-{now.astimezone(office.calendar.zone):%Y%m%d}"
    )


def _render(person_id: int, act: str, refused: Spoken | None = None) -> ResponseReturnValue:
    office = access.the_office()
    person = listed.one(office, access.seat(), person_id)
    if act not in ACTS or (act == "device" and not person.has_moved and refused is None):
        raise NotFound("console.error.404")
    why = office.say_on_page(refused.key, **refused.facts) if refused is not None else None
    return render_template("console/people_act.html", person=person, act=act, refused=why)


def _picture(issued: Issued) -> str:
    """An ordinary QR code: telephones do not read the small kind (Micro QR) that so few letters would fit into."""
    found: str = segno.make_qr(issued.scanned, error="m").svg_data_uri(scale=4, border=2)
    return found
