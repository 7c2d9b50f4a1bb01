"""What everybody has: the form, privacy, and the size of print."""

import json
import secrets
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean
from bot.errors import NotUnderstood
from bot.h5 import access, shown
from bot.pages import forms
from bot.services.h5 import alarms, own_data, telling

PARTS = ("words", "place", "when", "phone")
PRINT_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("own", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Who helps begins with the work, everybody else with their own orders."""
    return redirect(url_for("h5.tasks.tasks" if access.helps() else "h5.orders.mine"), 303)


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """The form."""
    return _form({}, secrets.token_hex(16))


@blueprint.post("/new")
def tell() -> ResponseReturnValue:
    """What was written is read as a message of the chat; the answer is shown. Sent twice it is done once."""
    given = {name: clean(request.form.get(name, "")).strip() for name in PARTS}
    number = request.form.get("form", "")
    try:
        pictures = forms.files("pictures")
        said = telling.tell(access.the_office(), access.signed(), number, given, datetime.now(UTC), pictures)
    except NotUnderstood as refused:
        why = access.the_office().say_on_page(refused.key, **refused.facts)
        return _form(given, secrets.token_hex(16), why), 400
    open_alarm = alarms.at_hand(access.the_office(), access.signed(), said, datetime.now(UTC))
    numbers = {"form": secrets.token_hex(16), "answer_form": secrets.token_hex(16)}
    return render_template("h5/told.html", said=said, open_alarm=open_alarm, **numbers)


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept and why; a copy; deletion."""
    return render_template("h5/privacy.html", form=secrets.token_hex(16))


@blueprint.post("/privacy/copy")
def copy() -> ResponseReturnValue:
    """A file of what is kept."""
    found = own_data.copy(access.the_office(), access.seat(), datetime.now(UTC))
    response = Response(json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=my-data.json"
    return response


@blueprint.post("/privacy/delete")
def delete() -> ResponseReturnValue:
    """Asks for deletion."""
    said = telling.ask_for_deletion(
        access.the_office(), access.signed(), request.form.get("form", ""), datetime.now(UTC)
    )
    return render_template("h5/told.html", said=said, form=None)


@blueprint.post("/print")
def print_size() -> ResponseReturnValue:
    """Large print, or not."""
    response = redirect(access.own_address(request.form.get("back")) or url_for("h5.own.home"), 303)
    wanted = shown.LARGE if request.form.get("size") == shown.LARGE else "plain"
    response.set_cookie(shown.PRINT, wanted, path=access.PATH, httponly=True, samesite="Lax", max_age=PRINT_SECONDS)
    return response


def _form(given: dict[str, str], number: str, why: str = "") -> str:
    return render_template("h5/new.html", given=given, form=number, why=why)
