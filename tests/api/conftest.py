"""The office's API, served by a bare application, with short ways to fill the roster."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from bot.api import probes, problems, routes
from bot.services.office import Office
from bot.store.persons.people import NEW_PERSON
from bot.store.schema.installed import tokens
from bot.store.tables import persons, roles

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ALL_SCOPES = ("orders:read", "broadcasts:write", "broadcasts:approve", "broadcasts:read")


@dataclass
class World:
    """The office and its API."""

    office: Office
    client: FlaskClient

    def person(self, name: str, role: str, **where: Any) -> int:
        with self.office.db.transaction() as tx:
            key = tx.run(insert(persons).values(**NEW_PERSON, name=name, created_at=NOW)).inserted_primary_key
            assert key is not None
            tx.run(insert(roles).values(person_id=key[0], role=role, skills=[], **where))
        return int(key[0])

    def token(self, name: str, *scopes: str, person_id: int | None = None, secret: str = "") -> dict[str, str]:
        """A token of this name, as the header that carries it; without scopes it has all."""
        with self.office.db.transaction() as tx:
            values = {"name": name, "token_index": tx.vault.index(secret or name), "created_at": NOW}
            tx.run(insert(tokens).values(**values, scopes=list(scopes or ALL_SCOPES), person_id=person_id))
        return {"Authorization": f"Bearer {secret or name}"}


@pytest.fixture
def world(office: Office) -> World:
    app = Flask("tested")
    app.extensions["office"] = office
    for part in (problems, probes, routes):
        part.register(app)
    return World(office, app.test_client())
