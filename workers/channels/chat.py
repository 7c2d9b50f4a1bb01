"""Customer-service messages: whole sentences, but only within the window a person opened."""

from datetime import datetime
from typing import Literal

from bot.dialogue import reply_length
from bot.errors import ChannelError
from bot.services.notices.outbox import Letter
from workers.channels.channel import Channel, Means, Sent, Share

RESERVE = 2  # of the five messages that the platform allows within 48 hours
URGENT = 0  # the priority of notices of U0 and U1
PATH = "/cgi-bin/message/custom/send"


def _window(letter: Letter, now: datetime) -> Literal["chat", "click"] | None:
    """The open window that is to be used: the short one first, it is over sooner."""
    row = letter.row
    if row.click_until is not None and row.click_until > now and row.click_left > 0:
        return "click"
    if row.chat_until is not None and row.chat_until > now and _chat_left(letter) > 0:
        return "chat"
    return None


def _chat_left(letter: Letter) -> int:
    """The last messages of the long window are kept for what is urgent: whoever floods one order's people with words must
    not use up what tells them of a danger."""
    reserve = 0 if letter.row.priority == URGENT else RESERVE
    return int(letter.row.chat_left) - reserve


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    return _window(letter, now) is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    """In several messages where it is too long for one. What the window or the platform does not take any more is told with
    the next reply."""
    window, parts = _window(letter, now), reply_length.parts(letter.text)
    left = letter.row.click_left if window == "click" else _chat_left(letter)
    if len(parts) > left:
        parts = [*parts[: left - 1], parts[left - 1] + "\n" + means.more]
        whole = False
    else:
        whole = True
    for count, part in enumerate(parts):
        body = {"touser": letter.openid, "msgtype": "text", "text": {"content": part}}
        try:
            means.platform.send("chat", PATH, body)
        except ChannelError:
            if not count:
                raise
            return Sent(spent=window, messages=count, whole=False)
    return Sent(spent=window, messages=len(parts), whole=whole)


def _says(means: Means, letter: Letter) -> Share:
    return Share.WHOLE


CHANNEL = Channel(_fits, _says, _send, needs_window=True)
