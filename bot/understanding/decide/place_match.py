"""Tells whether two messages name the same place and the same kind of fault, by the words of the lexicon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.result import Place

PARTS = ("estate", "road", "building", "unit")


@dataclass(frozen=True, slots=True)
class Rows:
    """Words in rows: those of one row mean the same, those of two rows do not."""

    of: Mapping[str, int]

    def found(self, text: str) -> frozenset[int]:
        """The rows of which the text holds a word."""
        return frozenset(row for word, row in self.of.items() if word in text)


@dataclass(frozen=True, slots=True)
class PlaceFeatures:
    """What one message says of where it is, and of what is wrong there."""

    place: Place
    said: tuple[str | None, ...]
    """Its parts in the order of `PARTS`."""
    anchors: frozenset[int]
    aspects: frozenset[int]
    objects: frozenset[int]
    sides: frozenset[str]
    roads: frozenset[str]
    road_named: bool


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The words by which people say where it is, besides listed names and numbers, and what is wrong there."""

    anchors: Rows
    aspects: Rows
    objects: Rows
    sides: re.Pattern[str]
    roads: re.Pattern[str]
    names: re.Pattern[str]
    """Of estates, places and firms, as longer messages name them."""

    def features(self, text: str, place: Place) -> PlaceFeatures:
        """What is compared of a folded text and the place that it names."""
        return PlaceFeatures(
            place=place,
            said=tuple(getattr(place, part) for part in PARTS),
            anchors=self.anchors.found(text),
            aspects=self.aspects.found(text),
            objects=self.objects.found(text),
            sides=frozenset(self.sides.findall(text)),
            roads=frozenset(self.roads.findall(text)),
            road_named=self.roads.search(text) is not None,
        )


def apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both say something and nothing of it is the same."""
    return bool(one and other and not one & other)


def differ(one: PlaceFeatures, other: PlaceFeatures) -> bool:
    """Whether the two name different places."""
    if one.place.community and other.place.community and one.place.community != other.place.community:
        return True
    if any(said and also and said != also for said, also in zip(one.said, other.said, strict=True)):
        return True
    return apart(one.sides, other.sides) or apart(one.roads, other.roads) or apart(one.anchors, other.anchors)


def excluded(one: PlaceFeatures, other: PlaceFeatures) -> bool:
    """Whether the two cannot be one matter: other things are broken, or it is in another building."""
    first, second = one.place.building, other.place.building
    return apart(one.objects, other.objects) or bool(first and second and first != second)


def agreed(one: PlaceFeatures, other: PlaceFeatures) -> int:
    """How many parts of the place both say alike."""
    return sum(bool(said) and said == also for said, also in zip(one.said, other.said, strict=True))


def half_said(one: PlaceFeatures, other: PlaceFeatures) -> bool:
    """Whether only one of them says which road or building it is, or neither and only one in which estate."""
    return one.road_named != other.road_named or _half_said(one.place, other.place)


def place_match(table: Mapping[str, Any]) -> PlaceMatch:
    """Built from the table [duplicates] of the lexicon."""
    anchors, aspects, objects = (
        Rows({word: at for at, row in enumerate(table[name]) for word in row})
        for name in ("anchors", "aspects", "objects")
    )
    return PlaceMatch(anchors, aspects, objects, *(re.compile(table[name]) for name in ("sides", "roads", "names")))


def _half_said(one: Place, other: Place) -> bool:
    """Whether only one of them says in which building it is, or neither and only one in which estate."""
    by_road = bool(one.road and not one.estate), bool(other.road and not other.estate)
    if one.building and other.building and one.estate != other.estate and any(by_road):
        return True  # of a road and of an estate: the same number says little
    if one.building or other.building:
        return not (one.building and other.building)
    return bool(one.estate) != bool(other.estate)
