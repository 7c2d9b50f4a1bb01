"""Working days: weekends, the State Council's holidays, and the make-up workdays that pay for them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.orders.time_limits import calendar
from config.settings import CONFIG_DIR

OFFICE = calendar.load(CONFIG_DIR)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment on the office's wall clock."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-01-26", True),  # a Sunday worked for the Spring Festival
        ("2025-01-28", False),  # New Year's Eve is a holiday of its own since 2025
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-13", True),
        ("2026-02-14", True),  # the Saturday before the Spring Festival
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),  # the Saturday after it
        ("2026-04-06", False),
        ("2026-05-09", True),
        ("2026-06-19", False),
        ("2026-09-20", True),  # a Sunday worked for National Day
        ("2026-09-25", False),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-11-21", False),  # an ordinary Saturday
        ("2026-11-23", True),
    ],
)
def test_a_day_is_worked_or_free_as_the_notice_of_its_year_says(day: str, working: bool) -> None:
    assert OFFICE.is_workday(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (at("2026-11-23"), 1, at("2026-11-24")),
        (at("2026-11-20"), 1, at("2026-11-23")),  # over a weekend
        (at("2026-09-30"), 1, at("2026-10-08")),  # over National Day
        (at("2026-09-30"), 3, at("2026-10-10")),  # and into its make-up Saturday
        (at("2026-02-13"), 1, at("2026-02-14")),  # a make-up Saturday counts
        (at("2026-02-14"), 1, at("2026-02-24")),  # over the Spring Festival
        (at("2026-02-27", "16:00"), 2, at("2026-03-02", "16:00")),
        (at("2026-11-23"), 10, at("2026-12-07")),
        (at("2026-11-23", "06:15"), 1, at("2026-11-24", "08:30")),  # before the office opens
        (at("2026-11-23", "08:30"), 1, at("2026-11-24", "08:30")),
        (at("2026-11-23", "17:30"), 1, at("2026-11-25", "08:30")),  # after it closed: counted from tomorrow
        (at("2026-11-21", "12:00"), 1, at("2026-11-24", "08:30")),  # said on a Saturday: counted from Monday
        (at("2026-10-03"), 3, at("2026-10-12", "08:30")),  # said in a holiday
        (at("2026-11-21", "12:00"), 0, at("2026-11-23", "08:30")),
    ],
)
def test_working_days_are_counted_from_the_first_working_moment(start: datetime, days: int, end: datetime) -> None:
    assert OFFICE.add_working_days(start, days) == end


def test_the_day_is_the_office_s_day_and_not_that_of_greenwich() -> None:
    friday_morning = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    sunday_evening = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday 07:00 in Shanghai
    assert OFFICE.add_working_days(friday_morning, 1) == at("2026-11-23", "09:00")
    assert OFFICE.add_working_days(sunday_evening, 1) == at("2026-11-24", "08:30")


@settings(deadline=None)
@given(st.integers(0, 700 * 24 * 60), st.integers(0, 15), st.integers(0, 15))
def test_a_limit_ends_while_the_office_works_and_adds_up(minutes: int, first: int, second: int) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = OFFICE.add_working_days(start, first)
    assert end >= start
    assert OFFICE.is_workday(end.date())
    assert OFFICE.opens <= end.time() < OFFICE.closes
    assert OFFICE.add_working_days(end, second) == OFFICE.add_working_days(start, first + second)


def test_every_make_up_day_is_a_weekend_and_no_holiday() -> None:
    assert all(day.weekday() >= 5 for day in OFFICE.makeup_days)
    assert not OFFICE.makeup_days & OFFICE.holidays


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2025-06-01", []), ("2026-11-01", []), ("2026-11-24", [2027]), ("2027-03-01", [2027])],
)
def test_a_year_without_holidays_is_noticed_before_it_begins(today: str, missing: list[int]) -> None:
    entered = replace(OFFICE, years=frozenset({2025, 2026}))
    assert entered.missing_years(date.fromisoformat(today)) == missing


@pytest.mark.parametrize(("today", "provisional"), [("2026-11-01", []), ("2026-11-24", [2027]), ("2027-10-01", [2027])])
def test_a_year_of_which_only_the_statutory_dates_are_known_is_noticed(today: str, provisional: list[int]) -> None:
    entered = replace(OFFICE, provisional=frozenset({2027}))
    assert entered.provisional_years(date.fromisoformat(today)) == provisional


def test_a_provisional_year_holds_the_thirteen_statutory_days_and_no_make_up_workday() -> None:
    for year in OFFICE.provisional:
        assert len([day for day in OFFICE.holidays if day.year == year]) == 13
        assert [day for day in OFFICE.makeup_days if day.year == year] == []


@pytest.mark.parametrize("day", ["2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"])
def test_a_statutory_day_of_2027_is_no_workday(day: str) -> None:
    assert not OFFICE.is_workday(date.fromisoformat(day))


def test_in_a_year_without_holidays_only_weekends_are_free() -> None:
    day = date(2040, 10, 1)
    week = [day + timedelta(days=n) for n in range(7)]
    assert [OFFICE.is_workday(d) for d in week] == [d.weekday() < 5 for d in week]
