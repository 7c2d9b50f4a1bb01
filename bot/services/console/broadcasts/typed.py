"""What somebody types into the form of a broadcast, as it stands in its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.broadcasts import written
from bot.broadcasts.audience import Audience
from bot.broadcasts.life import KINDS
from bot.broadcasts.templates import Template
from bot.characters import clean, clean_line, number
from bot.store.broadcasts.lists import GROUPS
from bot.store.broadcasts.rows import Broadcast

LONGEST: Mapping[str, int] = {**written.LONGEST, "names": 5000, "exclude": 2000}
"""Characters of each field."""
CUT = 10_000  # characters of a field that are looked at: more than any may hold, so that nothing is cut unseen
MOST_CHOSEN = 500
NOW, AT = "now", "at"
PLACE = "fill."  # begins the name of a field for a place of the template
MINUTE = "%Y-%m-%dT%H:%M"  # as browsers write a day and time
LISTED = "、"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields; empty where nothing was typed. `number`, `version`: of the draft that is changed; `at`, `until`, `place`: of a
    meeting; `when`: NOW or AT `send_at`; `values`: by place of the template, what stands there."""

    number: int | None = None
    version: int | None = None
    kind: str = KINDS[0]
    template: str = ""
    occasion: str = ""
    title: str = ""
    body: str = ""
    at: str = ""
    until: str = ""
    place: str = ""
    role: tuple[str, ...] = ()
    community: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    grid: tuple[str, ...] = ()
    names: str = ""
    exclude: str = ""
    when: str = NOW
    send_at: str = ""
    asked: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def tidied(one: Mapping[str, str], chosen: Mapping[str, Sequence[str]]) -> Typed:
    """The fields without characters that nothing can carry. `one`: the first value of each field; `chosen`: of boxes all."""
    lines: dict[str, Any] = {
        name: clean_line(one.get(name, ""))[:CUT].strip()
        for name in ("template", "occasion", "title", "at", "until", "place", "send_at", "asked")
    }
    texts: dict[str, Any] = {
        name: clean(one.get(name, "")).replace("\r\n", "\n")[:CUT].strip() for name in ("body", "names", "exclude")
    }
    boxes: dict[str, Any] = {
        name: tuple(clean_line(each).strip()[:64] for each in chosen.get(name, ())[:MOST_CHOSEN]) for name in GROUPS
    }
    values = {
        name.removeprefix(PLACE): clean_line(value)[:200].strip()
        for name, value in one.items()
        if name.startswith(PLACE)
    }
    kind = one.get("kind", "")
    return Typed(
        number=number(one.get("number")), version=number(one.get("version")), kind=kind if kind in KINDS else KINDS[0],
        when=AT if one.get("when") == AT else NOW, values=values, **lines, **texts, **boxes,
    )  # fmt: skip


def of_row(row: Broadcast, zone: ZoneInfo, known: Mapping[str, set[str]]) -> Typed:
    """The form of a broadcast that is there. `known`: by group, what has a box; what has none stands among the names."""
    meant, details = Audience.of(row.audience), row.details or {}
    boxes: dict[str, Any] = {
        name: tuple(each for each in getattr(meant, name) if each in known[name]) for name in GROUPS
    }
    return Typed(
        number=row.id, version=row.version, kind=row.kind, template=row.template or "", occasion=row.occasion or "",
        title=row.title, body=row.body, at=_minute(details.get("at"), zone), until=_minute(details.get("until"), zone),
        place=details.get("place", ""), names=LISTED.join(meant.names), exclude=LISTED.join(meant.exclude),
        when=AT if row.send_at else NOW, send_at=row.send_at.astimezone(zone).strftime(MINUTE) if row.send_at else "",
        asked=str(row.asked_id or ""), **boxes,
    )  # fmt: skip


def _minute(stored: str | None, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(stored).astimezone(zone).strftime(MINUTE) if stored else ""


def with_template(typed: Typed, template: Template) -> Typed:
    """The same form with the template's words; who gets it as usual where nobody was chosen."""
    usual = typed.role or typed.community or typed.branch or typed.grid or typed.names
    return replace(
        typed, template=template.key, kind=template.kind, title=template.title, body=template.body,
        role=typed.role if usual else template.roles,
    )  # fmt: skip
