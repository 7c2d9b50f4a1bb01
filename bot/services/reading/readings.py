"""What was read lately: words that are read in several places, or that many people say, are read once."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from bot.understanding import Place, Reader, Speaker, Understanding
from bot.understanding.decide.arbitration import Learned
from bot.understanding.decide.duplicates import Features
from bot.understanding.normalize import fold

REMEMBERED = 1024  # readings and orders, in the memory of one process

T = TypeVar("T")


class Readings:
    """Caches in front of the reader and the duplicate detector; safe for threads.

    A reading depends on the words, on who says them in answer to what, on the places that the reader knows and on the learned
    model: another reader or model empties the cache. What is compared of an order depends on what is asked for here and on nothing else.
    `present`: the reader as it is now.
    """

    def __init__(self, present: Callable[[], Reader]) -> None:
        self._present = present
        self._learned: Learned | None = None
        self._open(present())

    def _open(self, reader: Reader) -> None:
        """Empty caches before this reader."""
        self._reader, self._detector = reader, reader.duplicates
        self._read_with(self._learned)
        self._seen = lru_cache(REMEMBERED)(self._features)
        self._seen_of = lru_cache(REMEMBERED)(self._features_of)
        self._place = lru_cache(REMEMBERED)(reader.find_place)
        self._mask = lru_cache(REMEMBERED)(reader.mask)
        self._need = lru_cache(REMEMBERED)(reader.masks.before_accepting)
        self._words = lru_cache(REMEMBERED)(
            reader.duplicates.words
        )  # of a message, and then of the order that it became

    def _follow(self) -> None:
        reader = self._present()
        if reader is not self._reader:
            self._open(reader)

    def mask(self, text: str, names: frozenset[str] = frozenset()) -> str:
        """As `Reader.mask`: of a note it stands in the history and in each notice."""
        self._follow()
        return self._mask(text, names)

    def need(self, text: str) -> str:
        """As `Masks.before_accepting`: of an order it is compared with each clause of a message."""
        self._follow()
        return self._need(text)

    def find_place(self, text: str) -> Place:
        """As `Reader.find_place`."""
        self._follow()
        return self._place(text)

    def complete(self, known: str, said: Place) -> Place:
        """The place that was known in these words, with what was said of it now: the later word counts, and where it names
        another area or building, nothing that lay within the earlier one. The grid is that of what comes of it."""
        place = self.find_place(known).joined(said)
        found = self.find_place(place.describe())
        return replace(place, grid=said.grid or found.grid, community=said.community or found.community, raw=None)

    def understand(self, text: str, who: Speaker, learned: Learned | None) -> Understanding:
        """As `Reader.understand`."""
        self._follow()
        if learned is not self._learned:
            self._read_with(learned)
        return self._understand(text, who)

    def features(self, text: str, spot: str, category: str, community: str | None, estate: str | None) -> Features:
        """Of an order: its words, its place as it is known by now, and its category."""
        self._follow()
        return self._seen(text, spot, category, community, estate)

    def features_of(self, meant: Understanding) -> Features:
        """Of a message."""
        self._follow()
        return self._seen_of(meant)

    def once(self, what: Hashable, key: Hashable, find: Callable[[], T]) -> T:
        """What was found for this key before, else what `find` finds now. It must depend on what is in the key, on the
        reader and on the learned model alone. `what` is found has a cache of its own."""
        self._follow()
        cache = self._found.get(what)
        if cache is None:
            cache = self._found.setdefault(what, lru_cache(REMEMBERED)(_nothing_yet))
        found: list[T] = cache(key)
        if not found:
            found.append(find())
        return found[0]

    def _read_with(self, learned: Learned | None) -> None:
        reader = self._reader
        self._learned = learned
        self._understand = lru_cache(REMEMBERED)(lambda text, who: reader.understand(text, who, learned))
        self._found = dict[Hashable, Callable[[Hashable], list[Any]]]()

    def _features(self, text: str, spot: str, category: str, community: str | None, estate: str | None) -> Features:
        place = self._place(spot)
        place = replace(place, community=community, estate=estate or place.estate, raw=None)
        return self._detector.features(text, fold(text), category, place, self._words)

    def _features_of(self, meant: Understanding) -> Features:
        return self._detector.features(meant.text, meant.folded, meant.category, meant.place, self._words)


def _nothing_yet(_key: Hashable) -> list[Any]:
    return []
