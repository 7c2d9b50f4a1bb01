"""Who may open which page: one table of routes and roles. What is not in it is refused to everybody."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean
from bot.orders.rights import ADMIN, DISCIPLINE, MEMBER, STAFF
from bot.pages import forms
from bot.pages.shown import the_office as the_office
from bot.services.accounts import sessions
from bot.services.accounts.sessions import Signed
from bot.services.console.seat import Seat
from bot.understanding.normalize import CHINESE

COOKIE = "wutong_console"
PATH = "/console"

ANYBODY: frozenset[str] = frozenset()  # without signing in
DECIDE = frozenset({STAFF, ADMIN})  # on orders
WORK = frozenset({STAFF, ADMIN, MEMBER, "grid", "mediator"})  # who may have an order in hand
ALL = WORK | {DISCIPLINE}
HEAD = frozenset({ADMIN})
WRITE = frozenset({STAFF, ADMIN, DISCIPLINE})  # to many
WATCH = frozenset({ADMIN, DISCIPLINE})  # who may read the audit

ROUTES: Mapping[str, frozenset[str]] = {
    "console.sign_in.login": ANYBODY, "console.sign_in.enter": ANYBODY, "console.sign_in.set_password": ANYBODY,
    "console.sign_in.chat": ANYBODY, "console.sign_in.leave": ALL, "console.account.account": ALL, "console.account.end": ALL,
    "console.account.change_password": ALL, "console.account.enrol": ALL,
    "console.board.board": DECIDE, "console.board.bulk": DECIDE, "console.board.find": DECIDE, "console.board.matches": DECIDE,
    "console.orders.page": WORK, "console.orders.act": WORK, "console.orders.contact": WORK, "console.orders.file": WORK,
    "console.orders.correct": DECIDE,
    "console.kept.save_view": DECIDE, "console.kept.drop_view": DECIDE, "console.kept.aside": DECIDE, "console.kept.look": WORK,
    "console.kept.replies": DECIDE, "console.kept.save_reply": DECIDE, "console.kept.drop_reply": DECIDE,
    "console.inbox.inbox": DECIDE, "console.inbox.conversation": DECIDE, "console.inbox.answer": DECIDE, "console.inbox.end": DECIDE,
    "console.inbox.settle": frozenset({ADMIN}),
    "console.people.people": DECIDE, "console.people.act": HEAD, "console.people.confirmed": HEAD, "console.people.codes": HEAD, "console.people_card.card": HEAD, "console.people_card.save": HEAD,
    "console.people.export": HEAD, "console.people_import.form": HEAD, "console.people_import.upload": HEAD,
    "console.people_import.preview": HEAD, "console.people_import.confirm": HEAD, "console.people_import.give_up": HEAD,
    "console.audit.rows": WATCH, "console.audit.verify": WATCH, "console.audit.export": WATCH,
    "console.settings.page": HEAD, "console.settings.save": HEAD, "console.settings.restore": HEAD,
    "console.health.health": HEAD, "console.health.retry": HEAD,
    "console.figures.page": DECIDE, "console.figures.as_workbook": DECIDE, "console.figures.as_report": DECIDE,
    "console.answers.page": DECIDE, "console.answers.unknown": DECIDE, "console.answers.new": DECIDE, "console.answers.create": DECIDE,
    "console.answers.entry": DECIDE, "console.answers.save": DECIDE, "console.answers.restore": DECIDE,
    "console.intake.page": DECIDE, "console.intake.enter": DECIDE, "console.intake.empty_file": DECIDE, "console.intake.upload": DECIDE,
    "console.intake.file": DECIDE, "console.intake.columns": DECIDE, "console.intake.confirm": DECIDE, "console.intake.cancel": DECIDE,
    "console.broadcasts.page": WRITE, "console.broadcasts.one": WRITE, "console.broadcasts.act": WRITE,
    "console.broadcasts.progress": WRITE, "console.broadcasts.unanswered": WRITE, "console.broadcasts.tell": WRITE,
    "console.broadcasts.is_there": WRITE,
    "console.broadcast_writing.new": WRITE, "console.broadcast_writing.change": WRITE, "console.broadcast_writing.save": WRITE,
    "console.broadcast_writing.preview": WRITE,
    "console.broadcasts.evidence": WRITE, "console.broadcasts.code": WRITE,
    "console.sign_in.missing": ALL, "console.static": ANYBODY, "console.sign_in.finish_chat": ANYBODY,
}  # fmt: skip
HOMES = ("console.board.board", "console.broadcasts.page", "console.account.account")
"""Where one goes after signing in, and from a page that is none: the first that the role may open."""
WRITTEN = frozenset({
    "words", "value", "text", "title", "body", "place", "name", "phone", "when", "sentence", "questions", "reason", "names", "notice",
})  # fmt: skip
"""The fields that people write words into, besides those that hold Chinese words."""
SECRET = frozenset({"password", "again", "old", "code"})
"""Never shown again."""
ENROL = "console.account.enrol"
ENROLS = frozenset({ENROL, "console.sign_in.leave"})
"""What a session may open that still lacks its second factor."""


def guard(blueprint: Blueprint) -> None:
    """Before each view: signed in, in a role of the table, and every form with its token."""
    blueprint.before_request(_check)


def _check() -> ResponseReturnValue | None:
    endpoint = request.endpoint or ""
    roles = ROUTES.get(endpoint)
    if roles is None:
        abort(404)
    if request.method not in forms.SAFE:
        forms.check()
    return _admit(endpoint, roles) if roles else None


def _admit(endpoint: str, roles: frozenset[str]) -> ResponseReturnValue | None:
    # An open page is nobody at the computer; one that sends what is being typed is.
    asks_itself = bool(request.headers.get("X-Part")) and request.method in forms.SAFE
    known = sessions.current(the_office(), request.cookies.get(COOKIE, ""), datetime.now(UTC), is_used=not asks_itself)
    if known is None:
        return _to_sign_in(request)
    g.signed = known
    if known.must_enrol and endpoint not in ENROLS:
        return redirect(url_for(ENROL))
    if not known.rights.holds(*roles):
        if endpoint == HOMES[0]:  # the address that everybody remembers, and that a sign-in goes on to
            return redirect(home())
        abort(404)
    return None


def _to_sign_in(asked: Request) -> ResponseReturnValue:
    """A page is asked for again after signing in; a form is not sent twice, and what was typed into it is on the page that says so."""
    if asked.headers.get("X-Part"):  # a part of a page that the page itself asks for
        return Response(status=401)
    if asked.method not in forms.SAFE and typed_words():
        abort(401)
    after = asked.full_path.rstrip("?") if asked.method in forms.SAFE else None
    return redirect(url_for("console.sign_in.login", next=after), 303)


def typed_words() -> str:
    """The words that somebody typed into the form of this request, a line for each field; empty where there are none."""
    fields = request.form.items(multi=True) if request.method not in forms.SAFE else ()
    written = (
        clean(said).strip() for name, said in fields if name in WRITTEN or (CHINESE.search(said) and name not in SECRET)
    )
    return "\n".join(filter(None, written))


def before() -> str | None:
    """The address of the page that the form of this request stands on; None where it is not one of ours."""
    return own_address(urlsplit(request.referrer or "").path)


def may_open(endpoint: str) -> bool:
    """Whether the person who is signed in may open the route."""
    return signed().rights.holds(*ROUTES.get(endpoint, ANYBODY))


def home() -> str:
    """The address of the first page that the person who is signed in may open."""
    return url_for(ENROL if signed().must_enrol else next(each for each in HOMES if may_open(each)))


def signed() -> Signed:
    """Who is signed in. Only inside a view of a route with roles."""
    return cast(Signed, g.signed)


def is_signed() -> bool:
    """Whether this page is shown to somebody who is signed in."""
    return "signed" in g


def seat() -> Seat:
    """The same as the use cases know it."""
    known = signed()
    return Seat(known.person_id, known.name, known.rights)


def own_address(given: str | None) -> str | None:
    """An address of the console itself, as a form or a query may name one to go on to; None for any other."""
    return forms.own_address(given, PATH)
