"""A short word that is typed wrong is read by its sound; another word is not."""

import re

import pytest

from bot.understanding.extract.sounds import read_sounds, reads_as
from config.settings import CONFIG_DIR

WORDS = ("收到", "已阅", "知道了", "知悉")
ENDINGS = re.compile(r"(?:了|啊|吧|[\W_])*")


def read(said: str) -> bool:
    return reads_as(said, WORDS, read_sounds(CONFIG_DIR), ENDINGS)


@pytest.mark.parametrize(
    "said", ["收倒", "守到", "收到到", "收收到", "收倒了！", "搜到", "以阅", "知到了", "只道了", "shoudao", "SHOU DAO"]
)
def test_the_same_sound_or_a_character_twice_is_the_word(said: str) -> None:
    assert read(said)


@pytest.mark.parametrize(
    "said", ["手套", "找到", "迟到了", "收多少", "收", "到", "首都", "一月", "没收到", "收到货了吗", "周到", "shou", ""]
)
def test_another_word_is_not(said: str) -> None:
    assert not read(said)
