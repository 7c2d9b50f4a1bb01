"""Short messages, through the office's account at a provider."""

from datetime import datetime

from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    assert means.sms is not None
    return Sent(means.sms.send(letter, now), whole=False, points=True)
