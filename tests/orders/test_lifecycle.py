"""The life of an order: the table is complete, agrees with docs/orders.md, and every event has its sentence."""

from pathlib import Path

import pytest

from bot import texts
from bot.orders.lifecycle import ACTIONS, LIFE, MAY, TELL, UNDOABLE, Actor, State, as_markdown
from config.settings import CONFIG_DIR, ROOT

TEXTS = texts.load(CONFIG_DIR)
OUTCOMES = ("confirmed", "no_reply", "explained", "unmet", "referred", "merged", "rejected", "withdrawn")


def test_the_page_about_orders_shows_the_table_itself() -> None:
    page = (ROOT / "docs" / "orders.md").read_text("utf-8")
    shown = page.split("<!-- lifecycle -->")[1].split("<!-- /lifecycle -->")[0].strip()
    assert shown == as_markdown()


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_sentences_for_the_story_and_for_everybody_told(action: str) -> None:
    assert TEXTS.has(f"did.{action}")
    for told in TELL[action]:
        assert TEXTS.has(f"notice.{action}_{told}"), f"notice.{action}_{told}"


@pytest.mark.parametrize(
    "event",
    [
        "place_staff",
        "place_duty",
        "place_danger",
        "place_restricted",
        "kept",
        "late",
        "broadcast",
        "broadcast_review",
        "broadcast_rejected",
    ],
)
def test_every_other_event_has_its_sentence(event: str) -> None:
    assert TEXTS.has(f"notice.{event}")


def test_every_notice_about_an_order_has_a_line_for_a_card_that_fits_its_field() -> None:
    assert set(TEXTS.sentences["brief"]) == set(TEXTS.sentences["notice"])
    for event in TEXTS.sentences["brief"]:
        assert len(TEXTS.say(f"brief.{event}", who="欧阳建国同志", handler="欧阳建国同志", number=12345)) <= 20, event


def test_closing_moves_have_an_outcome_and_only_they_do() -> None:
    for (state, action), move in LIFE.items():
        closes = move.to == State.CLOSED and state != State.CLOSED
        assert (move.outcome in OUTCOMES) == closes, (state, action)


def test_every_outcome_and_state_can_be_reached() -> None:
    reached = {move.to for move in LIFE.values() if move.to is not None} | {State.SUBMITTED}
    assert reached == set(State)
    assert {move.outcome for move in LIFE.values() if move.outcome} == set(OUTCOMES)


def test_only_taking_back_leads_to_no_state_of_its_own() -> None:
    assert {action for (_, action), move in LIFE.items() if move.to is None} == {"undo"}
    assert {state for (state, action) in LIFE if action == "undo"} == {
        move.to for (_, action), move in LIFE.items() if action in UNDOABLE
    }


def test_nobody_but_the_clock_acts_for_the_clock() -> None:
    shared = {"separate"}  # staff find that it is another matter
    assert all((Actor.CLOCK in may) == (may == (Actor.CLOCK,)) for action, may in MAY.items() if action not in shared)


def test_a_closed_order_can_only_be_added_to_rated_or_reopened() -> None:
    added = {"append", "attach", "detail", "note"}
    assert {action for (state, action) in LIFE if state == State.CLOSED} == added | {
        "rate",
        "reopen",
        "separate",
        "undo",
    }


def test_every_sentence_in_the_locale_is_plain_and_fits_one_reply() -> None:
    for path in sorted(Path(CONFIG_DIR, "locale", "zh_CN").glob("*.toml")):
        assert path.read_text("utf-8").strip(), path
