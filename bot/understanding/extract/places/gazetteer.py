"""Reads where it is: community, estate, building, unit, room, road, landmark, grid."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.understanding.extract.places.address import Door, door_number
from bot.understanding.extract.places.place_list import Cover, GazetteerError, Known, read_list, read_rows
from bot.understanding.extract.places.place_names import find_areas
from bot.understanding.extract.spans import Taken
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, Plain, Span
from bot.understanding.result import Place

_RULES = Rules("places")
WINDOW, OVERLAP = 100, 24
"""A longer text is searched for doors in windows of so many characters, which overlap by the longest door."""
GAP = 20
"""Parts of a place that are further apart are not joined."""
BY_SOUND = 4
"""Names of at least so many characters are also known with one character exchanged for one that sounds alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The office's list of places (gazetteer.toml), longest names first. Compared by identity, so that what it found in
    a text can be remembered."""

    known: tuple[Known, ...]
    by_character: Mapping[str, tuple[Known, ...]]
    """The same by the first character of the name."""
    covers: tuple[Cover, ...]
    communities: tuple[str, ...]
    misheard: tuple[Known, ...]
    """Those that are also known by sound…"""
    halves: re.Pattern[str]
    """…and the halves of their names, of which one must stand in the text as it should."""
    pinyin_of: Mapping[str, str]

    def find(self, plain: Plain) -> Place:
        """Every part of a place that the text names, without what the sender took back."""
        text = _without_corrected(plain.text)
        listed, known = self._listed(text)
        listed, spans = _unlisted(text, listed, known)
        estate = next((end for start, end, kind in spans if kind == "estate"), None)
        door = door_number(text, estate)
        where = [(start, end) for start, end, _ in spans] + list(door.spans)
        if not where:
            return listed
        side = _side(text, where) if not listed.landmark else None
        house = _house(text, spans) if listed.road else None
        where += [found.span() for found in (side, house) if found]
        place = replace(
            listed, building=door.building, unit=door.unit, room=door.room,
            landmark=side.group() if side else listed.landmark, raw=_words(plain, where),
        )  # fmt: skip
        place = self._in_grid(place)
        return replace(place, road=f"{place.road}{house.group().strip()}") if house else place

    def doors(self, plain: Plain) -> Iterator[Door]:
        """Every door that the text names, also those that were taken back."""
        for start in range(0, max(len(plain.text), 1), WINDOW - OVERLAP if len(plain.text) > WINDOW else WINDOW):
            for door in self._doors_within(plain.text[start : start + WINDOW]):
                yield door.moved(start)

    def _doors_within(self, text: str) -> Iterator[Door]:
        if not _RULES.number.search(text):
            return
        listed, known = self._listed(text)
        _, spans = _unlisted(text, listed, known)
        estate = next((end for _, end, kind in spans if kind == "estate"), None)
        while _RULES.door_character.search(text) and (door := door_number(text, estate)).spans:
            yield door
            for start, end in door.spans:
                text = text[:start] + "\n" * (end - start) + text[end:]

    @lru_cache(maxsize=READ_LATELY)  # noqa: B019 - one gazetteer a process
    def _listed(self, text: str) -> tuple[Place, tuple[tuple[int, int, str], ...]]:
        taken = Taken(text)
        named = [each for each in self._all_listed(text) if taken.take(*each[1:])]
        named.sort(key=lambda each: each[1])
        found: dict[str, str] = {}
        for known, _, _ in named:
            found.setdefault(known.kind, known.name)
        homes = [known.community for known, _, _ in named if known.community]
        if homes:
            found.setdefault("community", homes[0])
        return Place(**found), tuple((start, end, known.kind) for known, start, end in named)

    def _all_listed(self, text: str) -> Iterable[tuple[Known, int, int]]:
        heard = False
        likely = [known for character in set(text) for known in self.by_character.get(character, ())]
        for known in sorted(likely, key=lambda known: (-len(known.said), known.said)):
            for start in _starts(text, known.said):
                end = start + len(known.said)
                if _fits(text, start, end, known):
                    heard = True
                    yield known, start, end
        if not heard:
            yield from self._by_sound(text)

    def _by_sound(self, text: str) -> Iterable[tuple[Known, int, int]]:
        """Names with one character mistyped by its sound (金色春田): one half of such a name stands in the text as it should."""
        if not self.halves.search(text):
            return ()
        likely = [known for known in self.misheard if any(half in text for half in _halves(known.said))]
        found = [
            (known, start, start + len(known.said))
            for known in likely
            for start in range(len(text) - len(known.said) + 1)
            if self._sounds_alike(known.said, text[start : start + len(known.said)])
        ]
        return sorted(found, key=lambda each: each[1])

    def _sounds_alike(self, name: str, said: str) -> bool:
        pairs = [(character, other) for character, other in zip(name, said, strict=True) if character != other]
        sounds = [(self.pinyin_of.get(character), self.pinyin_of.get(other)) for character, other in pairs]
        return len(pairs) == 1 and sounds[0][0] is not None and sounds[0][0] == sounds[0][1]

    def _in_grid(self, place: Place) -> Place:
        """With the grid that covers it; the one that lists the building comes before the rest of its estate."""
        if place.grid:
            return place
        held = sorted((cover for cover in self.covers if cover.holds(place)), key=lambda cover: cover.buildings is None)
        return replace(place, grid=held[0].grid, community=place.community or held[0].community) if held else place


def _starts(text: str, word: str) -> Iterable[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _fits(text: str, start: int, end: int, known: Known) -> bool:
    """A short name counts only where it stands alone, the number of a grid only where it is whole."""
    if known.kind == "grid":
        return not text[end : end + 1].isdigit() and not (known.said[0].isdigit() and text[start - 1 : start].isdigit())
    return not known.bare or not _RULES.begins_another.match(text, end)


def _halves(name: str) -> tuple[str, str]:
    return name[: len(name) // 2], name[len(name) // 2 :]


def _without_corrected(text: str) -> str:
    """The text with blanks in the place of what the sender took back (不是3栋是5栋; 3栋，哦不对，5栋)."""
    if not _RULES.corrected.search(text):
        return text
    for pattern in (_RULES.not_but, _RULES.taken_back):
        kept, place = [], 0
        for start, end in (found.span(1) for found in pattern.finditer(text)):
            kept += [text[place:start], " " * (end - start)]
            place = end
        text = "".join([*kept, text[place:]])
    return text


def _unlisted(
    text: str, place: Place, spans: Sequence[tuple[int, int, str]]
) -> tuple[Place, Sequence[tuple[int, int, str]]]:
    """Estate, road and landmark that are not on the office's list, where the list said none."""
    for kind, (name, span) in find_areas(text, [(start, end) for start, end, _ in spans]).items():
        if getattr(place, kind) is None:
            place = replace(place, **{kind: name})
            spans = [*spans, (*span, kind)]
    return place, spans


def _side(text: str, spans: Iterable[Span]) -> re.Match[str] | None:
    """The side of a place (东头, 门口) where it stands right behind one."""
    ends = {end for _, end in spans} | {end + 1 for _, end in spans if _RULES.led.match(text, end)}
    return next((found for end in sorted(ends) if (found := _RULES.side.match(text, end))), None)


def _house(text: str, spans: Iterable[tuple[int, int, str]]) -> re.Match[str] | None:
    """The number of a house right behind a road of the list."""
    return next((found for _, end, kind in spans if kind == "road" and (found := _RULES.house.match(text, end))), None)


def _words(plain: Plain, spans: list[Span]) -> str:
    """The sender's own words from each part of the place, in the order said, touching ones joined."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        near = joined and start - joined[-1][1] <= GAP
        if near and _RULES.between.fullmatch(plain.text, joined[-1][1], max(start, joined[-1][1])):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    parts = []
    for start, end in joined:
        first, last = plain.raw_span(start, end)
        parts.append(plain.raw[first:last].strip())
    return " ".join(parts)


def read_gazetteer(path: Path, pinyin_of: Mapping[str, str] | None = None) -> Gazetteer:
    """The office's list of places; with the sounds of characters also their names mistyped by sound. GazetteerError."""
    rows = read_rows(path)
    try:
        return gazetteer_of(rows, pinyin_of)
    except GazetteerError as error:
        raise GazetteerError(f"{path.name}: {error}") from None


def gazetteer_of(rows: Mapping[str, Any], pinyin_of: Mapping[str, str] | None = None) -> Gazetteer:
    """The same of entries by kind, as the file has them. GazetteerError."""
    known, covers, communities = read_list(rows)
    misheard = tuple(entry for entry in known if len(entry.said) >= BY_SOUND and entry.kind != "grid")
    by_character: dict[str, tuple[Known, ...]] = {}
    for entry in known:
        by_character[entry.said[0]] = (*by_character.get(entry.said[0], ()), entry)
    halves = re.compile(
        "|".join(sorted({re.escape(half) for entry in misheard for half in _halves(entry.said)})) or "(?!)"
    )
    return Gazetteer(known, by_character, covers, communities, misheard, halves, pinyin_of or {})
