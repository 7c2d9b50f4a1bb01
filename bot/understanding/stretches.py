"""What the words of a stretch of text tell about how it hangs together with what was said before."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.categories import UNKNOWN
from bot.understanding.classifier import Choice

NOTHING = Choice(UNKNOWN, 0.0, 0.0)
FAINT, DOUBTFUL = 4.0, 0.5
"""Where the first words say less than this of a matter and are less sure of it, the whole of what they begin is read."""


@dataclass(slots=True)
class Part:
    """A stretch of the raw text: its words, what they say besides filling, and what they are about.

    To read what words are about takes longer than all else, so it is done only where it is asked for.
    """

    start: int
    end: int
    words: str
    left: str
    building: str | None
    whole: str
    """The words up to the next stop."""
    about: Callable[[str], Choice]
    more: list[str] = field(default_factory=list)
    """What was taken in: it tells the matter where the own words do not."""
    _choice: Choice | None = None

    @property
    def choice(self) -> Choice:
        """What it is about."""
        if self._choice is None:
            self._choice = self._read()
        return self._choice

    @property
    def code(self) -> str:
        """The category of what it is about."""
        return self.choice.category

    def take(self, other: "Part") -> None:
        """Goes on to where the other one ends."""
        self.end = other.end
        self.building = self.building or other.building
        if self._choice is None or self._choice.category == UNKNOWN:
            self._choice = None
            self.more.append(other.words)

    def _read(self) -> Choice:
        first = self.about(self.words)
        if first.category != UNKNOWN and (first.said >= FAINT or first.confidence >= DOUBTFUL):
            return first
        others = [self.about(words) for words in (self.whole, *self.more) if words != self.words]
        return next((choice for choice in (*others, first) if choice.category != UNKNOWN), NOTHING)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the lexicon that tell requests from what goes with them."""

    filling: re.Pattern[str]
    """Greetings, introductions, addresses, thanks, hurry, bare questions: nothing by themselves."""
    heads: re.Pattern[str]
    """Ends as an introduction to what follows."""
    thanks: re.Pattern[str]
    """Begins as praise."""
    core: re.Pattern[str]
    """A fault, a wish or a question."""
    leans: re.Pattern[str]
    """Begins as what follows from the matter before, is done about it or asked about it."""
    person: re.Pattern[str]
    """Begins with somebody whom the matter befalls."""
    asks: re.Pattern[str]
    question: re.Pattern[str]
    own: re.Pattern[str]
    """Names a place or a person of its own."""
    thing: re.Pattern[str]
    """Begins with a thing that people report or ask for."""

    def lean(self, words: str) -> bool:
        """Whether the stretch hangs on the one before."""
        return bool(self.leans.match(words)) or self.befalls(words)

    def befalls(self, words: str) -> bool:
        """Whether it tells how somebody fares, and asks nothing."""
        return bool(self.person.match(words) and not self.asks.search(words))

    def shared(self, one: str, other: str) -> set[str]:
        """The pairs of signs that name the same thing in both."""
        both = _pairs(self.filling.sub("", one)) & _pairs(self.filling.sub("", other))
        return {pair for pair in both if not (self.core.search(pair) or self.own.search(pair))}


def words(table: Mapping[str, Sequence[str]]) -> Words:
    """Built from the table [asks.words] of the lexicon."""
    return Words(**{name: re.compile("|".join(said)) for name, said in table.items()})


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}
