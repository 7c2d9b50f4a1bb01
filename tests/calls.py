"""Counts calls of a function: work does not depend on how busy the machine is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, FunctionType
from typing import Any


@contextmanager
def calls_of(function: Callable[..., Any], argument: str) -> Iterator[list[Any]]:
    """The values of this argument, one for each call within the context, in this thread."""
    assert isinstance(function, FunctionType)
    seen, code = list[Any](), function.__code__

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is code:
            seen.append(frame.f_locals[argument])

    sys.setprofile(look)
    try:
        yield seen
    finally:
        sys.setprofile(None)
