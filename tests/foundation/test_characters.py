"""What becomes of characters that XML or the database cannot carry."""

import pytest

from bot.characters import clean, parseable


@pytest.mark.parametrize("code", [0x00, 0x02, 0x08, 0x0B, 0x0C, 0x10, 0x1D, 0x1F, 0x7F, 0x85, 0x9F, 0xFFFE, 0xFFFF])
def test_forbidden_characters_are_dropped_raw_and_as_references(code: int) -> None:
    raw = f"路灯{chr(code)}坏了".encode()
    assert parseable(raw) == "路灯坏了"
    assert parseable(f"路灯&#{code};坏了".encode()) == "路灯坏了"
    assert parseable(f"路灯&#x{code:x};坏了&#X00{code:X};".encode()) == "路灯坏了"


@pytest.mark.parametrize("kept", ["路灯\t坏了\n", "&#10;&#x9;", "&#28783;", "&amp;", "&#x1F600;", "😀"])
def test_what_a_document_may_hold_stays(kept: str) -> None:
    assert parseable(kept.encode()) == kept


@pytest.mark.parametrize("reference", ["&#xD800;", "&#x110000;", "&#99999999;", "&#0;"])
def test_references_to_no_character_are_dropped(reference: str) -> None:
    assert parseable(f"路灯{reference}坏了".encode()) == "路灯坏了"


def test_broken_utf_8_and_single_surrogates_become_the_replacement_character() -> None:
    assert parseable("路灯".encode()[:-1] + b"</a>") == "路\ufffd</a>"
    assert clean("路\ud83d灯") == "路\ufffd灯"


@pytest.mark.parametrize(
    "said", ["\u200b", " \u200b\n", "\x00\u200b", "\u200d\ufe0f", "\u3164", "\u2800", "\U000e0001", "\u202e"]
)
def test_a_text_of_which_nothing_can_be_seen_is_empty(said: str) -> None:
    assert clean(said) == ""


@pytest.mark.parametrize(
    "said", ["路灯\u200b坏了", "👨‍👩‍👧", "1️⃣", "❤️", "🏴\U000e0067\U000e0062\U000e007f", " \n", "？"]
)
def test_what_can_be_seen_keeps_its_invisible_parts(said: str) -> None:
    assert clean(said) == said


def test_what_turns_the_direction_of_writing_is_dropped() -> None:
    assert clean("电话\u202e00013\u202c，\u2066路灯\u2069\u200f坏了\u061c") == "电话00013，路灯坏了"
