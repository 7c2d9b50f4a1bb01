"""`--write-screenshots` puts the pictures into docs/img; without it they are taken, looked at and thrown away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.docs import manual
from tests.docs.playing import Play, played


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-screenshots", action="store_true", help="write the manual's pictures to docs/img")


@pytest.fixture(scope="module")
def play(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Play]:
    """The main job, a reminder and an emergency on the phones of `make run`, with the pictures taken on the way."""
    folder = tmp_path_factory.mktemp("play")
    writes = request.config.getoption("--write-screenshots", default=False)
    pictures = manual.IMAGES if writes else folder / "img"
    pictures.mkdir(exist_ok=True)
    with played(folder, Path(pictures), chromium) as play:
        yield play
