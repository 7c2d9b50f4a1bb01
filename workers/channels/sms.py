"""Short messages: who writes, what kind of thing it is and where to read it, in the provider's approved words."""

from datetime import datetime

from bot.services.notices import numbers
from bot.services.notices.letter import Letter
from workers.channels.channel import Channel, Means, Sent, Share


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    return means.sms is not None and numbers.has_one(letter.row) and means.sms.template(letter) is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    assert means.sms is not None
    return Sent(means.sms.send(letter, now), whole=False, points=True)


def _says(means: Means, letter: Letter) -> Share:
    return Share.NOTHING


CHANNEL = Channel(_fits, _says, _send, needs_window=False, needs_account=False)
