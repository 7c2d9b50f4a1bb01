"""Probes and metrics for the operator's machines: is the process alive, is the service ready, what are its figures."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.api.auth import the_office
from bot.services import queries
from bot.services.office import Office

blueprint = Blueprint("probes", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 as long as the process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 when database and Redis answer and accept writes, else 503; `failing` names each part that fails and why."""
    failing = queries.failing(the_office(), datetime.now(UTC))
    return {"status": "failing" if failing else "ok", "failing": failing}, 503 if failing else 200


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """The office's figures as Prometheus text."""
    registry = CollectorRegistry()
    registry.register(OfficeFigures(the_office()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class OfficeFigures(Collector):
    """Counts the office's figures in the database at each scrape, so that every process reports the same."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> list[Metric]:
        """No metric is counted at registration."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Orders and notices by state, the age of the oldest due notice in seconds, and messages that wait for staff."""
        census = queries.census(self._office, datetime.now(UTC))
        orders = GaugeMetricFamily("wutong_orders", "Orders.", labels=["state", "lane", "urgency"])
        for row in census.orders:
            orders.add_metric([row.state, row.lane, row.urgency], row.number)
        yield orders
        notices = GaugeMetricFamily("wutong_notices", "Notices, by what took them.", labels=["state", "channel"])
        for row in census.notices:
            notices.add_metric([row.state, row.taken_by or "none"], row.number)
        yield notices
        yield GaugeMetricFamily(
            "wutong_oldest_due_notice_seconds", "Age of the oldest due notice.", value=census.oldest_due_seconds
        )
        yield GaugeMetricFamily("wutong_kept_messages", "Messages that wait for staff.", value=census.kept)
