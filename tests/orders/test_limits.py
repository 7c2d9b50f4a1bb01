"""Time limits: each of the office's figures leads to the right moment."""

import csv
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.orders.time_limits import calendar, limits
from bot.orders.time_limits.limits import NEVER, counting
from config.settings import CONFIG_DIR

CALENDAR = calendar.load(CONFIG_DIR)
LIMITS = limits.load(CONFIG_DIR)
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("sla", "spent"),
    [
        ("S0", timedelta(minutes=10)),
        ("S1", timedelta(hours=24)),
        ("S2", timedelta(days=5)),  # three working days from a Friday
        ("S3", timedelta(days=7)),
        ("S4", timedelta(days=14)),  # ten working days
        ("SW", timedelta(days=15)),
        ("SM", timedelta(days=30)),
        ("SR", timedelta(days=3)),  # one working day from a Friday
    ],
)
def test_the_whole_matter_is_due_as_the_catalogue_says(sla: str, spent: timedelta) -> None:
    assert LIMITS.due_at(sla, "U3", FRIDAY, CALENDAR) - FRIDAY == spent


@pytest.mark.parametrize(
    ("sla", "urgency", "spent"),
    [
        ("S4", "U0", timedelta(minutes=10)),
        ("S4", "U1", timedelta(hours=24)),
        ("S0", "U1", timedelta(minutes=10)),
        ("S3", "U2", timedelta(days=7)),
    ],
)
def test_danger_shortens_the_limit_and_never_lengthens_it(sla: str, urgency: str, spent: timedelta) -> None:
    assert LIMITS.due_at(sla, urgency, FRIDAY, CALENDAR) - FRIDAY == spent


def test_every_category_of_the_catalogue_has_its_limit() -> None:
    with (CONFIG_DIR / "categories.csv").open(encoding="utf-8") as file:
        named = {row["sla"] for row in csv.DictReader(file)}
    assert named
    assert named <= set(LIMITS.matter)


@pytest.mark.parametrize(
    ("state", "urgency", "spent"),
    [
        ("submitted", "U3", timedelta(days=3)),  # one working day from a Friday
        ("submitted", "U1", timedelta(minutes=30)),
        ("submitted", "U0", timedelta(minutes=10)),
        ("needs_info", "U3", timedelta(days=3)),
        ("offered", "U3", timedelta(hours=24)),
        ("offered", "U1", timedelta(hours=2)),
        ("done", "U3", timedelta(days=7)),
    ],
)
def test_each_step_is_due_in_natural_time_or_working_days(state: str, urgency: str, spent: timedelta) -> None:
    due = LIMITS.step_due_at(state, urgency, FRIDAY, CALENDAR)
    assert due is not None
    assert due - FRIDAY == spent


def test_an_open_wish_has_ten_days_in_three_rings() -> None:
    ends = [LIMITS.step_due_at("open", "U3", FRIDAY, CALENDAR, ring=ring) for ring in range(4)]
    assert [end and (end - FRIDAY).days for end in ends] == [3, 3, 4, 4]
    assert sum(LIMITS.rings) == 10


def test_who_accepted_has_until_the_matter_is_due_and_a_closed_order_waits_for_nobody() -> None:
    due = FRIDAY + timedelta(days=7)
    assert LIMITS.step_due_at("accepted", "U3", FRIDAY, CALENDAR, due_at=due) == due
    assert LIMITS.step_due_at("closed", "U3", FRIDAY, CALENDAR, due_at=due) is None


def test_a_warning_comes_after_three_quarters_of_the_time() -> None:
    due = FRIDAY + timedelta(hours=20)
    assert LIMITS.warn_at("submitted", FRIDAY, due) == FRIDAY + timedelta(hours=15)
    assert LIMITS.warn_at("accepted", FRIDAY, due) == FRIDAY + timedelta(hours=16)


def test_what_was_not_solved_is_due_again_in_half_the_time_but_a_working_day_at_least() -> None:
    assert LIMITS.rework_due_at("SW", FRIDAY, CALENDAR) == FRIDAY + timedelta(days=7.5)
    assert LIMITS.rework_due_at("S1", FRIDAY, CALENDAR) == CALENDAR.add_working_days(FRIDAY, 1)


def test_the_office_s_numbers_are_those_it_decided() -> None:
    assert (LIMITS.question_minutes, LIMITS.belongs_minutes) == (10, 30)
    assert (LIMITS.claims_per_member, LIMITS.bind_days) == (3, 14)
    assert (LIMITS.ask_again_days, LIMITS.no_reply_days) == (2, 7)


def test_skills_are_known_for_wishes_that_need_one_and_empty_elsewhere() -> None:
    assert "水电" in LIMITS.skills_for("0102")
    assert LIMITS.skills_for("0501") == frozenset()


@pytest.mark.parametrize(("urgency", "sla"), [("U0", "S3"), ("U1", "S3"), ("U3", "S1")])
def test_another_systems_limit_makes_none_later_that_counts_in_hours(urgency: str, sla: str) -> None:
    own = LIMITS.due_at(sla, urgency, FRIDAY, CALENDAR)
    assert LIMITS.due_at(sla, urgency, FRIDAY, CALENDAR, other=FRIDAY + timedelta(days=5)) == own
    sooner = FRIDAY + timedelta(minutes=5)
    assert LIMITS.due_at(sla, urgency, FRIDAY, CALENDAR, other=sooner) == sooner


def test_another_systems_limit_replaces_that_of_an_ordinary_matter() -> None:
    other = FRIDAY + timedelta(days=20)
    assert LIMITS.due_at("S3", "U3", FRIDAY, CALENDAR, other=other) == other


def test_of_an_urgent_order_the_first_step_counts_of_others_the_matter() -> None:
    step, due = FRIDAY + timedelta(minutes=30), FRIDAY + timedelta(days=1)
    assert counting("U1", "submitted", due, step) == step
    assert counting("U1", "accepted", due, due) == due
    assert counting("U3", "submitted", due, step) == due
    assert counting("U0", "submitted", None, step) == NEVER
