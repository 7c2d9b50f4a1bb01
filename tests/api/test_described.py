"""The API against its own description: whatever a call is given, an answer that the description knows, never a 500."""

import os
import shutil
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.app import create_app
from bot.services import tokens
from bot.services.office import Office
from bot.services.tokens import SCOPES, Wanted
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import persons, roles
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.talk import NOON

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import checks

KNOWN: tuple[Any, ...] = (
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance,
)  # fmt: skip
thorough = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "12")), deadline=None, derandomize=True, database=None,
    suppress_health_check=[*HealthCheck],
)  # fmt: skip


class Described:
    """The application, its description, and a token with every scope that stands for an administrator."""

    def __init__(self, office: Office, app: Any) -> None:
        with office.db.transaction() as tx:
            tx.run(persons.insert().values(**NEW_PERSON, name="办事处甲", created_at=NOON))
            tx.run(roles.insert().values(person_id=1, role="admin", skills=[]))
        token = tokens.create(office, Wanted("fuzz", SCOPES, stands_for="办事处甲"), datetime.now(UTC))
        self.headers = {"Authorization": f"Bearer {token}"}
        self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.fixture(scope="module")
def described(
    sqlite_template: Path, redis_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Described]:
    folder = tmp_path_factory.mktemp("described")
    shutil.copy(sqlite_template, folder / "wutong.db")
    app = create_app(load({**ENVIRONMENT, "REDIS_URL": redis_server, "VAR_DIR": str(folder)}))
    yield Described(app.extensions["office"], app)
    app.extensions["office"].db.close()


CALLS = [
    ("GET", "/api/v1/orders"), ("POST", "/api/v1/orders"), ("GET", "/api/v1/orders/{code}"), ("GET", "/api/v1/figures"),
    ("POST", "/api/v1/broadcasts"), ("POST", "/api/v1/broadcasts/{number}/approve"), ("GET", "/api/v1/broadcasts/{number}"),
    ("GET", "/api/v1/broadcasts/{number}/text"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_call_answers_as_it_is_described_whatever_it_is_given(described: Described, method: str, path: str) -> None:
    operation = described.schema[path][method]

    @thorough
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case[Any]) -> None:
        answer = case.call(headers=described.headers)
        case.validate_response(answer, checks=[*KNOWN])

    call()


def test_every_described_call_is_tried(described: Described) -> None:
    operations: list[Any] = [each.ok() for each in described.schema.get_all_operations()]  # type: ignore[union-attr]
    found = {(each.method.upper(), each.path) for each in operations}
    assert found - {("GET", "/api/v1/openapi.json")} == {*CALLS}
