"""The whole application on the tests' database, for what is asked over HTTP and on the command line."""

from collections.abc import Iterator

import pytest
from flask import Flask

from bot.app import create_app
from bot.services.office import Office


@pytest.fixture
def app(office: Office) -> Iterator[Flask]:
    app = create_app(office.settings)
    yield app
    app.extensions["office"].db.close()
