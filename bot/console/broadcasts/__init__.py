"""提醒: what waits for approval, is under way and is past; one broadcast with its progress; who has not answered."""

from datetime import UTC, datetime
from typing import Any

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.broadcasts.life import KINDS
from bot.characters import clean, clean_line, number
from bot.console import access, asked_first, downloads, shown
from bot.errors import NotFound, Spoken
from bot.services.broadcasts import evidence as kept
from bot.services.console.broadcasts import acts, coming, listed
from bot.services.console.broadcasts import page as pages
from bot.services.console.broadcasts import progress as going
from bot.services.console.broadcasts.listed import SECTIONS, Filters

LONGEST = 2000  # characters of what is typed: more than any field admits, so that nothing is cut unseen
ROUTE = "/broadcasts/<int(max=999999999999999):broadcast>"

blueprint = Blueprint("broadcasts", __name__)


@blueprint.get("/broadcasts")
def page() -> ResponseReturnValue:
    """The list; the filters stand in the address."""
    given = {name: clean_line(request.args.get(name, ""))[:64].strip() for name in ("section", "kind", "q", "after")}
    wanted = Filters(**given) if given["section"] in ("", *SECTIONS) else Filters(**{**given, "section": ""})
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    sections = listed.show(office, seat, wanted, now)
    return render_template(
        "console/broadcasts.html", sections=sections, filters=wanted, kinds=KINDS, coming=coming.coming(office, now),
        most=listed.MOST, address=_address,
    )  # fmt: skip


def _address(wanted: Filters, **changed: Any) -> str:
    """The list's address with these filters changed; a page begins anew."""
    values: dict[str, Any] = {"section": wanted.section, "kind": wanted.kind, "q": wanted.q, **changed}
    return url_for("console.broadcasts.page", **{name: value for name, value in values.items() if value})


@blueprint.get(ROUTE)
def one(broadcast: int) -> ResponseReturnValue:
    """One of them, with all that is known and can be done."""
    return _page(broadcast)


@blueprint.post(f"{ROUTE}/<act>")
def act(broadcast: int, act: str) -> ResponseReturnValue:
    """One act. Where it is refused the page is shown again with what was typed."""
    words = clean(request.form.get("words", ""))[:LONGEST]
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    try:
        asked_first.check(act)
        said = acts.act(office, seat, broadcast, act, now, version=number(request.form.get("version")), words=words)
    except NotFound:
        raise
    except Spoken as refused:
        return _page(broadcast, typed=(act, words), why=office.say_on_page(refused.key, **refused.facts))
    shown.say(said)
    return redirect(url_for("console.broadcasts.one", broadcast=broadcast), 303)


@blueprint.get(f"{ROUTE}/progress")
def progress(broadcast: int) -> ResponseReturnValue:
    """The part of the page that asks for itself while something is under way."""
    found = going.progress(access.the_office(), access.seat(), broadcast, datetime.now(UTC))
    return render_template("console/broadcast_progress.html", progress=found)


@blueprint.get(f"{ROUTE}/unanswered")
def unanswered(broadcast: int) -> ResponseReturnValue:
    """Who has not acknowledged, for the author alone; each look is on record."""
    title, people = acts.unanswered(access.the_office(), access.seat(), broadcast, datetime.now(UTC))
    return render_template("console/broadcast_unanswered.html", number=broadcast, title=title, people=people)


@blueprint.post(f"{ROUTE}/unanswered")
def tell(broadcast: int) -> ResponseReturnValue:
    """Somebody was told by hand."""
    person, how = number(request.form.get("person")) or 0, request.form.get("how", "")
    shown.say(acts.tell(access.the_office(), access.seat(), broadcast, person, how, datetime.now(UTC)))
    return redirect(url_for("console.broadcasts.unanswered", broadcast=broadcast), 303)


@blueprint.post(f"{ROUTE}/code")
def is_there(broadcast: int) -> ResponseReturnValue:
    """Somebody is at the meeting who has no telephone at hand."""
    person = number(request.form.get("person")) or 0
    shown.say(acts.sign_in(access.the_office(), access.seat(), broadcast, person, datetime.now(UTC)))
    return redirect(url_for("console.broadcasts.one", broadcast=broadcast), 303)


@blueprint.get(f"{ROUTE}/evidence.<any(xlsx, pdf):kind>")
def evidence(broadcast: int, kind: str) -> ResponseReturnValue:
    """What is kept of it, as a file; each one that is handed out is on record."""
    office, by, now = access.the_office(), access.seat().doer, datetime.now(UTC)
    if kind == "xlsx":
        found = kept.as_workbook(office, by, broadcast, now)
        return downloads.xlsx(found.content, found.name)
    found = kept.as_document(office, by, broadcast, now)
    return downloads.pdf(found.content, found.name)


@blueprint.get(f"{ROUTE}/code")
def code(broadcast: int) -> ResponseReturnValue:
    """The host's page: the code of this minute to sign in with, and who is there; with X-Part only that."""
    now = datetime.now(UTC)
    title, made, answers = pages.sign_in(access.the_office(), access.seat(), broadcast, now)
    picture = segno.make_qr(made.address, error="m").svg_data_uri(scale=8, border=2)
    left = max(1, round((made.changes_at - now).total_seconds()))
    name = "broadcast_code_part" if request.headers.get("X-Part") else "broadcast_code"
    facts = {"number": broadcast, "title": title, "picture": picture, "left": left, "answers": answers}
    return render_template(f"console/{name}.html", **facts)


def _page(broadcast: int, typed: tuple[str, str] = ("", ""), why: str = "") -> ResponseReturnValue:
    found = pages.show(access.the_office(), access.seat(), broadcast, datetime.now(UTC))
    return render_template(
        "console/broadcast.html", page=found, progress=found.progress, typed_in=typed[0], typed=typed[1], why=why,
        longest=acts.LONGEST, longest_correction=acts.LONGEST_CORRECTION,
    )  # fmt: skip
