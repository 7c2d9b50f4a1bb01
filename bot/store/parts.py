"""Many values, in parts that one statement takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

MOST = 500  # values of one statement, for SQLite's limit


def parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), MOST):
        yield values[start : start + MOST]
