"""Reads where it is: community, estate, building, unit, room, road, landmark, grid."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from bot.understanding.extract.places.address import Door, door_number
from bot.understanding.extract.places.place_list import GazetteerError, Known, read_list, read_rows
from bot.understanding.extract.places.place_names import find_areas
from bot.understanding.extract.sounds import SILENCE, Sounds
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, Plain, Span, Taken
from bot.understanding.result import Place

_RULES = Rules("places")
WINDOW, OVERLAP = 100, 24
"""A longer text is searched for doors in windows of so many characters, which overlap by the longest door."""
MOST_DOORS = 60
"""Doors of a text that are read one by one."""
SHORTEST = 2
"""Characters of a name of a place by which a stretch that sounds like somebody is told to be a place."""
GAP = 20
"""Parts of a place that are further apart are not joined."""
BY_SOUND = 4
"""Names of at least so many characters are also known with one character exchanged for one that sounds alike."""

Area = tuple[int, int, str]
"""Where a part of a place stands, and its kind."""


class Gazetteer:
    """The office's list of places (gazetteer.toml), by its entries by kind; with the sounds of characters also their names
    mistyped by sound. GazetteerError where an entry cannot be right."""

    def __init__(self, rows: Mapping[str, Any], sounds: Sounds = SILENCE) -> None:
        self.known, self._covers, self.communities = read_list(rows)
        self.sounds = sounds
        called: dict[str, list[Known]] = defaultdict(list)
        for entry in self.known:
            called[entry.said].append(entry)
        self.called = tuple(sorted(name for name in called if len(name) >= SHORTEST))
        """Every name of a place that is on the list."""
        self._called, self._automaton = list(called.values()), AhoCorasick(list(called))
        self._misheard = [entry for entry in self.known if len(entry.said) >= BY_SOUND and entry.kind != "grid"]
        halves = {re.escape(half) for entry in self._misheard for half in _halves(entry.said)}
        self._halves = re.compile("|".join(sorted(halves)) or "(?!)")
        self._areas = lru_cache(READ_LATELY)(self._find_areas)
        self._doors = lru_cache(READ_LATELY)(self._all_doors)

    def find(self, plain: Plain) -> Place:
        """Every part of a place that the text names, without what the sender took back."""
        text = _without_corrected(plain.text)
        listed, spans = self._areas(text)
        door = _door(text, spans)
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

    def doors(self, plain: Plain) -> Sequence[Door]:
        """Every door that the text names, also those that were taken back. Behind MOST_DOORS every numeral may belong to one."""
        return self._doors(plain.text)

    def _all_doors(self, text: str) -> Sequence[Door]:
        found: list[Door] = []
        for start in range(0, max(len(text), 1), WINDOW - OVERLAP if len(text) > WINDOW else WINDOW):
            found += [door.moved(start) for door in self._doors_within(text[start : start + WINDOW])]
            if len(found) >= MOST_DOORS:
                spans = [numeral.span() for numeral in _RULES.number.finditer(text, start)]
                return (*found, *(Door(spans=(span,), room_span=span) for span in spans))
        return tuple(found)

    def _doors_within(self, text: str) -> Iterator[Door]:
        if not _RULES.number.search(text):
            return
        spans = self._areas(text)[1]
        while _RULES.door_character.search(text) and (door := _door(text, spans)).spans:
            yield door
            for start, end in door.spans:
                text = text[:start] + "\n" * (end - start) + text[end:]

    def _find_areas(self, text: str) -> tuple[Place, Sequence[Area]]:
        """What the text names besides doors; of estates, roads and landmarks that are not on the list, where the list said none."""
        taken = Taken(text)
        named = sorted((each for each in self._listed(text) if taken.take(*each[1:])), key=lambda each: each[1])
        found: dict[str, str] = {}
        for known, _, _ in named:
            found.setdefault(known.kind, known.name)
        home = next((known.community for known, _, _ in named if known.community), None)
        if home:
            found.setdefault("community", home)
        spans = [(start, end, known.kind) for known, start, end in named]
        for kind, (name, span) in find_areas(text, [(start, end) for start, end, _ in spans]).items():
            if kind not in found:
                found[kind] = name
                spans.append((*span, kind))
        return Place(**found), spans

    def _listed(self, text: str) -> Sequence[tuple[Known, int, int]]:
        """The names of the list that stand in the text, the longest first; mistyped ones only where there are no others."""
        found = [
            (known, start, end)
            for name, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            for known in self._called[name]
            if _fits(text, start, end, known)
        ]
        found.sort(key=lambda each: (-len(each[0].said), each[0].said, each[1]))
        return found or self._by_sound(text)

    def _by_sound(self, text: str) -> Sequence[tuple[Known, int, int]]:
        """Names with one character mistyped by its sound (金色春田): one half of such a name stands in the text as it should."""
        if not self._halves.search(text):
            return ()
        likely = [known for known in self._misheard if any(half in text for half in _halves(known.said))]
        found = [
            (known, start, start + len(known.said))
            for known in likely
            for start in range(len(text) - len(known.said) + 1)
            if self.sounds.wrong(text[start : start + len(known.said)], known.said) == 1
        ]
        return sorted(found, key=lambda each: each[1])

    def _in_grid(self, place: Place) -> Place:
        """With the grid that covers it; the one that lists the building comes before the rest of its estate."""
        if place.grid:
            return place
        held = sorted((each for each in self._covers if each.holds(place)), key=lambda each: each.buildings is None)
        return replace(place, grid=held[0].grid, community=place.community or held[0].community) if held else place


def _door(text: str, spans: Iterable[Area]) -> Door:
    return door_number(text, next((end for _, end, kind in spans if kind == "estate"), None))


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
        for start, end in [found.span(1) for found in pattern.finditer(text)]:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _side(text: str, spans: Iterable[Span]) -> re.Match[str] | None:
    """The side of a place (东头, 门口) where it stands right behind one."""
    ends = {end for _, end in spans} | {end + 1 for _, end in spans if _RULES.led.match(text, end)}
    return next((found for end in sorted(ends) if (found := _RULES.side.match(text, end))), None)


def _house(text: str, spans: Iterable[Area]) -> re.Match[str] | None:
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
    raw = (plain.raw_span(start, end) for start, end in joined)
    return " ".join(plain.raw[first:last].strip() for first, last in raw)


def read_gazetteer(path: Path, sounds: Sounds = SILENCE) -> Gazetteer:
    """The office's list of places. GazetteerError, which names the file."""
    rows = read_rows(path)
    try:
        return Gazetteer(rows, sounds)
    except GazetteerError as error:
        raise GazetteerError(f"{path.name}: {error}") from None
