"""The occasions of a year: dates that stand, dates that move, and when each is due."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.broadcasts import calendar, dates, occasion_files, template_files
from bot.broadcasts.dates import Earliest, Fixed, Named, NthWeekday
from bot.orders.time_limits import calendar as working_days
from config.settings import CONFIG_DIR

OCCASIONS = occasion_files.load(CONFIG_DIR)
LUNAR = {
    "spring_festival": 1, "lantern_festival": 15, "dragon_boat_festival": 5, "mid_autumn_festival": 15,
    "double_ninth_festival": 9, "laba_festival": 8,
}  # fmt: skip
"""By name, the number of the day in its lunar month."""
HOLIDAYS = ("spring_festival", "qingming", "dragon_boat_festival", "mid_autumn_festival")
SYNODIC = timedelta(days=29.530588853)  # the mean month from new moon to new moon
NEW_MOON = datetime(2000, 1, 6, 22, 20, tzinfo=UTC)  # a mean one, on the clocks of Beijing


def entered(name: str) -> list[date]:
    return [days[name] for days in OCCASIONS.moving.values()]


def test_ten_years_of_dates_that_move_are_entered() -> None:
    assert sorted(OCCASIONS.moving) == list(range(2026, 2036))
    assert {frozenset(days) for days in OCCASIONS.moving.values()} == {frozenset({*LUNAR, "qingming"})}


@pytest.mark.parametrize("name", LUNAR)
def test_a_lunar_date_lies_where_the_moon_says(name: str) -> None:
    """Its month begins on the day of the new moon: the mean one differs from the true one by at most fifteen hours."""
    for day in entered(name):
        noon = datetime.combine(day - timedelta(days=LUNAR[name] - 1), datetime.min.time(), UTC) + timedelta(hours=12)
        months = round((noon - NEW_MOON) / SYNODIC)
        assert abs(NEW_MOON + months * SYNODIC - noon) < timedelta(hours=27), day


def test_lunar_dates_of_a_year_are_whole_months_apart() -> None:
    """Of 29 or 30 days each, and at most one leap month in a year."""
    for days in OCCASIONS.moving.values():
        first = {name: days[name] - timedelta(days=number - 1) for name, number in LUNAR.items()}
        assert first["spring_festival"] == first["lantern_festival"]
        months = [round((day - first["spring_festival"]) / SYNODIC) for day in first.values()]
        assert months in ([0, 0, 4, 7, 8, 11], [0, 0, 4, 8, 9, 12], [0, 0, 5, 8, 9, 12], [0, 0, 4, 7, 8, 12])


def test_the_spring_festival_lies_between_the_21st_of_january_and_the_20th_of_february() -> None:
    assert all((1, 21) <= (day.month, day.day) <= (2, 20) for day in entered("spring_festival"))


def test_qingming_is_the_day_that_the_formula_of_this_century_gives() -> None:
    for year, days in OCCASIONS.moving.items():
        short = year - 2000
        assert days["qingming"] == date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


@pytest.mark.parametrize("name", HOLIDAYS)
def test_festivals_are_holidays_of_the_state_council(name: str) -> None:
    days = working_days.load(CONFIG_DIR)
    checked = [day for day in entered(name) if day.year in days.years]
    assert len(checked) == 2
    assert set(checked) <= days.holidays


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        ("2026-12-17", []),
        ("2026-12-18", ["new_year-2027"]),  # fourteen days ahead
        ("2027-01-01", ["new_year-2027", "laba_festival-2026"]),  # the day itself; 腊八 belongs to the lunar year
        ("2027-01-16", ["spring_festival-2027"]),  # its own lead is longer
        ("2027-02-07", ["lantern_festival-2027"]),
        ("2027-03-22", ["qingming-2027"]),
        ("2028-09-17", ["mid_autumn_national_day-2028"]),  # 中秋 is on 3 October: National Day comes first
        ("2027-09-01", ["mid_autumn_national_day-2027"]),
        ("2027-11-15", []),
    ],
)
def test_an_occasion_is_due_from_its_lead_until_its_day(today: str, keys: list[str]) -> None:
    assert [due.key for due in OCCASIONS.due(date.fromisoformat(today))] == keys


def test_every_occasion_comes_once_in_every_year_that_is_entered() -> None:
    """Also where two fall into one year of the Gregorian calendar."""
    first, last = date(2026, 2, 16), date(2036, 1, 31)
    found = {
        due.key: due for number in range((last - first).days) for due in OCCASIONS.due(first + timedelta(days=number))
    }
    moving = [due for due in found.values() if isinstance(due.occasion.rule, Named)]
    counted = Counter(due.occasion.key for due in moving)
    assert counted == {each.key: 10 for each in OCCASIONS.each if isinstance(each.rule, Named)}
    assert len({(due.occasion.key, due.day) for due in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        (Fixed(5, 1), 2027, "2027-05-01"),
        (NthWeekday(5, 6, 3), 2026, "2026-05-17"),
        (NthWeekday(5, 6, 3), 2027, "2027-05-16"),
        (NthWeekday(2, 0, 1), 2027, "2027-02-01"),
        (Named("mid_autumn_festival"), 2031, "2031-10-01"),
        (Earliest((Named("mid_autumn_festival"), Fixed(10, 1))), 2028, "2028-10-01"),
        (Earliest((Named("mid_autumn_festival"), Fixed(10, 1))), 2029, "2029-09-22"),
    ],
)
def test_a_rule_gives_its_day(rule: dates.Rule, year: int, day: str) -> None:
    assert rule.day(year, OCCASIONS.moving) == date.fromisoformat(day)


def test_in_a_year_that_is_not_entered_only_what_stands_is_due() -> None:
    assert Earliest((Named("mid_autumn_festival"), Fixed(10, 1))).day(2040, OCCASIONS.moving) is None
    due = {
        due.occasion.key
        for number in range(365)
        for due in OCCASIONS.due(date(2040, 1, 1) + timedelta(days=number))
        if due.day.year == 2040
    }
    assert due == {"new_year", "labour_day", "disability_day", "flood_season", "school_season"}


@pytest.mark.parametrize(
    ("today", "missing"), [("2026-06-01", []), ("2026-11-01", []), ("2026-11-03", [2027]), ("2027-03-01", [2027])]
)
def test_a_year_without_dates_is_noticed_before_the_first_lead_of_it_begins(today: str, missing: list[int]) -> None:
    moving = {2026: OCCASIONS.moving[2026]}
    assert replace(OCCASIONS, moving=moving).missing_years(date.fromisoformat(today)) == missing


def test_a_year_is_missed_earlier_than_any_lead_reaches() -> None:
    assert max(each.lead_days for each in OCCASIONS.each) < calendar.SOON.days


def test_every_occasion_has_a_template_and_a_name_of_its_own() -> None:
    assert {each.template for each in OCCASIONS.each} <= template_files.load(CONFIG_DIR).by_key.keys()
    assert len({each.name for each in OCCASIONS.each}) == len(OCCASIONS.each)


@pytest.mark.parametrize("wrong", ["spring_festivall", "13-01", "02-29", "1-1"])
def test_a_date_that_cannot_be_read_is_refused(wrong: str, tmp_path: Path) -> None:
    folder = copytree(CONFIG_DIR / "broadcasts", tmp_path / "broadcasts")
    (folder / "occasions.toml").write_text(f'[x]\nname = "x"\non = "{wrong}"\ntemplate = "new_year"\n', "utf-8")
    with pytest.raises(ValueError, match=r"date|month|format"):
        occasion_files.load(tmp_path)
