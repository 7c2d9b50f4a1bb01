"""Checks bearer tokens and the scopes that routes need."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from bot.api.problems import Problem, status_of
from bot.characters import clean_line
from bot.services import tokens
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.office import Office
from bot.services.tokens import Caller

P = ParamSpec("P")
R = TypeVar("R")

READS = frozenset({"GET", "HEAD"})
NOT_RECORDED = (SQLAlchemyError, TimeoutError, OSError)  # what the database and its lock raise

log = logging.getLogger(__name__)


def the_office() -> Office:
    """The office this application serves."""
    return cast(Office, current_app.extensions["office"])


def the_caller() -> Caller:
    """The token that opened this request. Only inside a view decorated with `needs`."""
    return cast(Caller, g.caller)


def the_call() -> Call:
    """This call, as it goes on record. Only inside a view decorated with `needs`."""
    known = the_caller()
    return Call(known.name, known.person_id, (request.endpoint or "").rpartition(".")[2])


def the_person() -> int:
    """The id of the person the token stands for. Problem 403 where it stands for none."""
    person_id = the_caller().person_id
    if person_id is None:
        raise Problem(403, "This token does not stand for a person: create one with --as NAME.")
    return person_id


def within_reach(community: str | None) -> str | None:
    """The community that this call is about: the one given, else the only one that the token reaches; None for the
    whole office. Problem 403 for one out of reach, 400 where the token reaches several and none is given."""
    reach = the_caller().communities
    if reach is None:
        return community
    if community is None and len(reach) == 1:
        return next(iter(reach))
    if community is None and reach:
        raise Problem(400, f"community: name one of {', '.join(sorted(reach))}.", {"community": "is missing"})
    if community not in reach:
        raise Problem(403, "This token does not reach that community.")
    return community


def needs(scope: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: only callers whose token has the scope get in. Problem 401 without a valid token, 403 without the scope."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            g.caller = _identify()
            if scope not in g.caller.scopes:
                challenge = f'Bearer realm="wutong", error="insufficient_scope", scope="{scope}"'
                _record_refused(403)
                raise Problem(403, f"This token lacks the scope {scope}.", headers={"WWW-Authenticate": challenge})
            try:
                answer = view(*args, **kwargs)
            except Exception as refused:
                _record_refused(status_of(refused))
                raise
            if request.method in READS:
                _record_read(answer)
            return answer

        guarded.scope = scope  # type: ignore[attr-defined]
        return guarded

    return guard


def _record_read(answer: object) -> None:
    """A call that reads goes on record before it is answered: what cannot be recorded is not read. One that writes is
    recorded by the use case, together with what it writes."""
    body = answer[0] if isinstance(answer, tuple) else answer
    items = body.get("items") if isinstance(body, dict) else None
    _record(str(len(items)) if isinstance(items, list) else None)


def _record_refused(status: int) -> None:
    """A call that got nothing; it is refused in any case."""
    try:
        _record(f"refused {status}")
    except NOT_RECORDED:
        log.exception("a refused call of %s is not on record", request.endpoint)


def _record(outcome: str | None) -> None:
    """The address names the order, where the call is about one."""
    order = clean_line(str((request.view_args or {}).get("code") or "")) or None
    requests.record(the_office(), the_call(), order, outcome, datetime.now(UTC))


def _identify() -> Caller:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        challenge = {"WWW-Authenticate": 'Bearer realm="wutong"'}
        raise Problem(401, "Send the header Authorization: Bearer TOKEN.", headers=challenge)
    caller = tokens.caller(the_office(), token.strip(), datetime.now(UTC))
    if caller is None:
        challenge = {"WWW-Authenticate": 'Bearer realm="wutong", error="invalid_token"'}
        raise Problem(401, "This token is unknown or no longer valid.", headers=challenge)
    return caller
