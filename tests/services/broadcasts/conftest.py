"""The scene of the tests of broadcasts."""

import pytest

from bot.services.office import Office
from tests.services.broadcasts.scene import Scene


@pytest.fixture
def scene(office: Office) -> Scene:
    return Scene(office)
