"""What a message turned out to mean: the plain records that every other package reads."""

from dataclasses import dataclass, fields, replace

from bot.understanding.lexicon import Rules

_ADDRESS = Rules("address")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, and what kind of question of the bot is still open (None where none is)."""

    roles: frozenset[str] = frozenset()
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the catalogue; `lane` is the lane's English name, `sla` the code of its limit, `people` how many should
    go together. `everyday` is its name for residents, `particular` are names for parts of it with the words that tell."""

    code: str
    level1: str
    level2: str
    name: str
    owner: str
    lane: str
    sla: str
    volunteer: str
    note: str
    people: int
    everyday: str
    particular: tuple[tuple[str, tuple[str, ...]], ...] = ()
    in_own_words: bool = False  # its everyday name says too little: what is wanted is said in the resident's own words

    def called(self, text: str) -> str:
        """What a resident who said this calls the matter, in a few words: the first particular name that a word tells."""
        return next((name for name, words in self.particular if any(word in text for word in words)), self.everyday)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is, as far as it was said. `raw` are the resident's own words for it."""

    community: str | None = None
    estate: str | None = None
    building: str | None = None
    unit: str | None = None
    room: str | None = None
    road: str | None = None
    landmark: str | None = None
    grid: str | None = None
    raw: str | None = None

    @property
    def said(self) -> bool:
        """Whether the message names any place at all."""
        parts = (self.community, self.estate, self.building, self.unit, self.room, self.road, self.landmark, self.grid)
        return any(parts) or bool(self.raw)

    @property
    def guessed(self) -> bool:
        """Whether it is nothing but a road or landmark, which may be no place at all."""
        return self.said and not any((self.community, self.estate, self.building, self.unit, self.room, self.grid))

    @property
    def is_floor(self) -> bool:
        """Whether it is nothing but a floor, which says in no building where it is."""
        return is_floor(self.describe())

    def joined(self, later: "Place", *, corrects: bool = False) -> "Place":
        """With what was said later, which counts: another area or building voids what lay within the earlier one. `corrects`: the later
        words put right what they name, so that unit and room stay where the building alone was wrong, and all three where the estate alone was."""
        if self.is_floor:
            return replace(later, room=later.room or self.room, raw=None)
        estate, road = (bool(new) and new != old for new, old in ((later.estate, self.estate), (later.road, self.road)))
        alone = corrects and self.estate and not (self.road or later.building)
        if road or (estate and not alone):
            return replace(later, raw=None)
        known = replace(self, community=None, grid=None, landmark=None) if estate else self
        if not corrects and later.building and later.building != self.building:
            known = replace(known, unit=None, room=None, landmark=None)
        within = (field.name for field in fields(Place) if field.name != "raw")
        return replace(known, **{name: getattr(later, name) for name in within if getattr(later, name)})

    def describe(self) -> str:
        """The place in a few words for people; empty where nothing was said."""
        area = self.estate or self.road or self.grid or self.community or ""
        words = _ADDRESS.words
        building = f"{self.building}{words['building']}" if self.building else ""
        unit = f"{self.unit}{words['unit']}" if self.unit else ""
        room = self.room or ""
        if room and room[-1].isalnum() and room.isascii():
            room += words["room"]
        return f"{area}{building}{unit}{room}{self.landmark or ''}"


def is_floor(spot: str) -> bool:
    """Whether a place in words is nothing but a floor."""
    return _ADDRESS.floor_alone.fullmatch(spot) is not None


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: its English name, the order's number, and what followed in the sender's own form."""

    name: str
    code: str | None = None
    rest: str = ""
    words: str = ""
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """One message, read. `danger` names the kind of emergency and stands only with urgency U0, `soon` the kind of what
    endangers somebody soon and stands only with U1."""

    text: str
    folded: str
    intent: str
    command: Command | None
    lane: str
    category: str
    confidence: float
    urgency: str
    danger: str | None
    place: Place
    phone: str | None
    when: str | None
    masked: str
    sectors: tuple[tuple[str, float], ...] = ()
    """The first-level classes of the petition catalogue with their shares, best first."""
    request_count: int = 1
    """How many separate requests the message holds."""
    parts: tuple[str, ...] = ()
    """The texts of these requests in the sender's own words; empty where there is only one."""
    rival: str | None = None
    """Another intent that is nearly as likely, where the words alone cannot tell; None nearly always."""
    for_whom: str | None = None
    """The words for the person on whose behalf it is asked (隔壁王奶奶, 我妈); None where it is for the sender."""
    danger_role: str | None = None
    """Who speaks of the danger: self (the person in danger), relative or bystander; None where there is no danger."""
    soon: str | None = None
    sensitive: bool = False
    """Whether any words of it, or who does what in it, speak for a restricted matter, also where the message as a whole is an ordinary one."""
    in_a_part: bool = False
    """Whether a part of it may tell of danger in other words than the rules know, although the whole does not."""

    def __hash__(self) -> int:
        """Of the text alone, which tells nearly all of them apart: it is a key of several caches."""
        return hash(self.text)
