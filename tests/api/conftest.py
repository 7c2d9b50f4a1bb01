"""An office on a fresh database, with its API served by a bare application."""

import base64
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

import bot.api
from bot.services.office import Office, open_office
from bot.store.people import NEW_PERSON
from bot.store.tables import metadata, persons, roles, tokens
from config import settings

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ALL_SCOPES = ["orders:read", "broadcasts:write", "broadcasts:approve", "broadcasts:read"]


@dataclass
class World:
    """The office, its API, and short ways to fill the roster."""

    office: Office
    client: FlaskClient
    nudges: list[int] = field(default_factory=list)

    def person(self, name: str, role: str, **where: Any) -> int:
        with self.office.db.transaction() as tx:
            key = tx.run(insert(persons).values(**NEW_PERSON, name=name, created_at=NOW)).inserted_primary_key
            assert key is not None
            tx.run(insert(roles).values(person_id=key[0], role=role, skills=[], **where))
        return int(key[0])

    def token(self, name: str, scopes: list[str], person_id: int | None = None) -> dict[str, str]:
        """A token of this name, as the header that carries it."""
        with self.office.db.transaction() as tx:
            values = {"name": name, "token_index": tx.vault.index(name), "scopes": scopes, "created_at": NOW}
            tx.run(insert(tokens).values(**values, person_id=person_id))
        return {"Authorization": f"Bearer {name}"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = free.getsockname()[1]
    known = settings.load({
        "VAR_DIR": str(tmp_path), "REDIS_URL": f"redis://127.0.0.1:{nowhere}/0", "WECHAT_TOKEN": "t", "WECHAT_APP_ID": "a",
        "WECHAT_APP_SECRET": "s", "SECRET_KEY": "k" * 32, "DATA_KEY": base64.b64encode(os.urandom(32)).decode(),
        "DUTY_PHONES": "0000-0000000", "GAS_PHONE": "1", "WATER_PHONE": "2", "POWER_PHONE": "3",
    })  # fmt: skip
    nudges: list[int] = []
    office = open_office(known, lambda: nudges.append(1))
    metadata.create_all(office.db.engine)
    app = Flask("tested")
    app.extensions["office"] = office
    bot.api.register(app)
    yield World(office, app.test_client(), nudges)
    office.db.close()
