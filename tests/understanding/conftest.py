"""One reader for all tests of this package."""

from pathlib import Path

import pytest

from bot.understanding import Reader, load

CONFIG = Path(__file__).parents[2] / "config"
TABLES = Path(__file__).parent / "tables"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load(CONFIG)
