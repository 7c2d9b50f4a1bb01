"""Checks the rows of a roster file: each becomes an entry, or is named with its number and the reason."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.roster.cells import HIDDEN, WRONG
from bot.texts import Texts
from bot.understanding.normalize import clean_name, fold_name

PHONE = re.compile(r"1[3-9]\d{9}")
LONGEST = {"name": 64, "community": 32, "grid": 32, "branch": 64}  # characters of a cell
DIGITS = frozenset("0123456789")
NAME_MARKS = " ·•・‧ㆍ"  # between the parts of a name
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would compute such a cell; folded, so full-width signs are these too
COUNTRY = re.compile(r"\+\s*86[\d\s-]*")  # the only sign before a telephone number


class BadRoster(Exception):
    """Rows that cannot be taken in: [(row as in the file, reason)]. Nothing was written."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        super().__init__(f"{len(rows)} bad rows")
        self.rows = list(rows)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the file."""

    row: int
    roles: tuple[str, ...]
    role_words: str
    name: str
    phone: str
    communities: tuple[str, ...]
    grids: tuple[str, ...]
    branch: str | None
    skills: tuple[str, ...]


def plain_phone(text: str) -> str:
    """A telephone number without what people and programs write around it: blanks, dashes, quotes, +86."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZ")
    bare = "".join(c for c in kept if unicodedata.category(c) != "Pd" and c not in "−⁃'‘’`.()")
    return re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", bare)


def read_entries(
    texts: Texts, cells: Sequence[Sequence[str]], places: Mapping[str, str], is_command: Callable[[str], bool],
    grid: Callable[[str], str],
) -> list[Entry]:  # fmt: skip
    """The rows under the header; `places`: the office's communities by folded name; `is_command`: whether the bot would
    take a name for a command; `grid`: the name of a grid that was written in another way. BadRoster."""
    columns: Mapping[str, str] = texts.sentences["roster"]["columns"]
    head = [clean_name(cell) for cell in cells[0]] if cells else []
    missing = [title for title in columns.values() if title not in head]
    if missing:
        raise BadRoster([(1, texts.say("roster.bad.columns", names="、".join(missing)))])
    twice = [title for title in columns.values() if head.count(title) > 1]
    if twice:
        raise BadRoster([(1, texts.say("roster.bad.column_twice", names="、".join(twice)))])
    where = {field: head.index(title) for field, title in columns.items()}
    rows = [(number, row) for number, row in enumerate(cells[1:], 2) if any(clean_name(cell) for cell in row)]
    if not rows:
        raise BadRoster([(1, texts.say("roster.bad.empty"))])
    entries, bad = [], []
    for number, row in rows:
        if row[0].startswith(HIDDEN):
            bad.append((number, texts.say("roster.bad.hidden")))
            row = [row[0].removeprefix(HIDDEN), *row[1:]]
        fields = {field: row[at] if at < len(row) else "" for field, at in where.items()}
        entry, reasons = _entry(texts, number, fields, places, grid)
        entries.append(entry)
        if entry.name and (not _is_name(entry.name) or is_command(entry.name)):
            reasons.append(texts.say("roster.bad.name", name=entry.name))
        bad += [(number, reason) for reason in reasons]
    bad += _clashes(texts, entries)
    if bad:
        raise BadRoster(sorted(bad))
    return entries


def _entry(
    texts: Texts, number: int, given: Mapping[str, str], places: Mapping[str, str], grid: Callable[[str], str]
) -> tuple[Entry, list[str]]:  # fmt: skip
    wrong = [field for field, cell in given.items() if cell.startswith(WRONG)]
    fields = {field: clean_name(cell.removeprefix(WRONG)) for field, cell in given.items()}
    known: Mapping[str, str] = texts.sentences["roster"]["roles"]
    words = _several(fields["role"])
    phone = plain_phone(given["phone"])
    communities = tuple(dict.fromkeys(places.get(fold_name(word), word) for word in _several(fields["community"])))
    reasons = [
        texts.say("roster.bad.cell", column=texts.say(f"roster.columns.{field}"), value=fields[field])
        for field in wrong
    ]
    reasons += [
        texts.say("roster.bad.unknown_community", name=name) for name in communities if name not in places.values()
    ]
    reasons += [texts.say("roster.bad.role", role=word) for word in words if word not in known]
    reasons += [
        texts.say("roster.bad.formula", column=texts.say(f"roster.columns.{field}"))
        for field, cell in fields.items()
        if _is_formula(field, cell)
    ]
    if not words:
        reasons.append(texts.say("roster.bad.no_role"))
    if not fields["name"]:
        reasons.append(texts.say("roster.bad.no_name"))
    if not PHONE.fullmatch(phone):
        reasons.append(texts.say("roster.bad.phone", phone=phone))
    roles = tuple(known[word] for word in words if word in known)
    for field, most in LONGEST.items():
        if len(fields[field]) > most:
            reasons.append(texts.say("roster.bad.long", column=texts.say(f"roster.columns.{field}"), most=most))
    if "staff" in roles and not communities:
        reasons.append(texts.say("roster.bad.community"))
    grids, branch = tuple(dict.fromkeys(map(grid, _several(fields["grid"])))), fields["branch"] or None
    skills = _several(fields["skills"])
    return Entry(number, roles, "、".join(words), fields["name"], phone, communities, grids, branch, skills), reasons


def _is_name(text: str) -> bool:
    """Whether it begins with a letter of any script and goes on with letters, plain digits (党员03) and marks between: no
    markup, nothing that a reply would garble."""
    held = [unicodedata.category(c)[0] in "LM" or c in DIGITS for c in text]
    marked = all(ok or c in NAME_MARKS for ok, c in zip(held, text, strict=True))
    return marked and held[0] and held[-1] and text[0] not in DIGITS


def _is_formula(field: str, cell: str) -> bool:
    if field == "phone" and COUNTRY.fullmatch(cell):
        return False
    return any(part.startswith(FORMULA) for part in (cell, *_several(cell)))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split("[、,，;；]", cell) if part.strip()))


def _clashes(texts: Texts, entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """The same number for two people, and the same role twice."""
    bad: list[tuple[int, str]] = []
    first: dict[str, Entry] = {}
    held: dict[tuple[str, str, str | None, str | None], int] = {}
    for entry in entries:
        other = first.setdefault(entry.phone, entry)
        if fold_name(other.name) != fold_name(entry.name):
            bad.append((entry.row, texts.say("roster.bad.other_name", other=other.row)))
        for role in roles_of(0, entry):
            key = (entry.phone, role["role"], role["community"], role["grid"])
            if held.setdefault(key, entry.row) != entry.row:
                bad.append((entry.row, texts.say("roster.bad.twice", other=held[key])))
                break
    return bad


def roles_of(person_id: int, entry: Entry) -> list[dict[str, Any]]:
    """The triples of an entry, as rows: the product of its cells."""
    return [
        {
            "person_id": person_id, "role": role, "community": community, "grid": grid, "branch": entry.branch,
            "skills": list(entry.skills),
        }
        for role in entry.roles
        for community in entry.communities or (None,)
        for grid in entry.grids or (None,)
    ]  # fmt: skip
