"""The effects of actions: every row of the table names real columns, and the columns that follow are the right ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.orders.effects import EFFECTS, NOTE_SHOWN, SAID_BY_RESIDENT, columns
from bot.orders.lifecycle import ACTIONS, LIFE, MAY, Actor, State
from bot.orders.order import Order
from bot.orders.time_limits import calendar, limits
from bot.store.tables import orders
from config.settings import CONFIG_DIR

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock in the office
DUE = NOW + timedelta(days=3)
LIMITS, CALENDAR = limits.load(CONFIG_DIR), calendar.load(CONFIG_DIR)


@dataclass(frozen=True)
class Standing:
    """As much of an order as its changes follow from."""

    state: State
    urgency: str = "U2"
    round: int = 0
    ring: int = 0
    due_at: datetime | None = DUE


def changed(state: State, action: str, doer_id: int = 7) -> dict[str, Any]:
    order = cast(Order, Standing(state))
    return columns(order, LIFE[state, action], action, doer_id, NOW, LIMITS, CALENDAR, sla="S3", ring=0)


def test_the_table_names_actions_and_columns_that_there_are() -> None:
    assert set(EFFECTS) == set(ACTIONS)
    for (state, action), _ in LIFE.items():
        assert set(changed(state, action)) <= set(orders.c.keys()), action


def test_only_who_accepts_or_claims_becomes_the_handler() -> None:
    assert {action for (state, action) in LIFE if changed(state, action).get("handler_id") == 7} == {"accept", "claim"}


@pytest.mark.parametrize("action", ["invite", "publish", "return", "release"])
def test_what_is_given_back_has_no_handler(action: str) -> None:
    states = [state for state in State if (state, action) in LIFE]
    assert states
    assert all(changed(state, action)["handler_id"] is None for state in states)


def test_what_was_not_solved_stays_with_the_handler_and_what_was_closed_goes_back_to_staff() -> None:
    again, anew = changed(State.DONE, "reopen"), changed(State.CLOSED, "reopen")
    assert "handler_id" not in again
    assert anew["handler_id"] is None
    for values in (again, anew):
        assert (values["round"], values["outcome"], values["closed_at"], values["solved"]) == (1, None, None, False)
        assert values["due_at"] == LIMITS.rework_due_at("S3", NOW, CALENDAR)
    assert again["step_due_at"] == again["due_at"]


@pytest.mark.parametrize(
    ("state", "action", "stamped"),
    [
        (State.ACCEPTED, "finish", {"done_at"}),
        (State.DONE, "ask_again", {"asked_again_at"}),
        (State.NEEDS_INFO, "nudge", {"asked_again_at"}),
        (State.DONE, "call", {"warned_at"}),
        (State.ACCEPTED, "warn", {"warned_at"}),
        (State.ACCEPTED, "escalate", {"escalated_at"}),
        (State.SUBMITTED, "register", {"petition_at"}),
        (State.SUBMITTED, "give_notice", {"petition_told_at"}),
        (State.SUBMITTED, "petition_late", {"petition_escalated_at", "petition_warned_at"}),
        (State.SUBMITTED, "append", set()),
    ],
)
def test_an_action_stamps_its_own_columns(state: State, action: str, stamped: set[str]) -> None:
    values = changed(state, action)
    assert {name for name, value in values.items() if value == NOW} - {"updated_at", "step_at"} == stamped


def test_closing_sets_the_outcome_and_ends_the_step() -> None:
    values = changed(State.DONE, "confirm")
    assert (values["outcome"], values["closed_at"], values["step_due_at"]) == ("confirmed", NOW, None)
    assert values["solved"] is True


def test_a_registered_petition_is_due_in_fifteen_days() -> None:
    assert changed(State.SUBMITTED, "register")["petition_due_at"] == NOW + timedelta(days=15)


def test_an_addition_leaves_the_step_and_a_question_asked_again_restarts_it() -> None:
    assert "step_at" not in changed(State.SUBMITTED, "append")
    assert changed(State.NEEDS_INFO, "ask")["step_at"] == NOW


def test_only_residents_speak_in_what_a_resident_says() -> None:
    assert {action for action in ACTIONS if Actor.RESIDENT in MAY[action]} - {"place", "join"} == SAID_BY_RESIDENT


def test_the_resident_reads_the_reasons_of_staff_but_no_note_between_them() -> None:
    assert {"ask", "refer", "reject", "explain", "unmet", "merge", "finish"} <= NOTE_SHOWN
    assert not NOTE_SHOWN & {"urge", "decline", "return", "recategorise", "register", "give_notice"}
