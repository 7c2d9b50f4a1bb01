"""Customer-service messages: whole sentences, but only within the window a person opened."""

from datetime import datetime
from typing import Literal

from bot.dialogue.reply_length import cut
from bot.services.notices.outbox import Letter
from workers.channels.channel import Channel, Means, Sent

PATH = "/cgi-bin/message/custom/send"


def _window(letter: Letter, now: datetime) -> Literal["chat", "click"] | None:
    """The open window that is to be used: the short one first, it is over sooner."""
    row = letter.row
    if row.click_until is not None and row.click_until > now and row.click_left > 0:
        return "click"
    if row.chat_until is not None and row.chat_until > now and row.chat_left > 0:
        return "chat"
    return None


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    return _window(letter, now) is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    body = {"touser": letter.openid, "msgtype": "text", "text": {"content": cut(letter.text)[0]}}
    means.platform.send("chat", PATH, body)
    return Sent(spent=_window(letter, now))


def _says_body(means: Means, letter: Letter) -> bool:
    return True


CHANNEL = Channel(_fits, _says_body, _send, needs_window=True)
