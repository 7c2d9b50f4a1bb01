"""The policy of restricted matters: what is one, who may answer for it, and what becomes one of its own."""

from dataclasses import dataclass

import pytest

from bot.orders import restricted
from bot.orders.rights import rights


@dataclass(frozen=True)
class Matter:
    """As much of an order or a reading as the policy asks about."""

    lane: str = "matter"
    urgency: str = "U3"
    category: str = "0101"
    danger: str | None = None
    person_id: int = 1


@pytest.mark.parametrize(("lane", "expected"), [("restricted", True), ("emergency", False), ("wish", False)])
def test_only_the_restricted_lane_is_restricted(lane: str, expected: bool) -> None:
    assert restricted.is_restricted(Matter(lane)) is expected
    assert restricted.is_restricted_lane(lane) is expected
    assert restricted.is_restricted_lane(None) is False


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (Matter("restricted"), True), (Matter("emergency"), True), (Matter("matter", urgency="U0"), True),
        (Matter("matter", urgency="U1"), False), (Matter("wish"), False),
    ],
)  # fmt: skip
def test_restricted_matters_emergencies_and_dangers_to_life_stay_inside(matter: Matter, expected: bool) -> None:
    assert restricted.stays_inside(matter) is expected


@pytest.mark.parametrize(
    ("person_id", "roles", "expected"),
    [
        (2, {"discipline"}, True), (2, {"discipline", "member"}, True), (2, {"admin", "staff"}, False),
        (2, set(), False), (1, {"discipline"}, False),
    ],
)  # fmt: skip
def test_only_the_discipline_staff_answer_and_nobody_for_a_matter_of_their_own(
    person_id: int, roles: set[str], expected: bool
) -> None:
    assert (
        restricted.answers_for(
            Matter("restricted", person_id=1), person_id, rights((role, None, None) for role in roles)
        )
        is expected
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Matter("restricted", category=restricted.REPORT), True),
        (Matter("restricted", category=restricted.PETITION, danger="violence"), True),
        (Matter("restricted", category=restricted.COMPLAINT), False),  # may well be why somebody is not satisfied
        (Matter("restricted", category=restricted.PETITION), False),
        (Matter("matter", category=restricted.REPORT), False),
        (Matter("emergency", danger="fire"), False),
    ],
)
def test_a_reason_that_is_a_report_or_a_danger_at_home_is_set_aside(said: Matter, expected: bool) -> None:
    assert restricted.must_be_set_aside(said) is expected
