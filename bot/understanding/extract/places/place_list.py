"""The office's list of places (config/gazetteer.toml): read, checked, and which grid a place lies in."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify
from bot.understanding.result import Place
from config.settings import SettingsError

_RULES = Rules("places")
KINDS = ("community", "estate", "road", "landmark", "grid")
_FIELDS = {"name", "short", "also", "community"}
_PARTS = ("estate", "road", "landmark")


class GazetteerError(SettingsError):
    """An entry of the list that cannot be right; the message is one line that names file, entry and reason."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the office's own list, under one of the names it goes by."""

    said: str
    kind: str
    name: str
    community: str | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """A part of a grid: an estate (all of it, or these buildings), a road or a landmark."""

    grid: str
    community: str | None
    part: str
    name: str
    buildings: frozenset[str] | None

    def holds(self, place: Place) -> bool:
        """Whether the place lies in this part."""
        return getattr(place, self.part) == self.name and (self.buildings is None or place.building in self.buildings)


def read_rows(path: Path) -> Mapping[str, Any]:
    """The entries of the file by kind, as they stand in it. GazetteerError where it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name}: save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise GazetteerError(f"{path.name}: {error}") from error


def read_list(data: Mapping[str, Any]) -> tuple[tuple[Known, ...], tuple[Cover, ...], tuple[str, ...]]:
    """Every name, longest first; what the grids cover; the communities. Raises GazetteerError."""
    communities = _check(data)
    known = [entry for kind in KINDS for row in data.get(kind, []) for entry in _names(kind, row)]
    _check_names(known)
    covers = [cover for row in data.get("grid", []) for cover in _covers(row, data)]
    _check_covers(covers)
    known.sort(key=lambda entry: -len(entry.said))
    return tuple(known), tuple(covers), communities


def _check(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Of each entry by itself; gives the names of the communities."""
    for kind in data:
        if kind not in KINDS:
            raise GazetteerError(f"[[{kind}]]: no such kind of entry, known are {', '.join(KINDS)}")
        if not isinstance(data[kind], list):
            raise GazetteerError(f"[{kind}]: write [[{kind}]], with two brackets")
        for number, row in enumerate(data[kind], 1):
            _check_row(f"[[{kind}]] {row.get('name') or f'no. {number}'}", kind, row)
    communities = tuple(row["name"] for row in data.get("community", []))
    if not communities:
        raise GazetteerError("there is no [[community]]")
    for kind in KINDS:
        for row in data.get(kind, []):
            if row.get("community", communities[0]) not in communities:
                raise GazetteerError(f"[[{kind}]] {row['name']}: community {row['community']} is not in the list")
    return communities


def _check_row(entry: str, kind: str, row: Mapping[str, Any]) -> None:
    odd = sorted(set(row) - _FIELDS - ({"covers", "placeholder"} if kind == "grid" else set()))
    if odd:
        raise GazetteerError(f"{entry}: unknown field {', '.join(odd)}")
    for field in ("name", "short", "community"):
        if (field == "name" or field in row) and not _is_name(row.get(field)):
            raise GazetteerError(f"{entry}: {field} must be words in quotation marks")
    also = row.get("also", [])
    if not isinstance(also, list) or not all(map(_is_name, also)):
        raise GazetteerError(f'{entry}: also must be a list of names: also = ["…", "…"]')


def _is_name(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())


def _names(kind: str, row: Mapping[str, Any]) -> Iterator[Known]:
    home = row["name"] if kind == "community" else row.get("community")
    said = [row["name"], *row.get("also", ()), *(_numbered(row["name"]) if kind == "grid" else ())]
    for name in dict.fromkeys(said):
        yield Known(simplify(name).text, kind, row["name"], home)
    if "short" in row:
        yield Known(simplify(row["short"]).text, kind, row["name"], home, bare=True)


def _numbered(name: str) -> Iterator[str]:
    """The other ways to say the number of a grid: 网格7, 7号网格, 07网格."""
    found = _RULES.grid.fullmatch(name)
    for number in dict.fromkeys((found.group(1), str(int(found.group(1))))) if found else ():
        yield from (form.format(number=number) for form in _RULES.words["grids"])


def _covers(row: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Cover]:
    entry = f"[[grid]] {row['name']}"
    covers = row.get("covers", [])
    if not isinstance(covers, list) or not all(isinstance(part, dict) for part in covers):
        raise GazetteerError(f'{entry}: covers must be a list: covers = [{{ estate = "…", buildings = "1-12" }}]')
    for part in covers:
        kinds = [kind for kind in _PARTS if kind in part]
        if len(kinds) != 1 or set(part) - {*kinds, "buildings"} or ("buildings" in part and kinds != ["estate"]):
            raise GazetteerError(f"{entry}: each part of covers is one estate (with buildings), road or landmark")
        name = part[kinds[0]]
        listed = next((other for other in data.get(kinds[0], []) if other["name"] == name), None)
        if listed is None:
            raise GazetteerError(f"{entry}: {kinds[0]} {name} is not in the list")
        if listed.get("community", row.get("community")) != row.get("community"):
            raise GazetteerError(f"{entry}: {name} is in {listed['community']}, the grid is not")
        buildings = _buildings(entry, part["buildings"]) if "buildings" in part else None
        yield Cover(row["name"], row.get("community"), kinds[0], name, buildings)


def _buildings(entry: str, said: Any) -> frozenset[str]:
    """The buildings of "1-12、15、A-C"; a number of many letters or a range that runs backwards is an error."""
    numbers: set[str] = set()
    for part in re.split(r"[\s,、]+", simplify(said).text.strip() if isinstance(said, str) else str(said)):
        for mark in _RULES.words["buildings"]:
            part = part.removesuffix(mark)
        found = _RULES.range.fullmatch(part)
        run = list(_run(found)) if found else []
        if not run:
            raise GazetteerError(f'{entry}: buildings "{said}" is not like "1-12、15、A-C"')
        numbers.update(run)
    return frozenset(numbers)


def _run(found: re.Match[str]) -> Iterable[str]:
    letter, first, last, one, other = found.groups()
    if one:
        return [chr(code).upper() for code in range(ord(one), ord(other or one) + 1)]
    return [f"{letter.upper()}{number}" for number in range(int(first), int(last or first) + 1)]


def _check_names(known: Iterable[Known]) -> None:
    """One name must not mean two places of a kind, nor places in two communities."""
    seen: dict[tuple[str, str], str] = {}
    for entry in known:
        other = seen.setdefault((entry.kind, entry.said), entry.name)
        if other != entry.name:
            raise GazetteerError(f"[[{entry.kind}]] {entry.name}: {entry.said} is also a name of {other}")


def _check_covers(covers: Iterable[Cover]) -> None:
    """No building lies in two grids; a whole estate beside some of its buildings is the rest of it."""
    seen: dict[tuple[str, str, str | None], str] = {}
    for cover in covers:
        for building in cover.buildings or (None,):
            grid = seen.setdefault((cover.part, cover.name, building), cover.grid)
            if grid != cover.grid:
                where = f"{cover.name} {building or ''}".strip()
                raise GazetteerError(f"[[grid]] {cover.grid}: {where} lies in {grid} already")
