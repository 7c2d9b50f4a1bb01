"""Probes and metrics for the operator's machines: is the process alive, is the service ready, what are its figures."""

import hmac
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from redis.exceptions import RedisError
from sqlalchemy import Row

from bot.api.auth import the_office
from bot.api.problems import Problem
from bot.client_address import is_local
from bot.services.office import Office
from bot.services.reports import probing, queue_health
from config import heartbeat

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
    """The office's figures as Prometheus text: with the token, and where none is set on loopback. Problem 401 or 403."""
    _check_reader(the_office().settings.metrics_token)
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


class OfficeFigures(Collector):
    """Counts the office's figures in the database at each scrape, so that every process reports the same."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> list[Metric]:
        """No metric is counted at registration."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Orders and notices by state, the age of the oldest due notice in seconds, and messages that wait for staff."""
        census = probing.census(self._office, datetime.now(UTC))
        yield _gauge("wutong_orders", "Orders that are not closed.", ["state", "lane", "urgency"], census.orders)
        yield _gauge("wutong_orders_closed_last_day", "Orders closed within 24 hours.", ["outcome"], census.closed)
        yield _gauge("wutong_notices", "Notices that are not sent yet.", ["state"], census.unsent)
        yield _gauge(
            "wutong_attempts_last_day",
            "Attempts to send a notice within 24 hours.",
            ["channel", "outcome"],
            census.attempts,
        )
        yield GaugeMetricFamily(
            "wutong_oldest_due_notice_seconds", "Age of the oldest due notice.", value=census.oldest_due_seconds
        )
        yield GaugeMetricFamily("wutong_kept_messages", "Messages that wait for staff.", value=census.kept)
        yield from self._processes()

    def _processes(self) -> Iterator[Metric]:
        """Workers, jobs and the clock; nothing where Redis does not answer or the clock never ran on this host."""
        with suppress(RedisError, OSError):
            queues = queue_health.queues(self._office)
            yield GaugeMetricFamily("wutong_workers", "Workers that are alive.", value=queues.workers)
            yield GaugeMetricFamily("wutong_jobs_waiting", "Jobs that wait for a worker.", value=queues.waiting)
            yield GaugeMetricFamily("wutong_jobs_failed", "Jobs that failed within a day.", value=queues.failed)
        beat = heartbeat.age(self._office.settings.var_dir)
        if beat is not None:
            yield GaugeMetricFamily(
                "wutong_clock_age_seconds", "Since the clock's last round on this host.", value=beat
            )


def _gauge(name: str, what: str, labels: Sequence[str], rows: Sequence[Row[Any]]) -> Metric:
    """One figure for each row; the rows have the labels' names and `number`."""
    family = GaugeMetricFamily(name, what, labels=labels)
    for row in rows:
        family.add_metric([getattr(row, label) or "none" for label in labels], row.number)
    return family
