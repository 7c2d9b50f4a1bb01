"""Mass messages: one call for many followers, of which each notice learns whether it was in it."""

from datetime import datetime

from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    assert means.mass is not None
    return Sent(means.mass.told(letter, now))
