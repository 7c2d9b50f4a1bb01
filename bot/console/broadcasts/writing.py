"""The form of a broadcast: begun, shown as it will be, kept as a draft, handed over to be approved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.broadcasts.life import KINDS
from bot.characters import clean_line
from bot.console import access, shown
from bot.errors import NotFound, Spoken
from bot.services.broadcasts.drafts.admitting import Faulty as NotAdmitted
from bot.services.console.broadcasts import begun, choices, saving, seen, typed
from bot.services.console.broadcasts.reading import Faulty
from bot.services.console.broadcasts.typed import Typed

LONGEST = 64  # characters of a key in an address

blueprint = Blueprint("broadcast_writing", __name__)


@blueprint.get("/broadcasts/new")
def new() -> ResponseReturnValue:
    """The form: empty, of a template, or of what was sent before."""
    given = {name: clean_line(request.args.get(name, ""))[:LONGEST] for name in ("template", "occasion", "copy")}
    return _form(begun.new(access.the_office(), access.seat(), **given))


@blueprint.get("/broadcasts/<int(max=999999999999999):broadcast>/change")
def change(broadcast: int) -> ResponseReturnValue:
    """The form of one's own that is not approved."""
    return _form(begun.change(access.the_office(), access.seat(), broadcast))


@blueprint.post("/broadcasts/new")
def save() -> ResponseReturnValue:
    """What the button says: take the template, look, keep, hand over. Where it is refused the form holds what was typed."""
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    given, wanted = _typed(), request.form.get("do", "preview")
    if wanted == "template":
        return _form(begun.with_template(office, given))
    if wanted not in ("draft", "submit"):
        return _form(given, looks=True)
    try:
        number = (saving.keep if wanted == "draft" else saving.hand_over)(office, seat, given, now)
    except Faulty as faulty:
        return _form(given, faults=faulty.faults, looks=True)
    except NotFound:
        raise
    except NotAdmitted as refused:
        said = {one.field: office.say_on_page(one.key, **one.facts) for one in refused.faults}
        return _form(given, faults=said, looks=True)
    except Spoken as refused:
        return _form(given, why=office.say_on_page(refused.key, **refused.facts), looks=True)
    shown.note(f"console_broadcasts.done.{wanted}", good=True, number=number)
    return redirect(url_for("console.broadcasts.one", broadcast=number), 303)


@blueprint.post("/broadcasts/preview")
def preview() -> ResponseReturnValue:
    """The preview alone, which the form asks for while somebody types."""
    found = seen.of_form(access.the_office(), access.seat(), _typed(), datetime.now(UTC))
    return render_template("console/broadcast_preview.html", seen=found)


def _typed() -> Typed:
    boxes = {name: request.form.getlist(name) for name in request.form}
    return typed.tidied(request.form, boxes)


def _form(
    given: Typed, *, faults: Mapping[str, str] | None = None, why: str = "", looks: bool = False
) -> str:  # fmt: skip
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    offered = choices.of(office, seat, given)
    filled = replace(given, values={name: value for name, _, value in offered.places})
    return render_template(
        "console/broadcast_form.html", typed=filled, choices=offered, kinds=KINDS, faults=faults or {}, why=why,
        seen=seen.of_form(office, access.seat(), filled, now), looks=looks, longest=typed.LONGEST, fill=typed.PLACE,
    )  # fmt: skip
