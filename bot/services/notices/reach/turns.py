"""In which turn the channels are tried for one letter; of a broadcast's reminders each round goes by the next channel."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto

from bot.broadcasts.life import FIRST
from bot.services.notices.reach import REACHES
from bot.services.notices.reach.ways import Share, Ways
from bot.services.notices.words.letter import Letter

SMS, GROUP = "sms", "wecom"


class Kind(StrEnum):
    """What a channel is to a letter."""

    NEW_WORDS = auto()  # it says the body, or a part of it, and took no earlier round
    NEW_POINTER = auto()  # it says what it is about and where to read it, and took no earlier round
    WORDS = auto()  # as these, whatever it took
    POINTER = auto()
    MASS = (
        auto()
    )  # a message for many, of which each person can get few a month: where nothing else says any of the words
    SHORT = auto()  # a short message
    GROUP = auto()  # a post for many: for whom nothing else reaches


ROUNDS: Mapping[int, Sequence[Kind]] = {
    FIRST: (Kind.WORDS, Kind.MASS, Kind.POINTER, Kind.GROUP),
    1: (Kind.NEW_WORDS, Kind.NEW_POINTER, Kind.WORDS, Kind.POINTER, Kind.MASS, Kind.GROUP),
    2: (Kind.SHORT, Kind.NEW_WORDS, Kind.NEW_POINTER, Kind.WORDS, Kind.POINTER, Kind.MASS, Kind.GROUP),
}
"""By round: which ways are tried, one after the other. Of one way the channel that says more comes first, then the order of the
person or the office. docs/broadcasts.md says it in words. A correction goes as the first round."""


def in_turn(ways: Ways, letter: Letter, names: Sequence[str]) -> Sequence[str]:
    """The channels in the order of ROUNDS; those of one kind stay in the order given."""
    kinds = ROUNDS.get(letter.row.round, ROUNDS[FIRST])
    share = {name: REACHES[name].says(ways, letter) for name in names}

    def turn(name: str) -> tuple[int, int]:
        mine = _kinds(name, share[name], is_new=name not in letter.earlier)
        return next(at for at, kind in enumerate(kinds) if kind in mine), -share[name]

    return sorted(names, key=turn)


def _kinds(name: str, share: Share, *, is_new: bool) -> set[Kind]:
    if name == GROUP:
        return {Kind.GROUP}
    if REACHES[name].is_scarce:
        return {Kind.MASS}
    found = {Kind.POINTER} if share == Share.NOTHING else {Kind.WORDS}
    if is_new:
        found.add(Kind.NEW_POINTER if share == Share.NOTHING else Kind.NEW_WORDS)
    return found | {Kind.SHORT} if name == SMS else found
