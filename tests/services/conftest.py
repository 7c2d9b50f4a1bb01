"""People to talk with, for the tests of use cases."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.services import cast
from tests.talk import Talk


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path)
