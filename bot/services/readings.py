"""What was read lately: words that are read in several places, or that many people say, are read once."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from bot.understanding import Reader, Speaker, Understanding
from bot.understanding.decide.arbitration import Learned
from bot.understanding.decide.duplicates import DuplicateDetector, Features

REMEMBERED = 1024  # readings and orders, in the memory of one process


class Readings:
    """Caches in front of the reader and the duplicate detector; safe for threads.

    A reading depends on the words, on who says them in answer to what, and on the learned model: another model
    empties the cache. What is compared of an order depends on what is asked for here and on nothing else.
    """

    def __init__(self, reader: Reader, detector: DuplicateDetector) -> None:
        self._reader, self._detector = reader, detector
        self._learned: Learned | None = None
        self._understand = self._reading_with(None)
        self.features = lru_cache(REMEMBERED)(self._features)
        self.features_of = lru_cache(REMEMBERED)(self._features_of)
        self.find_place = lru_cache(REMEMBERED)(reader.find_place)
        self._mask = lru_cache(REMEMBERED)(reader.mask)
        self._words = lru_cache(REMEMBERED)(detector.words)  # of a message, and then of the order that it became

    def mask(self, text: str, names: frozenset[str] = frozenset()) -> str:
        """As `Reader.mask`: of a note it stands in the history and in each notice."""
        return self._mask(text, names)

    def understand(self, text: str, who: Speaker, learned: Learned | None) -> Understanding:
        """As `Reader.understand`."""
        if learned is not self._learned:
            self._learned, self._understand = learned, self._reading_with(learned)
        return self._understand(text, who)

    def _reading_with(self, learned: Learned | None) -> Callable[[str, Speaker], Understanding]:
        return lru_cache(REMEMBERED)(lambda text, who: self._reader.understand(text, who, learned))

    def _features(self, text: str, spot: str, category: str, community: str | None, estate: str | None) -> Features:
        """Of an order: its words, its place as it is known by now, and its category."""
        place = self.find_place(spot)
        place = replace(place, community=community, estate=estate or place.estate, raw=None)
        return self._detector.features(text, self._reader.fold(text), category, place, self._words)

    def _features_of(self, meant: Understanding) -> Features:
        """Of a message."""
        return self._detector.features(meant.text, meant.folded, meant.category, meant.place, self._words)
