"""Reads estates, roads and landmarks that are on no list, by the way such names end and what stands around them."""

import re
from collections.abc import Iterable

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import CHINESE, Span

_RULES = Rules("place_names")
LONGEST = 8
"""A name has no more characters before its ending."""


def find_areas(text: str, taken: Iterable[Span]) -> dict[str, tuple[str, Span]]:
    """The first estate, road and landmark of which no character is taken already: the name and where it stands."""
    spans = list(taken)
    found: dict[str, tuple[str, Span]] = {}
    for kind, ending, ordinary, least in (
        ("estate", _RULES.estate, _RULES.ordinary, 2),
        ("road", _RULES.road, _RULES.ordinary_road, 2),
        ("landmark", _RULES.landmark, _RULES.ordinary_landmark, 1),
    ):
        for match in ending.finditer(text):
            span = _name(text, match, ordinary, least)
            if span and not any(start < span[1] and span[0] < end for start, end in spans):
                found[kind] = (_RULES.by_itself.sub("", text[span[0] : span[1]].replace(" ", "")), span)
                spans.append(span)
                break
    other = _RULES.any_before_door.search(text) if "estate" not in found else None
    if other and not any(start < other.end("name") and other.start("name") < end for start, end in spans):
        found["estate"] = (other["name"], other.span("name"))
    return found


def _name(text: str, ending: re.Match[str], ordinary: re.Pattern[str], least: int) -> Span | None:
    """From the last character that cannot belong to the name to its ending; None where too little or too much is left."""
    start = ending.start()
    while start > 0 and ending.start() - start < LONGEST and CHINESE.match(text, start - 1):
        start -= 1
    head = text[start : ending.start()]
    for pattern in (_RULES.no_part, _RULES.admin):
        for cut in list(pattern.finditer(text, start, ending.start()))[-1:]:
            start = cut.end()
            head = text[start : ending.start()]
    name = text[start : ending.end()]
    if name in _RULES.words["kept"]:
        return start, ending.end()
    if ending.re is _RULES.estate and not _RULES.plain.match(ending.group()):
        least = 1
    return None if len(head) < least or ordinary.match(head) else (start, ending.end())
