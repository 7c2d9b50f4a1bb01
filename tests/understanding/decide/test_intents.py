"""What a message is for, also in natural words, and with the bot's question in mind."""

import pytest

from bot.understanding import Reader, Speaker
from tests.understanding.conftest import TABLES

ROWS = [
    tuple(line.split(" ", 1))
    for line in (TABLES / "intents.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("intent", "text"), ROWS, ids=[text for _, text in ROWS])
def test_a_message_has_its_intent(reader: Reader, intent: str, text: str) -> None:
    assert reader.understand(text).intent == intent


@pytest.mark.parametrize(
    ("asked", "text", "intent"),
    [
        ("community", "陈桥", "append"),
        ("place", "三栋二单元五零一", "append"),
        ("place", "另外路灯也坏了", "request"),
        (None, "5", "chitchat"),
    ],
)
def test_the_open_question_is_part_of_the_reading(reader: Reader, asked: str | None, text: str, intent: str) -> None:
    assert reader.understand(text, Speaker(asked=asked)).intent == intent


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 80
