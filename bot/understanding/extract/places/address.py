"""Reads building, unit, room and floor in any of the ways people write them on a door."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.understanding.extract.numerals import is_approximate, to_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, Span

_RULES = Rules("address")


@dataclass(frozen=True, slots=True)
class Door:
    """The numbers of building, unit and room, and where they stand in the text."""

    building: str | None = None
    unit: str | None = None
    room: str | None = None
    spans: tuple[Span, ...] = ()
    room_span: Span | None = None

    def moved(self, by: int) -> "Door":
        """The same door in a text that begins `by` characters earlier."""
        if not by:
            return self
        spans = tuple((start + by, end + by) for start, end in self.spans)
        room = self.room_span and (self.room_span[0] + by, self.room_span[1] + by)
        return replace(self, spans=spans, room_span=room)


@lru_cache(maxsize=READ_LATELY)
def door_number(text: str, area_end: int | None = None) -> Door:
    """Building, unit and room; with the end of an estate's name also numbers that only a name before makes a door."""
    for form in ("triple", "triple_spoken"):
        found = _first(form, text)
        if found:
            building, unit, number = (to_digits(part) for part in found.groups())
            return Door(building.upper(), unit, number, (found.span(),), found.span(3))
    pair = _pair(text, area_end)
    if pair and not _RULES.unit.search(text):
        return Door(pair.group(1).upper(), None, pair.group(2), (pair.span(),), pair.span(2))
    door = _spelt_out(text, area_end)
    room = _RULES.room_after_area.match(text, area_end) if area_end is not None and not door.building else None
    if room and not door.room_span:
        return Door(None, door.unit, room.group(1).upper(), (*door.spans, room.span()), room.span(1))
    return door


def _pair(text: str, area_end: int | None) -> re.Match[str] | None:
    if area_end is not None:
        for pattern in (_RULES.pair_after_area, _RULES.number_after_area):
            if found := pattern.match(text, area_end):
                return found
    return _first("pair", text)


def _spelt_out(text: str, area_end: int | None) -> Door:
    mistyped = _RULES.mistyped_after_area.match(text, area_end) if area_end is not None else None
    building = mistyped or _first("building", text)
    unit = (_RULES.unit_after_building.match(text, building.end()) if building else None) or _first("unit", text)
    spans = [found.span() for found in (building, unit) if found]
    last = max((end for _, end in spans), default=None)
    room = _RULES.room_after.match(text, last) if last is not None else None
    room = room if room and not is_approximate(room.group(1)) else _first("room", text)
    floor = None if room else _first("floor", text)
    room = room or (_RULES.room_after_floor.match(text, floor.end()) if floor else None)
    return Door(
        to_digits(building.group(1)).upper() if building else None,
        to_digits(unit.group(1)) if unit else None,
        to_digits(room.group(1))
        if room
        else f"{to_digits(floor.group(1)).upper()}{_RULES.words['floor']}"
        if floor
        else None,
        tuple(spans + [found.span() for found in (floor, room) if found]),
        room.span(1) if room else None,
    )


def _first(form: str, text: str) -> re.Match[str] | None:
    """The first match of this expression whose number is one, and no guess at a number (两三栋)."""
    needs = _RULES.words["needs"].get(form)
    if needs and not any(character in text for character in needs):
        return None
    pattern: re.Pattern[str] = getattr(_RULES, form)
    return next((found for found in pattern.finditer(text) if not is_approximate(found.group(1))), None)
