"""How long somebody helped."""

import pytest

from bot.understanding.extract.time import minutes_spent


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("换好了，用时1.5小时", 90), ("忙了一个半小时", 90), ("花了四十分钟", 40), ("用了半个小时", 30), ("服务了2小时", 120),
        ("用时 十二 分钟", None), ("大概用了两个钟头", 120), ("做了3小时半", 210), ("换好了", None), ("两小时后来", None), ("用时99小时", None),
        ("用时0分钟", None), ("用时1.2.3小时", None),
    ],
)  # fmt: skip
def test_minutes(said: str, number: int | None) -> None:
    assert minutes_spent(said) == number
