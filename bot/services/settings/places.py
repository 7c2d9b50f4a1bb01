"""Places and grids as administrators changed them: entries over those of config/gazetteer.toml, and the reader that knows them.

A change is an entry as the file has it, with its `kind`, or one with `gone`: {"kind": "estate", "name": "…", "also": ["…"],
"community": "…"}, {"kind": "grid", …, "covers": [{"estate": "…", "buildings": "1-12"}]}. Loaded where messages are read, and nowhere else:
it needs the reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.errors import NotUnderstood
from bot.understanding import Reader
from bot.understanding.extract.places.gazetteer import Gazetteer
from bot.understanding.extract.places.place_list import KINDS, GazetteerError

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # by kind, as the file has them

MOST, MOST_NAMES, LONGEST = 500, 12, 30  # changes; names of a place; characters of one
BETWEEN = "、"


def key(kind: str, row: Mapping[str, Any]) -> str:
    """How a change finds its entry: grids of two communities may be called alike."""
    return f"{kind} {row['name']} {row.get('community', '')}".strip() if kind == "grid" else f"{kind} {row['name']}"


def with_changes(rows: Rows, changes: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The entries with these over them. NotUnderstood for what is no change."""
    if len(changes) > MOST:
        raise NotUnderstood("console_settings.bad.many_places", most=MOST)
    found = {kind: {key(kind, row): row for row in rows.get(kind, ())} for kind in KINDS}
    for change in changes:
        kind, row = change["kind"], {name: value for name, value in change.items() if name not in ("kind", "gone")}
        if kind not in KINDS:
            raise NotUnderstood("console_settings.bad.place_kind")
        _check_names(row)
        if change.get("gone"):
            found[kind].pop(key(kind, row), None)
        else:
            before = found[kind].get(key(kind, row), {})
            found[kind][key(kind, row)] = ({"short": before["short"]} if "short" in before else {}) | row
    return {kind: list(of_kind.values()) for kind, of_kind in found.items()}


def _check_names(row: Mapping[str, Any]) -> None:
    names = [row["name"], *row.get("also", ())]
    fits = all(isinstance(name, str) and 1 < len(name.strip()) <= LONGEST for name in names)
    if not fits or len(names) > MOST_NAMES:
        raise NotUnderstood("console_settings.bad.place_name", longest=LONGEST, most=MOST_NAMES)


def reader_with(reader: Reader, rows: Rows) -> Reader:
    """A reader that knows these places. NotUnderstood where an entry does not go with the others."""
    try:
        return replace(reader, gazetteer=Gazetteer(rows, reader.gazetteer.sounds))
    except GazetteerError as error:
        raise NotUnderstood("console_settings.bad.place") from error


def in_words(rows: Rows) -> dict[str, str]:
    """What every entry says, under its key: what a change is compared by."""
    return {key(kind, row): _row_in_words(row) for kind in KINDS for row in rows.get(kind, ())}


def _row_in_words(row: Mapping[str, Any]) -> str:
    covers = [f"{part_name(part)} {part.get('buildings', '')}".strip() for part in row.get("covers", ())]
    return "；".join(
        filter(None, [row["name"], row.get("community", ""), BETWEEN.join(row.get("also", ())), BETWEEN.join(covers)])
    )


def part_name(part: Mapping[str, Any]) -> str:
    """The estate, road or landmark of a part of a grid."""
    return str(next(value for name, value in part.items() if name != "buildings"))
