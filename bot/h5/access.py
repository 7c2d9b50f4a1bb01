"""Who may open which page inside WeChat: one table of routes. What is not in it is refused to everybody."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.orders.rights import ADMIN, MEMBER, STAFF
from bot.pages import forms
from bot.services.console.seat import Seat
from bot.services.h5 import sessions
from bot.services.h5.sessions import Signed
from bot.services.office import Office

COOKIE = "wutong_h5"
PATH = "/h5"

ANYBODY: frozenset[str] = frozenset()  # without signing in
RESIDENT: frozenset[str] = frozenset({"resident"})  # everybody who is signed in
HELPS = frozenset({MEMBER, STAFF, ADMIN, "grid", "mediator"})  # who may have an order in hand

ROUTES: Mapping[str, frozenset[str]] = {
    "h5.sign_in.back": ANYBODY, "h5.sign_in.wait": ANYBODY, "h5.sign_in.again": ANYBODY, "h5.static": ANYBODY,
    "h5.sign_in.leave": RESIDENT, "h5.sign_in.missing": RESIDENT,
    "h5.own.home": RESIDENT, "h5.own.new": RESIDENT, "h5.own.tell": RESIDENT, "h5.own.privacy": RESIDENT,
    "h5.own.copy": RESIDENT, "h5.own.delete": RESIDENT, "h5.own.print_size": RESIDENT,
    "h5.orders.mine": RESIDENT, "h5.orders.page": RESIDENT, "h5.orders.act": RESIDENT, "h5.orders.contact": HELPS,
    "h5.broadcasts.mine": RESIDENT, "h5.broadcasts.wish": RESIDENT, "h5.broadcasts.page": RESIDENT,
    "h5.broadcasts.act": RESIDENT, "h5.broadcasts.sign_in": RESIDENT,
    "h5.tasks.tasks": HELPS, "h5.tasks.record": HELPS, "h5.tasks.duty": HELPS,
}  # fmt: skip


def guard(blueprint: Blueprint) -> None:
    """Before each view: signed in, in a role of the table, and every form with its token."""
    blueprint.before_request(_check)


def _check() -> ResponseReturnValue | None:
    roles = ROUTES.get(request.endpoint or "")
    if roles is None:
        abort(404)
    if request.method not in forms.SAFE:
        forms.check()
    return _admit(roles) if roles else None


def _admit(roles: frozenset[str]) -> ResponseReturnValue | None:
    known = sessions.current(the_office(), request.cookies.get(COOKIE, ""), datetime.now(UTC))
    if known is None:
        if request.method not in forms.SAFE:
            abort(401)  # what was typed is still in the browser; a page is asked for again after signing in
        return redirect(url_for("h5.sign_in.again", after=own_address(request.full_path.rstrip("?"))), 303)
    g.h5 = known
    if roles is not RESIDENT and not known.rights.holds(*roles):
        abort(404)
    return None


def the_office() -> Office:
    """The office this application serves."""
    return cast(Office, current_app.extensions["office"])


def signed() -> Signed:
    """Who is signed in. Only inside a view of a route with roles."""
    return cast(Signed, g.h5)


def is_signed() -> bool:
    """Whether this page is shown to somebody who is signed in."""
    return "h5" in g


def seat() -> Seat:
    """The same as the use cases know it."""
    return signed().seat


def helps() -> bool:
    """Whether the pages of members are for whoever is signed in."""
    return is_signed() and signed().rights.holds(*HELPS)


def own_address(given: str | None) -> str | None:
    """An address of these pages, as a form or a query may name one to go on to; None for any other."""
    return forms.own_address(given, PATH)
