"""The short run of `make fuzz`; the same sequence every time."""

from pathlib import Path

from flask import Flask

from bot.services.office import Office
from tests.databases import SQLITE
from tests.fuzz import rosters, webhook


def test_mutated_pushes_are_answered_as_the_platform_accepts(shared_app: Flask) -> None:
    result = webhook.run(shared_app, 1_500)
    assert result.findings == []
    assert set(result.answers) == {200, 400, 403}


@SQLITE
def test_mutated_roster_files_are_taken_or_refused_with_reasons(office: Office, tmp_path: Path) -> None:
    result = rosters.run(office, tmp_path, 150)
    assert result.findings == []
    assert set(result.answers) == {200, 422}
