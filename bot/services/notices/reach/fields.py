"""Values of template fields, cut to what each field's type admits."""

import re
from collections.abc import Callable, Mapping

from bot.services.notices.words.letter import Letter
from bot.services.notices.words.opening import ZONE
from config.settings import Template

HAN = r"\u4e00-\u9fff"
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def filled(template: Template, letter: Letter, nothing: str) -> dict[str, dict[str, str]]:
    """The `data` of a template or subscription message."""

    def made() -> dict[str, dict[str, str]]:
        at = letter.row.created_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
        return {
            field: {"value": fit(field, letter.facts.get(fact, ""), at=at, nothing=nothing)}
            for field, fact in template.fields.items()
        }

    return dict(letter.once(("filled", nothing), template, made))


def carried(template: Template, letter: Letter) -> frozenset[str]:
    """The notice's own facts of which something is left in a field of the template.

    An empty fact is none, and neither is a value of which the field's type admits no character.
    """

    def found() -> frozenset[str]:
        return frozenset(
            fact
            for field, fact in template.fields.items()
            if fact not in letter.assumed and _admitted(field, letter.facts.get(fact, ""))
        )

    return letter.once("carried", template, found)


def _admitted(field: str, value: str) -> bool:
    kind, plain = _kind(field), _one_line(value)
    if kind in ("time", "date"):
        return _DATE.search(plain) is not None or _CLOCK.search(plain) is not None
    return bool(_CUTS.get(kind, _thing)(plain))


def fit(field: str, value: str, *, at: str, nothing: str) -> str:
    """`value` as the type of `field` (its name without the number) admits it; never empty, on one line."""
    kind, plain = _kind(field), _one_line(value)
    if kind in ("time", "date"):
        return _moment(plain, at)
    return _CUTS.get(kind, _thing)(plain) or _EMPTY.get(kind, nothing)


def holds_body(template: Template, letter: Letter) -> bool:
    """Whether one of the template's fields has the whole body."""
    body = letter.facts["body"]
    return letter.once(
        "whole", template, lambda: any(holds(field, body) for field, fact in template.fields.items() if fact == "body")
    )


def holds(field: str, value: str) -> bool:
    """Whether the type of the field admits the value as it is, line ends aside."""
    plain = _one_line(value)
    return fit(field, plain, at="2026-01-01 00:00", nothing="") == plain


def _kind(field: str) -> str:
    return field.rstrip("0123456789")


def _one_line(value: str) -> str:
    printable = value if value.isprintable() else "".join(c if c.isprintable() else " " for c in value)
    return " ".join(printable.split())


def _thing(value: str) -> str:
    return value if len(value) <= 20 else value[:19] + "…"


def _keep(pattern: str, length: int) -> Callable[[str], str]:
    return lambda value: "".join(re.findall(pattern, value))[:length]


def _name(value: str) -> str:
    han = "".join(re.findall(f"[{HAN}]", value))
    return han[:10] if han else "".join(re.findall(r"[A-Za-z ]", value)).strip()[:20]


def _moment(value: str, at: str) -> str:
    """`2026-11-24 12:00`: the date and the clock found in the value, the notice's own where there is none."""
    date, clock = _DATE.search(value), _CLOCK.search(value)
    day = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else at[:10]
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return f"{day} {int(clock[1]):02}:{clock[2]}"
    return day + at[10:] if not date else day + " 00:00"


def _const(value: str) -> str:
    return value[:20]


_CUTS: Mapping[str, Callable[[str], str]] = {
    "thing": _thing, "short_thing": _keep(".", 5), "number": _keep(r"\d", 32), "letter": _keep("[A-Za-z]", 32),
    "symbol": _keep(r"[^\w\s]", 5), "character_string": _keep("[!-~]", 32), "phone_number": _keep(r"[\d+-]", 17),
    "car_number": _keep(f"[A-Za-z0-9{HAN}]", 8), "amount": _keep(r"[\d.]", 10), "name": _name,
    "phrase": _keep(f"[{HAN}]", 5), "const": _const, "enum": _const,
}  # fmt: skip
_EMPTY: Mapping[str, str] = {
    "number": "0", "letter": "A", "symbol": "-", "character_string": "-", "phone_number": "0", "amount": "0",
}  # fmt: skip
