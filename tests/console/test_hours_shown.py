"""Hours are told only where broadcasts are held outside of them."""

from dataclasses import replace

import pytest

from bot.services.console.broadcasts.moments import open_hours
from bot.services.office import Office
from tests.databases import SQLITE


@SQLITE
@pytest.mark.parametrize(
    ("within", "shown"),
    [((0, 24 * 60), ""), ((0, 20 * 60), "20:00"), ((510, 24 * 60), "08:30"), ((510, 1230), "20:30")],
)
def test_hours_that_are_the_whole_day_are_not_told(office: Office, within: tuple[int, int], shown: str) -> None:
    told = open_hours(replace(office, settings=replace(office.settings, send_hours=within)))
    assert shown in told
    assert bool(told) is bool(shown)
