"""Order codes: short digits, the last one a check digit, so that one mistyped digit never names another order."""

from collections.abc import Callable

from stdnum import verhoeff

LENGTHS = (6, 7, 8)


def new_code(draw: Callable[[int], int], length: int = 7) -> str:
    """A code of `length` digits; `draw(n)` gives a number from 0 to n-1. The first digit is never 0."""
    smallest = 10 ** (length - 2)
    body = str(smallest + draw(9 * smallest))
    return body + str(verhoeff.calc_check_digit(body))


def is_valid(code: str) -> bool:
    """Whether this can be an order's code; every single wrong digit and every swap of neighbours is caught."""
    return len(code) in LENGTHS and code.isascii() and code.isdigit() and bool(verhoeff.is_valid(code))
