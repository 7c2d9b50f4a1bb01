"""The form in which words are compared."""

import pytest

from bot.understanding.normalize import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("好好好好好的", "好好好的"), ("确认归类 7777040", "确认归类 7777040"), ("１３８００００４４４４", "13800004444")],
)
def test_what_is_drawn_out_is_said_three_times_and_numbers_keep_their_digits(text: str, folded: str) -> None:
    assert fold(text) == folded
