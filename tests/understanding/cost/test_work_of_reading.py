"""How much of a text is read, and how often: see also test_time_of_reading.py."""

import pytest

from bot.messages import LONGEST
from bot.understanding import Reader, Speaker
from bot.understanding.decide.category import Classifier
from bot.understanding.decide.segmentation import STARTS
from bot.understanding.extract.places.address import Door
from bot.understanding.extract.places.gazetteer import MOST_DOORS, Gazetteer
from bot.understanding.normalize import simplify
from tests.calls import calls_of

SENTENCE = "金色春天3号楼楼道灯不亮，另外电梯坏了，电话13900001234。"


def test_of_a_text_of_any_length_so_many_characters_are_read(reader: Reader) -> None:
    text = SENTENCE * LONGEST
    with calls_of(Classifier.choose, "text") as chosen:
        read = reader.understand(text)
    assert max(map(len, chosen)) <= LONGEST
    assert read.text == text
    assert read.parts == ()
    assert read.sensitive


def test_others_see_nothing_of_what_is_not_read(reader: Reader) -> None:
    text = "灯" * LONGEST + "电话13900001234"
    assert reader.understand(text).masked == "灯" * LONGEST + "…"
    assert reader.understand(text[1:]).masked.endswith("…")
    assert reader.understand(text[:LONGEST]).masked == "灯" * LONGEST


@pytest.mark.parametrize(
    "piece", ["小区路灯坏了，另外电梯{}坏了，", "路灯坏了{}，还有要问社保，", "1、灯{}坏了 2、没水 "]
)
def test_each_start_of_a_request_has_two_sides_that_are_read(reader: Reader, piece: str) -> None:
    text = "".join(piece.format(number) for number in range(LONGEST))[:LONGEST]
    with calls_of(Classifier.choose, "text") as chosen:
        reader.segmentation.split(simplify(text), danger=False)
    assert len(chosen) <= 2 * STARTS + 1


def test_a_list_of_doors_is_hidden_as_a_whole(reader: Reader) -> None:
    text = "".join(f"{number}栋{number}室" for number in range(100, 500))
    with calls_of(Door.moved, "by") as read:
        masked = reader.mask(text)
    assert len(read) < 2 * MOST_DOORS
    assert not any(character.isdigit() for character in masked[-500:])


def test_what_the_words_show_is_looked_for_once_for_all_speakers(reader: Reader) -> None:
    text = "楼道里有人打架" * 300
    reader.understand(text)
    with calls_of(Gazetteer.find, "plain") as looked_at:
        reader.understand(text, Speaker(asked="which"))
    assert looked_at == []
