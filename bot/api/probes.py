"""Probes for the operator's machines: is the process alive, is the service ready, what are its figures."""

import hmac
from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue

from bot.api.auth import the_office
from bot.api.problems import Problem
from bot.client_address import is_local
from bot.services.reports import probing

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="wutong metrics"'}
blueprint = Blueprint("probes", __name__)


def register(app: Flask) -> None:
    """Add the routes to the application."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 as long as the process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 when database and Redis answer and accept writes, else 503; `failing` names each part that fails and why."""
    failing = probing.failing(the_office(), datetime.now(UTC))
    return {"status": "failing" if failing else "ok", "failing": failing}, 503 if failing else 200


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """The office's figures as Prometheus text: with the token, and where none is set on loopback. Problem 401 or 403. Prometheus is
    loaded with the first request for them."""
    _check_reader(the_office().settings.metrics_token)
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    from bot.api.metrics import OfficeFigures

    registry = CollectorRegistry()
    registry.register(OfficeFigures(the_office()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _check_reader(token: str) -> None:
    if token:
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, f"Bearer {token}".encode()):
            raise Problem(401, "Send the header Authorization: Bearer METRICS_TOKEN.", headers=CHALLENGE)
    elif not is_local(request.environ):
        raise Problem(403, "Without METRICS_TOKEN the metrics are read on the machine itself.")
