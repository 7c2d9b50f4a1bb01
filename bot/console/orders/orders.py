"""One order: what was said and understood, what happened, and what can be done."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line, number
from bot.console import access, asked_first, shown
from bot.console.orders import choices
from bot.errors import NotFound, Spoken
from bot.services.console import acts, corrections, origins, replies
from bot.services.console.acts import Act, Done
from bot.services.console.corrections import Correction
from bot.services.console.orders import contacts
from bot.services.console.orders import page as pages
from bot.services.files import media

CORRECTS = frozenset({"recategorise", "refer"})
"""Commands with which the page offers to correct what was understood."""
SHOWN_IN_PAGE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "audio/mpeg", "video/mp4"})
"""Types that a browser shows without running anything of them; all others are downloads."""
FILE_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
"""Of a file that is shown: browsers put a style of their own around a picture. Nothing runs there."""

blueprint = Blueprint("orders", __name__)


@blueprint.get("/orders/<code>")
def page(code: str) -> ResponseReturnValue:
    """The page of an order. `who`: names to search for a dispatch. `with`: another order to compare it with."""
    return render(clean_line(code))


@blueprint.post("/orders/<code>/<command>")
def act(code: str, command: str) -> ResponseReturnValue:
    """One command. Where it is refused the page is shown again with what was typed."""
    form, office, now = request.form, access.the_office(), datetime.now(UTC)
    person, version = form.get("person", ""), form.get("version", "")
    wanted = Act(
        command, clean_line(code), clean(form.get("words", "")).strip(), number(person),
        clean_line(form.get("other", "")) or None, number(version),
        clean_line(form.get("category", ""))[:8] or None,
    )  # fmt: skip
    if command == "split" and "look" in form:
        shown.keep_typed()
        return render(wanted.code, proposed=origins.proposed_category(office, wanted.words) or "")

    def do() -> Done:
        asked_first.check(command)
        return acts.act(office, access.seat(), wanted, now)

    return _done(wanted.code, do)


@blueprint.post("/orders/<code>/correct")
def correct(code: str) -> ResponseReturnValue:
    """What was understood wrongly, put right; refused as of `act`."""
    form = request.form
    version = form.get("version", "")
    wanted = Correction(
        clean_line(code), clean_line(form.get("part", "")), clean(form.get("value", "")).strip(),
        number(version), clean(form.get("words", "")).strip(),
    )  # fmt: skip

    def do() -> Done:
        if wanted.part == "community":
            asked_first.check("transfer")
        return corrections.correct(access.the_office(), access.seat(), wanted, datetime.now(UTC))

    return _done(wanted.code, do)


def _done(code: str, do: Callable[[], Done]) -> ResponseReturnValue:
    """Back to where the person was, who is told what came of it; where it is refused, the page of the order."""
    try:
        done = do()
    except NotFound as missing:
        if missing.key == "refused.no_such_order":
            raise
        return render(code, why=shown.refused(missing))
    except Spoken as refused:
        return render(code, why=shown.refused(refused))
    shown.told(done)
    return redirect(back(code), 303)


@blueprint.post("/orders/<code>/contact")
def contact(code: str) -> ResponseReturnValue:
    """Place and contact, on record."""
    found = contacts.contact(access.the_office(), access.seat(), clean_line(code), datetime.now(UTC))
    return render(clean_line(code), contact=found)


@blueprint.get("/orders/<code>/files/<int(max=999999999999999):number>")
def file(code: str, number: int) -> ResponseReturnValue:
    """A file that the resident sent, on record. What could run in a browser is a download."""
    office = access.the_office()
    found = contacts.file(office, access.seat(), clean_line(code), number, datetime.now(UTC))
    assert found.path is not None
    response = Response(media.content(office, found.path), mimetype=found.mime or "application/octet-stream")
    if found.mime not in SHOWN_IN_PAGE:
        response.mimetype = "application/octet-stream"
        response.headers["Content-Disposition"] = f"attachment; filename=file-{number}"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def render(
    code: str, *, contact: contacts.Contact | None = None, why: str = "", proposed: str | None = None
) -> ResponseReturnValue:
    """The page of an order. `why`: a form of it was refused. `proposed`: the category of the words that are to be split off, as
    they are read; empty where they say none."""
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    search = clean(request.args.get("who", ""))[:20].strip()
    found = pages.show(office, seat, code, now, search)
    other = pages.compared(office, seat, clean_line(request.args.get("with", "")), now)
    facts = {
        "page": found, "contact": contact, "why": why, "proposed": proposed, "search": search, "other": other, "replies": replies.replies(office),
        "back": _board(), "here": _page(code), "unsent": _unsent(found.commands), **choices.of_parts(office),
    }  # fmt: skip
    return render_template("console/order.html", **facts)


def _unsent(commands: frozenset[str]) -> str:
    """What was typed in a form that was refused and that the page does not offer any more; empty where nothing was."""
    form, command = request.form, (request.view_args or {}).get("command")
    if not shown.is_refused() or (command in commands if command else not commands.isdisjoint(CORRECTS)):
        return ""
    return "\n".join(filter(None, (clean(form.get(name, "")).strip() for name in ("value", "words"))))


def back(code: str) -> str:
    """Where one goes on after an act on the order: what is no longer before this person has no page."""
    given = access.own_address(request.form.get("back"))
    if given is not None:
        return given
    if pages.is_open_to(access.the_office(), access.seat(), code):
        return _page(code)
    return _board() or url_for("console.board.board")


def _page(code: str) -> str:
    """The page of the order, from which one goes back to the board as it was."""
    return url_for("console.orders.page", code=code, back=_board())


def _board() -> str | None:
    """The board by the filters from which one came."""
    return access.own_address(request.args.get("back"))
