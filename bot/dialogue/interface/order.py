"""What handlers and the service tell each other about an order."""

from dataclasses import dataclass

from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Part:
    """A picture, voice, video, location or link that belongs to an order."""

    kind: str
    media_id: str | None = None
    label: str | None = None  # a location's or link's words
    heard: bool = False  # words came with it, a voice's own or those of a form: they are the message
    more: tuple[str, ...] = ()  # media ids of further files of this kind


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody an order can be given to, and why."""

    person_id: int
    name: str
    volunteer: bool  # invited, not assigned
    reason: str
    resting: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """A kind of matter that comes up at one place again and again."""

    place: str
    category: str
    number: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message puts right. `right`: the reading of what holds instead. `wrong`: the words that it stands for, as they were said; empty
    where the message only says that something was wrong."""

    right: Understanding
    wrong: str = ""
