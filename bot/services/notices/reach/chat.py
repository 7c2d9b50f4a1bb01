"""Customer-service messages: whole sentences, but only within the window a person opened."""

from datetime import datetime
from typing import Literal

from bot.services.notices.reach.ways import Reach, Share, Ways
from bot.services.notices.words.letter import Letter

RESERVE = 2  # of the five messages that the platform allows within 48 hours
URGENT = 0  # the priority of notices of U0 and U1


def window(letter: Letter, now: datetime) -> Literal["chat", "click"] | None:
    """The open window that is to be used: the short one first, it is over sooner."""
    row = letter.row
    if row.click_until is not None and row.click_until > now and row.click_left > 0:
        return "click"
    if row.chat_until is not None and row.chat_until > now and chat_left(letter) > 0:
        return "chat"
    return None


def chat_left(letter: Letter) -> int:
    """The last messages of the long window are kept for what is urgent: whoever floods one order's people with words must
    not use up what tells them of a danger."""
    reserve = 0 if letter.row.priority == URGENT else RESERVE
    return int(letter.row.chat_left) - reserve


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    return window(letter, now) is not None


def _says(ways: Ways, letter: Letter) -> Share:
    return Share.WHOLE


REACH = Reach(_fits, _says, needs_window=True)
