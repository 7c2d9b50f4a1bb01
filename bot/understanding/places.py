"""Reads where it is: community, estate, building, unit, room, road, landmark, grid."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.understanding import chinese
from bot.understanding.folding import Plain, simplify
from bot.understanding.meaning import Place
from bot.understanding.numerals import to_digits

KINDS = ("community", "estate", "road", "landmark", "grid")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the office's own list, under one of the names it goes by."""

    said: str
    kind: str
    name: str
    community: str | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """The numbers of building, unit and room, and where they stand in the text."""

    building: str | None
    unit: str | None
    room: str | None
    spans: list[Span]
    room_span: Span | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The office's list of places (gazetteer.toml), longest names first."""

    known: tuple[Known, ...]
    communities: tuple[str, ...]

    def find(self, plain: Plain) -> tuple[Place, Span | None]:
        """Every part of a place that the text names, and where in the text the room stands."""
        listed, spans = self._listed(plain.text)
        door = door_number(plain.text)
        spans = spans + door.spans
        if not listed.estate and not listed.community:
            listed, spans = _unlisted(plain.text, listed, spans)
        place = replace(listed, building=door.building, unit=door.unit, room=door.room)
        side = chinese.SIDE.search(plain.text)
        if side and not place.landmark and any(0 <= side.start() - end <= 1 for _, end in spans):
            place = replace(place, landmark=side.group())
            spans = [*spans, side.span()]
        return (replace(place, raw=_words(plain, spans)) if spans else place), door.room_span

    def _listed(self, text: str) -> tuple[Place, list[Span]]:
        found: dict[str, str] = {}
        homes: list[str] = []
        spans: list[Span] = []
        for known in self.known:
            for start in _starts(text, known.said):
                end = start + len(known.said)
                if any(s < end and start < e for s, e in spans) or not _fits(text, start, end, known):
                    continue
                spans.append((start, end))
                found.setdefault(known.kind, known.name)
                homes += [known.community] if known.community else []
        if homes:
            found.setdefault("community", homes[0])
        return Place(**found), spans


def _starts(text: str, word: str) -> Iterable[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _fits(text: str, start: int, end: int, known: Known) -> bool:
    """A short name counts only where it stands alone, not as the beginning of another name."""
    if not known.bare:
        return True
    return not re.match(
        r"[\u4e00-\u9fff]{0,2}(?:路|街|巷|大道|桥|学校|小学|中学|幼儿园|商场|超市|酒店|医院)", text[end:]
    )


def door_number(text: str) -> Door:
    """Building, unit and room in any of the ways people write them."""
    for pattern in (chinese.TRIPLE, chinese.TRIPLE_SPOKEN):
        found = pattern.search(text)
        if found:
            building, unit, room = (to_digits(part) for part in found.groups())
            return Door(building, unit, room, [found.span()], found.span(3))
    pair = chinese.PAIR.search(text)
    if pair and not chinese.UNIT.search(text):
        return Door(pair.group(1), None, pair.group(2), [pair.span()], pair.span(2))
    return _spelt_out(text)


def _spelt_out(text: str) -> Door:
    building = chinese.BUILDING.search(text)
    unit = chinese.UNIT.search(text)
    spans = [found.span() for found in (building, unit) if found]
    last = max((end for _, end in spans), default=None)
    room = chinese.AFTER_UNIT.match(text, last) if last is not None else None
    room = room or chinese.ROOM.search(text)
    floor = None if room else chinese.FLOOR.search(text)
    number = to_digits(room.group(1)) if room else f"{to_digits(floor.group(1))}楼" if floor else None
    return Door(
        to_digits(building.group(1)).upper() if building else None,
        to_digits(unit.group(1)) if unit else None,
        number,
        spans + [found.span() for found in (room, floor) if found],
        room.span(1) if room else None,
    )


def _unlisted(text: str, place: Place, spans: list[Span]) -> tuple[Place, list[Span]]:
    """An estate or a road that is not on the office's list, taken by its ending."""
    for field, pattern in (("estate", chinese.AREA), ("road", chinese.ROAD)):
        for found in () if getattr(place, field) else pattern.finditer(text):
            start, name = _bare(found)
            if MIN_NAME <= len(name) <= MAX_NAME and _is_name(name):
                place = replace(place, **{field: name})
                spans = [*spans, (start, found.end(1))]
                break
    return place, spans


MIN_NAME, MAX_NAME = 3, 8


def _is_name(words: str) -> bool:
    return not (words.startswith(chinese.NOT_A_NAME) or chinese.NOT_IN_A_NAME.search(words))


def _bare(found: re.Match[str]) -> tuple[int, str]:
    """Where the name begins, and the name without what people put before it."""
    name = chinese.BEFORE_NAME.sub("", found.group(1), count=1)
    return found.end(1) - len(name), name


def _words(plain: Plain, spans: list[Span]) -> str:
    """The sender's own words from each part of the place, in the order said, touching ones joined."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and not plain.text[joined[-1][1] : start].strip(" ,，-的"):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    parts = []
    for start, end in joined:
        first, last = plain.raw_span(start, end)
        parts.append(plain.raw[first:last].strip())
    return " ".join(parts)


def read_gazetteer(path: Path) -> Gazetteer:
    """The office's list of places."""
    data: Mapping[str, list[dict[str, Any]]] = tomllib.loads(path.read_text("utf-8"))
    known = [entry for kind in KINDS for row in data.get(kind, []) for entry in _names(kind, row)]
    known.sort(key=lambda entry: -len(entry.said))
    return Gazetteer(tuple(known), tuple(row["name"] for row in data["community"]))


def _names(kind: str, row: dict[str, Any]) -> Iterable[Known]:
    home = row["name"] if kind == "community" else row.get("community")
    for said in (row["name"], *row.get("also", ())):
        yield Known(simplify(said).text, kind, row["name"], home)
    if "short" in row:
        yield Known(simplify(row["short"]).text, kind, row["name"], home, bare=True)
