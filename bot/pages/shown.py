"""What all pages show in one way: moments, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, current_app, render_template
from werkzeug.exceptions import HTTPException

from bot.errors import NotFound, Spoken
from bot.services.office import Office


def the_office() -> Office:
    """The office this application serves."""
    return cast(Office, current_app.extensions["office"])


def local(at: datetime | None) -> str:
    """Day and time in the office's time zone; the year where it is another one."""
    if at is None:
        return ""
    office = the_office()
    here = at.astimezone(office.calendar.zone)
    now = datetime.now(UTC).astimezone(office.calendar.zone)
    return office.say("pages.time", at=here, year=office.texts.year(here, now))


def said(error: Spoken) -> str:
    """Why something was refused, as a page says it."""
    return the_office().say_on_page(error.key, **error.facts)


def day(at: datetime | None) -> str:
    """The day in the office's time zone."""
    office = the_office()
    return "" if at is None else office.say("pages.day", at=at.astimezone(office.calendar.zone))


def add_refusals(blueprint: Blueprint, template: str, sentence: Callable[[int | str], str]) -> None:
    """Pages for what its views do not catch: an HTTP error, what is not there for this person, and what may not be done.
    `sentence`: the locale key for a status, and for "other"."""
    blueprint.register_error_handler(HTTPException, _of_error(template, sentence))
    blueprint.register_error_handler(Spoken, _of_refusal(template))


def _of_error(
    template: str, sentence: Callable[[int | str], str]
) -> Callable[[HTTPException], tuple[str, int] | HTTPException]:
    def answer(error: HTTPException) -> tuple[str, int] | HTTPException:
        status = error.code or 500
        if status < 400:
            return error
        office, key = the_office(), sentence(status)
        return _page(template, office.say(key if office.texts.has(key) else sentence("other")), status)

    return answer


def _of_refusal(template: str) -> Callable[[Spoken], tuple[str, int]]:
    def answer(error: Spoken) -> tuple[str, int]:
        return _page(template, said(error), 404 if isinstance(error, NotFound) else 409)

    return answer


def _page(template: str, said: str, status: int) -> tuple[str, int]:
    return render_template(template, said=said, status=status), status
