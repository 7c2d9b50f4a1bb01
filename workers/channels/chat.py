"""Customer-service messages: whole sentences, but only within the window a person opened."""

from datetime import datetime

from bot.dialogue import reply_length
from bot.errors import ChannelError
from bot.services.notices.reach.chat import chat_left, window
from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent

PATH = "/cgi-bin/message/custom/send"


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    """In several messages where it is too long for one. What the window or the platform does not take any more is told with
    the next reply."""
    used, parts = window(letter, now), reply_length.parts(letter.text)
    left = letter.row.click_left if used == "click" else chat_left(letter)
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
            return Sent(spent=used, messages=count, whole=False)
    return Sent(spent=used, messages=len(parts), whole=whole)
