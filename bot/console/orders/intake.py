"""登记: one order by form, and many from a file that is looked through before."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean_line
from bot.console import access, shown
from bot.errors import NotUnderstood, Spoken
from bot.services.console.intake import entered, files, form, table, taking, template
from bot.services.console.intake.entered import Entered
from bot.services.console.intake.form import Faulty
from bot.services.console.intake.receipts import Receipt
from bot.services.console.intake.results import ALIKE, BAD, KNOWN, NEW, Shown, Taken
from bot.services.roster.cells import MEGABYTES, MOST_BYTES

blueprint = Blueprint("intake", __name__)


@blueprint.get("/intake")
def page() -> ResponseReturnValue:
    """The empty form, and the form for a file."""
    return _page()


@blueprint.post("/intake")
def enter() -> ResponseReturnValue:
    """One order; then the form is empty again. Sent twice it is one order."""
    typed, once = entered.tidied(request.form), clean_line(request.form.get("form", ""))[:32]
    try:
        done = form.enter(access.the_office(), access.seat(), typed, once, datetime.now(UTC))
    except Faulty as faulty:
        return _page(typed, faulty, once, why=faulty.door)
    return _page(done=done, doubts=entered.doubts(access.the_office(), typed) if done.is_open else ())


@blueprint.get("/intake/template")
def empty_file() -> ResponseReturnValue:
    """The file to fill in."""
    response = Response(template.template(access.the_office()), mimetype=template.TYPE)
    name = access.the_office().say("console_intake.file.template_name")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.post("/intake/file")
def upload() -> ResponseReturnValue:
    """A file to look through."""
    given = request.files.get("file")
    content = given.read(MOST_BYTES + 1) if given is not None else b""
    try:
        if not content:
            raise NotUnderstood("console_intake.file.none")
        key = files.upload(access.the_office(), access.seat(), content, datetime.now(UTC))
    except NotUnderstood as refused:
        return _page(why=_said(refused))
    return redirect(url_for("console.intake.file", key=key), 303)


@blueprint.get("/intake/file/<key>")
def file(key: str) -> ResponseReturnValue:
    """What its columns mean, and what will become of its rows; or how far they are taken in."""
    far = taking.under_way(access.the_office(), access.seat(), key, datetime.now(UTC))
    return _file(key) if far is None else _progress(far)


@blueprint.post("/intake/file/<key>/columns")
def columns(key: str) -> ResponseReturnValue:
    """The columns mean this."""
    chosen = {name: _number(request.form.get(name, "")) for name in table.FIELDS}
    try:
        files.name_columns(access.the_office(), access.seat(), key, chosen, datetime.now(UTC))
    except NotUnderstood as refused:
        return _file(key, _said(refused), chosen)
    return redirect(url_for("console.intake.file", key=key), 303)


@blueprint.post("/intake/file/<key>")
def confirm(key: str) -> ResponseReturnValue:
    """Some more of the good rows become orders, but those that were left out."""
    stamp = request.form.get("stamp", "")
    try:
        left_out = {number for each in request.form.getlist("leave") if (number := _number(each)) is not None}
        far = taking.confirm(access.the_office(), access.seat(), key, stamp, datetime.now(UTC), left_out)
    except taking.Changed as changed:
        return _file(key, _said(changed))
    if far.each is None:
        return _progress(far)
    each = far.each
    numbers = {name: sum(one.result == name for one in each) for name in (NEW, KNOWN, BAD)}
    return render_template("console/intake_done.html", each=each, numbers=numbers, first=_first(each), link=_link)


@blueprint.post("/intake/file/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    """The file is deleted."""
    files.cancel(access.the_office(), access.seat(), key)
    shown.note("console_intake.preview.cancelled", good=True)
    return redirect(url_for("console.intake.page"), 303)


def _page(
    typed: Entered | None = None, faulty: Faulty | None = None, once: str = "", done: Receipt | None = None, why: str = "",
    doubts: Sequence[str] = (),
) -> str:  # fmt: skip
    office, seat = access.the_office(), access.seat()
    offered = form.communities(office, seat)
    own = seat.rights.scope()
    chosen = typed.community if typed else next(iter(offered)) if own is not None and len(offered) == 1 else ""
    return render_template(
        "console/intake.html", typed=typed or Entered(), faults=faulty.faults if faulty else {}, done=done, why=why, doubts=doubts,
        form=once or form.new_form(), communities=offered, chosen=chosen, longest=entered.LONGEST, most=table.MOST_ROWS, megabytes=MEGABYTES,
        begun=taking.begun(office, seat, datetime.now(UTC)),
    )  # fmt: skip


def _progress(far: taking.Progress) -> str:
    return render_template("console/intake_progress.html", key=far.key, done=far.done, all=far.all, taken=True)


def _file(key: str, why: str = "", chosen: dict[str, int | None] | None = None) -> str:
    office = access.the_office()
    found = files.show(office, access.seat(), key, datetime.now(UTC))
    if found.left:
        seen = len(found.rows)
        return render_template("console/intake_progress.html", key=key, done=seen, all=seen + found.left, taken=False)
    good = found.numbers.get(NEW, 0) + found.numbers.get(ALIKE, 0)
    numbers = {name: found.numbers.get(name, 0) for name in (NEW, ALIKE, KNOWN, BAD)}
    return render_template(
        "console/intake_file.html", found=found, why=why, chosen=chosen or found.columns, fields=table.FIELDS, good=good,
        numbers=numbers, until=found.until.astimezone(office.calendar.zone), link=_link,
    )  # fmt: skip


def _link(one: Shown | Taken) -> str:
    """The number of the order whose page the row leads to; empty where it leads to none."""
    receipt = one.receipt if isinstance(one, Taken) else None
    if receipt is not None:
        return receipt.code if receipt.is_open else ""
    return one.code


def _first(each: Sequence[Taken]) -> dict[str, str]:
    """What is to be done at once, with the numbers of the rows that it is about. Its last line names the order alone."""
    found: dict[str, list[str]] = {}
    for one in each:
        if one.receipt is not None and one.receipt.is_urgent:
            found.setdefault(one.receipt.said.rpartition("\n")[0], []).append(str(one.number))
    return {said: "、".join(numbers) for said, numbers in found.items()}


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 4 else None


def _said(error: Spoken) -> str:
    return access.the_office().say_on_page(error.key, **error.facts)
