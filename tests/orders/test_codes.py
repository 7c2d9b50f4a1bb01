"""Order codes: one mistyped digit or two swapped ones never name another order."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.orders import codes

CODES = st.builds(
    lambda seed, length: codes.new_code(random.Random(seed).randrange, length),
    st.integers(0),
    st.sampled_from(codes.LENGTHS),
)


@settings(deadline=None)
@given(CODES)
def test_a_new_code_is_valid_and_does_not_begin_with_zero(code: str) -> None:
    assert codes.is_valid(code)
    assert code[0] != "0"


@settings(deadline=None)
@given(CODES, st.data())
def test_every_single_wrong_digit_is_caught(code: str, data: st.DataObject) -> None:
    spot = data.draw(st.integers(0, len(code) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != code[spot])
    assert not codes.is_valid(code[:spot] + digit + code[spot + 1 :])


@settings(deadline=None)
@given(CODES, st.data())
def test_every_swap_of_neighbours_is_caught(code: str, data: st.DataObject) -> None:
    spot = data.draw(st.integers(0, len(code) - 2))
    assume(code[spot] != code[spot + 1])
    assert not codes.is_valid(code[:spot] + code[spot + 1] + code[spot] + code[spot + 2 :])


def test_a_code_has_seven_digits_unless_told_otherwise() -> None:
    assert len(codes.new_code(random.Random(1).randrange)) == 7


@pytest.mark.parametrize("length", codes.LENGTHS)
def test_the_smallest_and_the_largest_draw_have_the_right_length(length: int) -> None:
    smallest, largest = codes.new_code(lambda n: 0, length), codes.new_code(lambda n: n - 1, length)
    assert (len(smallest), len(largest)) == (length, length)
    assert smallest[:-1] == "1" + "0" * (length - 2)
    assert largest[:-1] == "9" * (length - 1)


@pytest.mark.parametrize(
    "said", ["", "12345", "123456789", "12a4567", "１２３４５６７", "١٢٣٤٥٦٧", "1234567 ", "-123456"]
)
def test_what_is_not_six_to_eight_plain_digits_is_no_code(said: str) -> None:
    assert not codes.is_valid(said)
