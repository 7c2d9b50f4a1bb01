"""In which turn the channels are tried for one letter; of a broadcast's reminders each round goes by the next channel."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from bot.broadcasts.life import FIRST
from bot.services.notices.letter import Letter
from workers.channels import CHANNELS
from workers.channels.channel import Means, Share

SMS, GROUP = "sms", "wecom"


class Way(Enum):
    """What a channel is to a letter."""

    NEW_WORDS = auto()  # it says the body, or a part of it, and took no earlier round
    NEW_POINTER = auto()  # it says what it is about and where to read it, and took no earlier round
    WORDS = auto()  # as these, whatever it took
    POINTER = auto()
    SHORT = auto()  # a short message
    GROUP = auto()  # a post for many: for whom nothing else reaches


ROUNDS: Mapping[int, Sequence[Way]] = {
    FIRST: (Way.WORDS, Way.POINTER, Way.GROUP),
    1: (Way.NEW_WORDS, Way.NEW_POINTER, Way.WORDS, Way.POINTER, Way.GROUP),
    2: (Way.SHORT, Way.NEW_WORDS, Way.NEW_POINTER, Way.WORDS, Way.POINTER, Way.GROUP),
}
"""By round: which ways are tried, one after the other. Of one way the channel that says more comes first, then the order of the
person or the office. docs/broadcasts.md says it in words. A correction goes as the first round."""


def order(means: Means, letter: Letter) -> Sequence[str]:
    """The person's own order of channels, else the office's; unknown names are passed over. What must be told whole goes by
    ROUNDS."""
    own = [name.strip() for name in (letter.row.channels or "").split(",") if name.strip()]
    known = [name for name in (own or means.order()) if name in CHANNELS]
    if not letter.is_to_be_whole:
        return known
    ways = ROUNDS.get(letter.row.round, ROUNDS[FIRST])
    share = {name: CHANNELS[name].says(means, letter) for name in known}

    def turn(name: str) -> tuple[int, int]:
        mine = _ways(name, share[name], is_new=name not in letter.earlier)
        return next(at for at, way in enumerate(ways) if way in mine), -share[name]

    return sorted(known, key=turn)


def _ways(name: str, share: Share, *, is_new: bool) -> set[Way]:
    if name == GROUP:
        return {Way.GROUP}
    found = {Way.POINTER} if share == Share.NOTHING else {Way.WORDS}
    if is_new:
        found.add(Way.NEW_POINTER if share == Share.NOTHING else Way.NEW_WORDS)
    return found | {Way.SHORT} if name == SMS else found
