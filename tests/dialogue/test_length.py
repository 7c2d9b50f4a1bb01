"""Long replies are cut at a sentence, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.reply_length import cut


def test_a_short_reply_stays_whole() -> None:
    assert cut("好的。") == ("好的。", "")


def test_a_long_reply_is_cut_at_a_sentence() -> None:
    shown, rest = cut("第一句话说完了。第二句话还没有", limit=30)
    assert (shown, rest) == ("第一句话说完了。", "第二句话还没有")


@given(st.text(alphabet="甲乙。a\n", max_size=300), st.integers(12, 100))
def test_every_piece_fits_and_nothing_but_line_ends_is_lost(text: str, limit: int) -> None:
    pieces, rest = [], text
    while rest:
        shown, rest = cut(rest, limit)
        assert len(shown.encode()) <= limit
        pieces.append(shown)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")
