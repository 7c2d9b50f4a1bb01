"""The whole application on the tests' database, and further offices on the same installation."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from bot.app import create_app
from bot.services.office import Office, open_office
from config.settings import Settings
from tests.conftest import CountingNudge


@pytest.fixture
def app(office: Office) -> Iterator[Flask]:
    app = create_app(office.settings)
    yield app
    app.extensions["office"].db.close()


@dataclass
class Opened:
    """Offices on one installation after another, all closed in the end."""

    offices: list[Office]

    def __call__(self, settings: Settings) -> Office:
        self.offices.append(open_office(settings, CountingNudge()))
        return self.offices[-1]


@pytest.fixture
def opened() -> Iterator[Opened]:
    opened = Opened([])
    yield opened
    for office in opened.offices:
        office.db.close()
