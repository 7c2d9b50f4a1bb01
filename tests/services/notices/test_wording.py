"""The ways by which people are told and the reasons why not, in the words that staff read."""

import pytest

from bot.services.notices.words import wording
from bot.texts import load
from config.settings import CONFIG_DIR
from workers.channels import CHANNELS

TEXTS = load(CONFIG_DIR)


def test_every_channel_has_a_name() -> None:
    assert not [name for name in (*CHANNELS, "reply") if wording.way(TEXTS, name) == name]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("not bound", "还没有绑定公众号"),
        ("43101 user refuse to accept the msg", "本人没有同意接收这种通知"),
        ("-1 system error", "平台忙，稍后再发"),
        ("12345 something new", "平台说：12345 something new"),
        (None, "没有写明原因"),
        ("", "没有写明原因"),
    ],
)
def test_a_reason_is_said_in_words(reason: str | None, said: str) -> None:
    assert wording.why(TEXTS, reason) == said
