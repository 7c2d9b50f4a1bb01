"""The figures of the office and of its queues as Prometheus reads them."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from bot.services.office import Office
from bot.services.reports import counting, queue_health
from bot.store.kept_figures import Figures
from config import heartbeat


class OfficeFigures(Collector):
    """Counts the office's figures in the database at each scrape, so that every process reports the same."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> list[Metric]:
        """No metric is counted at registration."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Orders and notices by state, the age of the oldest due notice in seconds, and messages that wait for staff."""
        census = counting.census(self._office, datetime.now(UTC))
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


def _gauge(name: str, what: str, labels: Sequence[str], rows: Figures) -> Metric:
    """One figure for each row."""
    family = GaugeMetricFamily(name, what, labels=labels)
    for row in rows:
        family.add_metric([row[label] or "none" for label in labels], row["number"])
    return family
