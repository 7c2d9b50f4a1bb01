"""收件箱: who waits for a person, with the conversation; what the service could not deal with."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line
from bot.console import access, asked_first, shown
from bot.errors import Spoken
from bot.orders.rights import ADMIN
from bot.services.console import inbox as boxes

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/inbox")
def inbox() -> ResponseReturnValue:
    """What waits, the oldest first."""
    office, seat = access.the_office(), access.seat()
    kept = boxes.kept(office) if seat.rights.holds(ADMIN) else []
    return render_template("console/inbox.html", waiting=boxes.waiting(office, seat, datetime.now(UTC)), kept=kept)


@blueprint.get("/inbox/<code>")
def conversation(code: str) -> ResponseReturnValue:
    """What was said, on record, and the form of an answer."""
    return _conversation(clean_line(code))


@blueprint.post("/inbox/<code>")
def answer(code: str) -> ResponseReturnValue:
    """Words to the resident."""
    words = clean(request.form.get("words", "")).strip()
    try:
        shown.told(boxes.answer(access.the_office(), access.seat(), clean_line(code), words, datetime.now(UTC)))
    except Spoken as refused:
        if refused.key == "refused.no_such_order":
            raise
        return _conversation(clean_line(code), words, access.the_office().say_on_page(refused.key, **refused.facts))
    return redirect(url_for("console.inbox.inbox"), 303)


@blueprint.post("/inbox/<code>/end")
def end(code: str) -> ResponseReturnValue:
    """It was dealt with in another way."""
    asked_first.check("end")
    boxes.end(access.the_office(), access.seat(), clean_line(code), datetime.now(UTC))
    return redirect(url_for("console.inbox.inbox"), 303)


@blueprint.post("/inbox/kept")
def settle() -> ResponseReturnValue:
    """A message that was kept is dealt with."""
    asked_first.check("settle")
    boxes.settle(access.the_office(), access.seat(), request.form.get("key", ""), datetime.now(UTC))
    return redirect(url_for("console.inbox.inbox"), 303)


def _conversation(code: str, typed: str = "", refused: str | None = None) -> str:
    found = boxes.conversation(access.the_office(), access.seat(), code, datetime.now(UTC))
    return render_template("console/conversation.html", found=found, typed=typed, refused=refused)
