"""What a message is about: its category by the classifier, with what the other parts say for and against it."""

from dataclasses import dataclass, replace

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.category import Choice, Classifier
from bot.understanding.decide.sector import Sectors
from bot.understanding.extract.sounds import Spelling
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold_solid

_RESTRICTED = Rules("restricted")

NOTHING = Choice(UNKNOWN, 0.0, 0.0)
"""What a message is about that only says where somebody is, or asks and names nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Chooser:
    """Chooses the category of words with one office's lexicon. All texts are folded and without spaces."""

    classifier: Classifier
    sectors: Sectors
    spelling: Spelling
    emergencies: frozenset[str]
    """The categories of dangers."""

    def choose(self, said: str, *, calm: bool) -> tuple[str, Choice]:
        """The category, and the text it was read from: a mistyped word is mended where nothing else is known. `calm`: words of danger stand
        there that tell of none, and no category of a danger is chosen."""
        without = self.emergencies if calm else frozenset()
        whole, said = said, _RESTRICTED.no_report.sub("", said)
        if not said:
            return whole, NOTHING
        choice = self._of(said, without)
        mended = self.spelling.mend(said) if choice.category == UNKNOWN else said
        if mended == said:
            return whole, choice
        meant = self._of(mended, without)
        if meant.category == UNKNOWN:
            return whole, choice
        belief = self.spelling.belief
        return mended, replace(meant, confidence=meant.confidence * belief, chance=meant.chance * belief)

    def ordinary(self, said: str) -> Choice:
        """The category where there is no danger."""
        return self._of(said, self.emergencies)

    def first(self, parts: tuple[str, ...], choice: Choice) -> Choice:
        """Of several requests the first gives the category; `choice` is that of the whole text."""
        if not parts:
            return choice
        first = self.ordinary(fold_solid(parts[0]))
        return choice if first.category == UNKNOWN else replace(first, said=choice.said)

    def _of(self, said: str, without: frozenset[str]) -> Choice:
        lean = self.sectors.lean(self.sectors.scores(said))
        choice = self.classifier.choose(said, lean, without)  # else with the door that leads it: 501漏水 is at home
        whole = choice if choice.own > 0 else self.classifier.choose(f" {said}", lean, without)
        return whole if whole.category in choice.spoken else choice
