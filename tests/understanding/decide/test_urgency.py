"""Danger is heard, and talk about danger is told from it."""

import pytest

from bot.understanding import Reader
from tests.understanding.conftest import TABLES

ROWS = [line.split(" ", 2) for line in (TABLES / "urgency.txt").read_text("utf-8").splitlines() if line.startswith("U")]


@pytest.mark.parametrize(("level", "kind", "text"), ROWS, ids=[row[2] for row in ROWS])
def test_a_message_has_its_urgency(reader: Reader, level: str, kind: str, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger or "-") == (level, kind)


def test_the_table_has_enough_traps() -> None:
    assert sum(level == "U0" for level, _, _ in ROWS) >= 30
    assert sum(level == "U3" for level, _, _ in ROWS) >= 30


@pytest.mark.parametrize("text", ["老公又打我", "不想活了没意思", "有个孩子被他后爸虐待，浑身是伤"])
def test_violence_self_harm_and_children_go_to_the_sealed_queue(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"


def test_other_danger_to_life_is_an_emergency_and_a_request(reader: Reader) -> None:
    read = reader.understand("你好，谢谢，我家着火了")
    assert (read.lane, read.category, read.intent) == ("emergency", "0801", "request")


def test_a_past_fire_does_not_land_in_the_emergency_lane(reader: Reader) -> None:
    assert reader.understand("去年着火那家房子什么时候修").lane != "emergency"


def test_danger_is_heard_inside_a_command(reader: Reader) -> None:
    read = reader.understand("补充 1234567 现在着火了")
    assert (read.intent, read.urgency, read.danger) == ("append", "U0", "fire")
