"""What operators' machines ask: does it live, is it ready, what are its figures."""

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
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """503 with the names of what fails and why."""
    failing = queries.failing(the_office(), datetime.now(UTC))
    return {"status": "failing" if failing else "ok", "failing": failing}, 503 if failing else 200


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    registry = CollectorRegistry()
    registry.register(OfficeFigures(the_office()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class OfficeFigures(Collector):
    """The office's figures, counted in the database at each reading: right in every process."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> list[Metric]:
        """Nothing is counted before it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
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
