"""Errors of the API as problem documents (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException

from bot.errors import NotAllowed, NotFound, Spoken

CONTENT_TYPE = "application/problem+json"
PATH = "/api/"


class Problem(Exception):
    """Ends the request with this status; `errors` gives what is wrong by field or parameter name."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = errors or {}, headers or {}


def register(app: Flask) -> None:
    """Below /api/ every error is a problem document, also that of an unknown route."""
    app.register_error_handler(Problem, _answer_problem)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(Spoken, _answer_spoken)


def _answer_problem(problem: Problem) -> Response:
    return _document(problem.status, problem.detail, problem.errors, problem.headers)


def answer(error: HTTPException) -> Response | HTTPException:
    """The problem document of an HTTP error; one outside /api/ as it is."""
    if not request.path.startswith(PATH) or error.code is None:
        return error
    allow = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _document(error.code, error.description or "", {}, allow)


def _answer_spoken(error: Spoken) -> Response:
    """The problem document of a refusal, in the office's language: 404, 403 or 422. Outside /api/ a refusal is a fault and is raised."""
    if not request.path.startswith(PATH):
        raise error
    status = status_of(error)
    detail = current_app.extensions["office"].texts.say(error.key, **error.facts)
    return _document(status, detail, {}, {})


def status_of(error: Exception) -> int:
    """The status of the answer that this error becomes."""
    if isinstance(error, Problem):
        return error.status
    if isinstance(error, HTTPException):
        return error.code or 500
    if not isinstance(error, Spoken):
        return 500
    return 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 422


def _document(status: int, detail: str, errors: Mapping[str, str], headers: Mapping[str, str]) -> Response:
    body: dict[str, object] = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail
    }  # fmt: skip
    if errors:
        body["errors"] = [{"field": field, "detail": reason} for field, reason in errors.items()]
    response = Response(json.dumps(body), status, content_type=CONTENT_TYPE)
    response.headers.update(dict(headers))
    return response
