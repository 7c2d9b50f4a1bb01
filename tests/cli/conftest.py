"""The application as the command line sees it: settings, but neither a database nor Redis behind them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from bot.app import create_app
from config.settings import load
from tests.conftest import ENVIRONMENT

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    nothing = tmp_path_factory.mktemp("nothing")
    return create_app(load({**ENVIRONMENT, "VAR_DIR": str(nothing), "REDIS_URL": f"unix://{nothing}/none.sock"}))


@pytest.fixture
def run(app: Flask) -> Run:
    """Runs one command with these words."""
    return lambda *words: CliRunner().invoke(app.cli, [str(word) for word in words])


def lines(file: Path) -> list[dict[str, object]]:
    """What stands in a file of JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]


def write(file: Path, *rows: object) -> Path:
    """A file of JSON lines."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return file
