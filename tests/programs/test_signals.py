"""A signal waits until what was started is noted."""

import os
import signal

import pytest

from tests.programs import signals


@pytest.mark.parametrize("number", signals.ENDING)
def test_a_signal_that_comes_meanwhile_is_handled_afterwards_and_once(number: signal.Signals) -> None:
    told: list[str] = []
    before = signal.signal(number, lambda *_: told.append("signal"))
    try:
        with signals.held_back():
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
            told.append("started")
        assert told == ["started", "signal"]
        os.kill(os.getpid(), number)
        assert told == ["started", "signal", "signal"]
    finally:
        signal.signal(number, before)


def test_a_start_that_fails_still_hands_the_signal_on() -> None:
    def fail() -> None:
        with signals.held_back():
            os.kill(os.getpid(), signal.SIGTERM)
            os.stat("/no such program")

    told: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda *_: told.append("signal"))
    try:
        with pytest.raises(FileNotFoundError):
            fail()
        assert told == ["signal"]
    finally:
        signal.signal(signal.SIGTERM, before)
