"""知识: the answer book, its entries and their history, and the questions that nobody has answered in it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line
from bot.console import access, shown
from bot.errors import NotFound, Spoken
from bot.services.console.answers import book, unanswered, writing
from bot.services.console.answers.book import Version
from bot.services.console.answers.writing import Draft

LONGEST = 4000  # characters of a field

blueprint = Blueprint("answers", __name__)


@blueprint.get("/answers")
def page() -> ResponseReturnValue:
    """All entries that fit the words."""
    words = clean_line(request.args.get("q", ""))[:100]
    found = book.entries(access.the_office(), access.seat(), words, datetime.now(UTC))
    return render_template("console/answers.html", found=found, words=words)


@blueprint.get("/answers/unknown")
def unknown() -> ResponseReturnValue:
    """Questions without an answer."""
    found = unanswered.groups(access.the_office(), access.seat(), datetime.now(UTC))
    return render_template("console/answers_unknown.html", groups=found, days=unanswered.DAYS)


@blueprint.get("/answers/new")
def new() -> ResponseReturnValue:
    """An empty form; `order`: with the words of this order."""
    code = clean_line(request.args.get("order", ""))
    draft = Draft()
    if code:
        words, category = unanswered.words_of(access.the_office(), access.seat(), code, datetime.now(UTC))
        draft = Draft(questions=words, category=category)
    return _form(None, draft)


@blueprint.post("/answers/new")
def create() -> ResponseReturnValue:
    """A new entry."""
    return _save(None)


@blueprint.get("/answers/<entry>")
def entry(entry: str) -> ResponseReturnValue:
    """One entry, with its history, and the form for whoever may change it."""
    present = book.history(access.the_office(), clean_line(entry))[0]
    return _form(present.entry, _draft(present))


@blueprint.post("/answers/<entry>")
def save(entry: str) -> ResponseReturnValue:
    """The entry changed."""
    return _save(clean_line(entry))


@blueprint.post("/answers/<entry>/restore")
def restore(entry: str) -> ResponseReturnValue:
    """An older version again."""
    row = request.form.get("row", "")
    number = int(row) if row.isdecimal() and len(row) < 18 else -1
    writing.restore(access.the_office(), access.seat(), clean_line(entry), number, datetime.now(UTC))
    shown.note("console_answers.restored", good=True)
    return redirect(url_for("console.answers.entry", entry=entry), 303)


def _save(entry: str | None) -> ResponseReturnValue:
    form = request.form
    row = form.get("row", "")
    draft = Draft(
        questions=clean(form.get("questions", ""))[:LONGEST], answer=_text("answer"), source=clean_line(_text("source")),
        category=clean_line(_text("category")), valid_until=clean_line(_text("valid_until")), phone=clean_line(_text("phone")),
        owner=clean_line(_text("owner")), is_on=bool(form.get("is_on")), alone=bool(form.get("alone")),
        row=int(row) if row.isdecimal() and len(row) < 18 else None,
    )  # fmt: skip
    try:
        name = writing.save(access.the_office(), access.seat(), entry, draft, datetime.now(UTC))
    except NotFound:
        raise
    except Spoken as refused:
        return _form(entry, draft, access.the_office().say_on_page(refused.key, **refused.facts))
    is_over = draft.is_on and book.history(access.the_office(), name)[0].valid_until < _today()
    shown.note("console_answers.saved_past" if is_over else "console_answers.saved", good=not is_over)
    return redirect(url_for("console.answers.entry", entry=name), 303)


def _today() -> date:
    return datetime.now(UTC).astimezone(access.the_office().calendar.zone).date()


def _text(name: str) -> str:
    return clean(request.form.get(name, "")).replace("\r\n", "\n")[:LONGEST].strip()


def _form(entry: str | None, draft: Draft, why: str = "") -> ResponseReturnValue:
    office, seat = access.the_office(), access.seat()
    versions = book.history(office, entry) if entry is not None else []
    present = versions[0] if versions else None
    facts = {
        "entry": entry, "draft": replace(draft, row=present.row) if present is not None else draft, "versions": versions,
        "why": why, "may_edit": book.may_edit(seat, present), "owners": book.owners(office), "present": present,
        "categories": book.categories(office), "gives": seat.rights.scope() is None,
    }  # fmt: skip
    return render_template("console/answer.html", **facts)


def _draft(present: Version) -> Draft:
    return Draft(
        questions="\n".join(present.questions), answer=present.answer, source=present.source, category=present.category,
        valid_until=present.valid_until.isoformat(), phone=present.phone,
        owner="" if present.owner_id is None else str(present.owner_id), is_on=present.is_on, alone=present.alone,
        row=present.row,
    )  # fmt: skip
