"""The dashboard and the alert rules ask for metrics that exist, and every alert leads to a runbook."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from bot.app import create_app
from bot.store.sending.attempts import Outcome
from config import heartbeat
from config.settings import ROOT, Settings
from tests.databases import SQLITE

ALERTS = ROOT / "config" / "deploy" / "prometheus" / "alerts.yml"
BOARD = ROOT / "config" / "deploy" / "grafana" / "wutong.json"
NAME = re.compile(r"\bwutong_[a-z_]+\b")


@pytest.fixture
def metrics(settings: Settings) -> str:
    """What /metrics answers on loopback on a host where the clock runs."""
    heartbeat.beat(settings.var_dir)
    app: Flask = create_app(settings)
    try:
        return app.test_client().get("/metrics").get_data(as_text=True)
    finally:
        app.extensions["office"].db.close()


@SQLITE
def test_every_metric_that_the_files_name_exists_with_the_labels_they_use(metrics: str) -> None:
    there = set(re.findall(r"^# HELP (\w+)", metrics, flags=re.MULTILINE))
    named = set(NAME.findall(ALERTS.read_text("utf-8")) + NAME.findall(BOARD.read_text("utf-8")))
    assert named
    assert named - there == set()


@SQLITE
def test_every_metric_stands_on_the_dashboard(metrics: str) -> None:
    there = set(re.findall(r"^# HELP (wutong_\w+)", metrics, flags=re.MULTILINE))
    assert there - set(NAME.findall(BOARD.read_text("utf-8"))) == set()


def test_every_outcome_that_an_alert_names_is_one() -> None:
    named = set(re.findall(r'outcome="(\w+)"', ALERTS.read_text("utf-8")))
    assert named <= {str(outcome.value) for outcome in Outcome}


def test_every_alert_has_words_and_a_runbook_that_is_there() -> None:
    text = ALERTS.read_text("utf-8")
    alerts = re.findall(r"- alert: (\w+)", text)
    runbooks = re.findall(r'runbook: "docs/operate\.md#([\w-]+)"', text)
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / "operate.md").read_text("utf-8"), flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert len(alerts) == len(runbooks) == len(re.findall(r'summary: "[^"]+"', text))
    assert set(runbooks) <= anchors


def test_the_dashboard_is_one_that_grafana_imports() -> None:
    board: dict[str, Any] = json.loads(BOARD.read_text("utf-8"))
    assert {"title", "uid", "panels", "schemaVersion", "templating"} <= set(board)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    assert all(panel["targets"] and panel["title"] for panel in board["panels"])
