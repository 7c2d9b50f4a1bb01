"""我的单, and the page of one order: what happened, and what can be done."""

import secrets
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line
from bot.h5 import access, shown
from bot.pages import forms
from bot.services.h5 import acts, alarms, contacts
from bot.services.h5 import orders as use
from bot.services.h5.acts import NEEDS_WORDS, Done

GIVES_UP = frozenset({"decline", "return"})  # then the order is not before this person any more
HOURS = ("0.5", "1", "1.5", "2", "3", "4", "6", "8")
STARS = ("1", "2", "3", "4", "5")

blueprint = Blueprint("orders", __name__)


@blueprint.get("/my")
def mine() -> ResponseReturnValue:
    """One's own orders."""
    return render_template("h5/my.html", cards=use.mine(access.the_office(), access.seat(), datetime.now(UTC)))


@blueprint.get("/orders/<code>")
def page(code: str) -> ResponseReturnValue:
    """One order, of its resident or of whoever helps."""
    return _render(clean_line(code))


@blueprint.post("/orders/<code>/contact")
def contact(code: str) -> ResponseReturnValue:
    """Where to go and whom to call, on record."""
    found = contacts.contact(access.the_office(), access.seat(), clean_line(code), datetime.now(UTC))
    return _render(clean_line(code), contact=found)


@blueprint.post("/orders/<code>/pictures")
def pictures(code: str) -> ResponseReturnValue:
    """Pictures for an own order."""
    code = clean_line(code)
    done = acts.add_pictures(access.the_office(), access.seat(), code, forms.files("pictures"), datetime.now(UTC))
    if not done.is_done:
        return _render(code, typed=("pictures", ""), why=done.said, status=400)
    shown.told(done)
    return redirect(url_for("h5.orders.page", code=code), 303)


@blueprint.post("/orders/<code>/<command>")
def act(code: str, command: str) -> ResponseReturnValue:
    """One command. Where words are missing or it is refused the page shows what was typed."""
    code, form, office = clean_line(code), request.form, access.the_office()
    words = clean(form.get("words", "")).strip()
    if command in NEEDS_WORDS and not words:
        return _render(code, typed=(command, ""), why=office.say("h5.order.no_words"), status=400)
    said = words
    if command == "rate":
        stars = form.get("stars", "")
        if stars not in STARS:
            return _render(code, typed=(command, words), why=office.say("h5.order.no_stars"), status=400)
        said = f"{stars} {words}".strip()
    if command == "finish" and form.get("hours", "") in HOURS:
        said = f"{words}{office.say('h5.said.spent', hours=form['hours'])}"
    done = acts.act(office, access.seat(), command, code, said, datetime.now(UTC))
    if not done.is_done:
        return _refused(code, command, words, done)
    shown.told(done)
    return redirect(url_for("h5.tasks.tasks") if command in GIVES_UP else url_for("h5.orders.page", code=code), 303)


def _refused(code: str, command: str, words: str, done: Done) -> ResponseReturnValue:
    """The page again, or what else this person may open where the order is somebody else's by now."""
    if command in ("accept", "decline"):
        shown.told(done)
        return redirect(url_for("h5.tasks.tasks"), 303)
    return _render(code, typed=(command, words), why=done.said, status=409)


def _render(
    code: str,
    *,
    contact: contacts.Contact | None = None,
    typed: tuple[str, str] = ("", ""),
    why: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    found = use.show(access.the_office(), access.seat(), code, datetime.now(UTC))
    facts = {
        "page": found,
        "contact": contact,
        "typed": typed,
        "chosen": request.form,
        "why": why,
        "stars": STARS,
        "spans": HOURS,
        "open_alarm": alarms.of_order(access.the_office(), access.signed(), code, datetime.now(UTC)),
        "answer_form": secrets.token_hex(16),
    }
    return render_template("h5/order.html", **facts), status
