"""Words typed by their sound are put right where the text as typed says nothing, and only there."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("娄道灯坏了", "0203"),
        ("身份正丢了", "1401"),
        ("拉圾没人收", "0501"),
        ("门进刷不开", "0205"),
        ("路登不亮", "0603"),
        ("肖防通道被占", "0802"),
        ("社宝断交了能补吗", "1101"),
        ("电提坏了好久", "0204"),
    ],
)
def test_a_mistyped_word_is_read_by_its_sound(reader: Reader, typed: str, category: str) -> None:
    assert reader.understand(typed).category == category


def test_a_mended_reading_is_less_sure(reader: Reader) -> None:
    assert reader.understand("电提坏了").confidence < reader.understand("电梯坏了").confidence


@pytest.mark.parametrize("typed", ["屋里有股媒气味", "着伙了快来", "有人触店了"])
def test_danger_is_heard_in_mistyped_words(reader: Reader, typed: str) -> None:
    assert reader.understand(typed).urgency == "U0"


@pytest.mark.parametrize("text", ["家里没气了", "灶火太小", "轻声说话", "一号楼电没了", "没气味了"])
def test_what_is_a_word_as_it_stands_is_left_alone(reader: Reader, text: str) -> None:
    assert reader.chooser.spelling.mend_danger(text) == text
