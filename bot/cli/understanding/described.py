"""The result of understanding a message: as JSON, and as a few lines for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.cli.understanding.language import Language
from bot.understanding import Reader, Understanding

PARTS = ("community", "estate", "building", "unit", "room")
SHOWN = 0.1
"""Sectors with a smaller share are not told to people, except the first."""


def described(reader: Reader, read: Understanding) -> dict[str, Any]:
    """The result as one JSON object; null where the message says nothing of it. `place` is in the resident's own words."""
    return {
        "intent": read.intent,
        "lane": read.lane,
        "category": {"code": read.category, "name": reader.category(read.category).name},
        "sectors": [[name, score] for name, score in read.sectors],
        "confidence": read.confidence,
        "urgency": read.urgency,
        **{part: getattr(read.place, part) for part in PARTS},
        "place": read.place.raw,
        "phone": read.phone,
        "when": read.when,
        "asks": read.request_count,
    }


def told(office: Language, found: Mapping[str, Any]) -> Iterator[str]:
    """The result in plain words, one line for each part; what the message does not say has no line."""
    say = office.texts.say
    code = found["category"]["code"]
    yield say(
        "reading.line.intent",
        intent=say(f"reading.intent.{found['intent']}"),
        lane=say(f"lane.{found['lane']}"),
    )
    yield say(
        "reading.line.category", level1=office.reader.category(code).level1, **found["category"], confidence=found["confidence"]
    )  # fmt: skip
    yield say("reading.line.sectors", sectors="、".join(_sectors(office, found)))
    yield say("reading.line.urgency", urgency=say(f"urgency.{found['urgency']}"))
    yield from _place(office, found)
    yield from (say(f"reading.line.{name}", **found) for name in ("phone", "when") if found[name])
    if found["asks"] > 1:
        yield say("reading.line.asks", asks=found["asks"])
    if "label" in found:
        yield say("reading.line.label", label=found["label"], confidence=found["label_confidence"])


def _sectors(office: Language, found: Mapping[str, Any]) -> Iterator[str]:
    first, *rest = found["sectors"]
    for name, score in (first, *(each for each in rest if each[1] >= SHOWN)):
        yield office.texts.say("reading.line.sector", name=name, score=score)


def _place(office: Language, found: Mapping[str, Any]) -> Iterator[str]:
    if found["place"]:
        yield office.texts.say("reading.line.place", place=found["place"])
    parts = [office.texts.say(f"reading.part.{part}", value=found[part]) for part in PARTS if found[part]]
    if parts:
        yield office.texts.say("reading.line.found", parts="，".join(parts))
