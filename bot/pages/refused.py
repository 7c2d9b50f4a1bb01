"""What is refused before a page of ours is reached: by the server, which does not read such a body, and where there is no page."""

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException

from bot.pages.shown import the_office
from bot.request_body import REFUSED

TEMPLATES = "pages/templates"
"""Below the package of the application."""


def register(app: Flask) -> None:
    """Before everything else: the page says what the server has refused already."""
    app.before_request(_refuse)


def _refuse() -> None:
    status = request.environ.get(REFUSED)
    if status is not None:
        abort(status)


def answer(error: HTTPException) -> HTTPException | Response:
    """A plain page for an error of no page of ours; machines that have a route here read the status alone."""
    if error.code is None or error.code < 400 or request.url_rule is not None:
        return error
    office, key = the_office(), f"page_refused.{error.code}"
    said = office.say(key if office.texts.has(key) else "page_refused.other")
    response = Response(error.get_response().iter_encoded(), error.code, error.get_headers())
    response.set_data(render_template("pages/refused.html", title=office.say("page_refused.title"), said=said))
    response.content_type = "text/html; charset=utf-8"
    return response
