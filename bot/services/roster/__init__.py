"""Who is who: the office's roster read from its file, bind codes, and binding a person to an openid."""

import re
import secrets
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import NotFound, NotUnderstood
from bot.services.office import Office
from bot.services.orders import leavers
from bot.services.roster.reading import WRONG, read_cells
from bot.store import people
from bot.store import roster as store
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.texts import Texts
from bot.understanding.normalize import clean_name, fold_name

PHONE = re.compile(r"1[3-9]\d{9}")
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 8
LONGEST = {"name": 64, "community": 32, "grid": 32, "branch": 64}  # characters of a cell


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


def import_roster(
    office: Office, file: Path, now: datetime, *, replace: bool = False, demo: bool = False
) -> list[dict[str, Any]]:
    """All rows or none. Updates by telephone number; who is bound keeps the binding. Raises BadRoster."""
    titles = set(office.texts.sentences["roster"]["columns"].values())
    try:
        cells = read_cells(file, lambda row: titles <= {_plain(cell) for cell in row})
    except NotUnderstood as error:
        raise BadRoster([(0, office.texts.say(error.key))]) from error
    entries = _entries(office.texts, cells, {fold_name(name): name for name in office.reader.communities()})
    with office.db.transaction() as tx:
        return _write(office, tx, entries, now, replace=replace, demo=demo)


def _write(
    office: Office, tx: Tx, entries: Sequence[Entry], now: datetime, *, replace: bool, demo: bool
) -> list[dict[str, Any]]:
    names = {tx.vault.index(entry.phone): entry for entry in entries}
    sealed = [{"phone_index": index, "name": e.name, "is_demo": demo} for index, e in names.items()]
    known = {row.phone_index for row in store.by_phones(tx, list(names))}
    persons = store.put_persons(tx, sealed, now)
    ids = [persons[index].id for index in names]
    store.seal_phones(tx, {persons[index].id: entry.phone for index, entry in names.items()})
    left = store.drop_roles(tx, None if replace else ids)
    _record_import(tx, now, {persons[index].id: index in known for index in names}, left)
    store.add_roles(tx, [role for e in entries for role in _roles(persons[tx.vault.index(e.phone)].id, e)])
    leavers.release_orders(office, tx, now)
    unbound = [row.id for row in persons.values() if row.openid is None]
    codes = {person: _draw() for person in unbound}
    hashed = {person: tx.vault.index(code) for person, code in codes.items()}
    store.put_codes(tx, hashed, now + timedelta(days=office.limits.bind_days))
    return [
        {
            "name": e.name, "role": e.role_words, "community": "、".join(e.communities) or None,
            "bind_code": codes.get(persons[tx.vault.index(e.phone)].id),
        }
        for e in entries
    ]  # fmt: skip


def _record_import(tx: Tx, now: datetime, entered: Mapping[int, bool], left: Collection[int]) -> None:
    """Who came, who changed, who left. `entered`: person and whether known before; `left`: whose roles were dropped."""
    acts = {True: Act.ROSTER_CHANGE, False: Act.ROSTER_ENTER}
    rows = [audit.Entry(acts[known], audit.CLI, whose_id=person) for person, known in entered.items()]
    rows += [audit.Entry(Act.ROSTER_LEAVE, audit.CLI, whose_id=person) for person in sorted(set(left) - set(entered))]
    audit.write(tx, now, *rows)


def _roles(person_id: int, entry: Entry) -> list[dict[str, Any]]:
    return [
        {
            "person_id": person_id, "role": role, "community": community, "grid": grid, "branch": entry.branch,
            "skills": list(entry.skills),
        }
        for role in entry.roles
        for community in entry.communities or (None,)
        for grid in entry.grids or (None,)
    ]  # fmt: skip


def _draw() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def issue_code(office: Office, phone: str, now: datetime) -> str:
    """A new code for somebody on the roster; older ones of that person are void. NotFound without such a person."""
    with office.db.transaction() as tx:
        person = store.by_phone(tx, tx.vault.index(plain_phone(phone)))
        if person is None:
            raise NotFound("roster.bad.no_such_phone")
        code = _draw()
        store.put_codes(tx, {person.id: tx.vault.index(code)}, now + timedelta(days=office.limits.bind_days))
        audit.write(tx, now, audit.Entry(Act.ROSTER_CODE, audit.CLI, whose_id=person.id))
        return code


def leave(office: Office, phone: str, now: datetime) -> None:
    """The person loses all roles at once, and orders in hand go back to staff. NotFound without such a person."""
    with office.db.transaction() as tx:
        person = store.by_phone(tx, tx.vault.index(plain_phone(phone)))
        if person is None:
            raise NotFound("roster.bad.no_such_phone")
        store.drop_roles(tx, [person.id])
        audit.write(tx, now, audit.Entry(Act.ROSTER_LEAVE, audit.CLI, whose_id=person.id))
        leavers.release_orders(office, tx, now)


def confirm_device(office: Office, phone: str, now: datetime) -> None:
    """The operator vouches for the new device of somebody. NotFound where that person waits for nothing."""
    with office.db.transaction() as tx:
        person = store.by_phone(tx, tx.vault.index(plain_phone(phone)))
        if person is None or person.moved_at is None:
            raise NotFound("roster.bad.no_such_phone")
        people.change(tx, person.id, moved_at=None)
        audit.write(tx, now, audit.Entry(Act.BIND_CONFIRMED, audit.CLI, whose_id=person.id))


def is_code(text: str) -> bool:
    """Whether this looks like a bind code."""
    code = text.upper()
    return len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code)


# checking the rows


def _plain(text: str) -> str:
    return clean_name(text)


def plain_phone(text: str) -> str:
    """A telephone number without what people and programs write around it: blanks, dashes, quotes, +86."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZ")
    bare = "".join(c for c in kept if unicodedata.category(c) != "Pd" and c not in "−⁃'‘’`.()")
    return re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", bare)


def _entries(texts: Texts, cells: Sequence[Sequence[str]], places: Mapping[str, str]) -> list[Entry]:
    columns: Mapping[str, str] = texts.sentences["roster"]["columns"]
    head = [_plain(cell) for cell in cells[0]] if cells else []
    missing = [title for title in columns.values() if title not in head]
    if missing:
        raise BadRoster([(1, texts.say("roster.bad.columns", names="、".join(missing)))])
    where = {field: head.index(title) for field, title in columns.items()}
    rows = [(number, row) for number, row in enumerate(cells[1:], 2) if any(_plain(cell) for cell in row)]
    if not rows:
        raise BadRoster([(1, texts.say("roster.bad.empty"))])
    entries, bad = [], []
    for number, row in rows:
        fields = {field: row[at] if at < len(row) else "" for field, at in where.items()}
        entry, reasons = _entry(texts, number, fields, places)
        entries.append(entry)
        bad += [(number, reason) for reason in reasons]
    bad += _clashes(texts, entries)
    if bad:
        raise BadRoster(sorted(bad))
    return entries


def _entry(texts: Texts, number: int, given: Mapping[str, str], places: Mapping[str, str]) -> tuple[Entry, list[str]]:
    wrong = [field for field, cell in given.items() if cell.startswith(WRONG)]
    fields = {field: _plain(cell.removeprefix(WRONG)) for field, cell in given.items()}
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
    grids, branch = _several(fields["grid"]), fields["branch"] or None
    skills = _several(fields["skills"])
    return Entry(number, roles, "、".join(words), fields["name"], phone, communities, grids, branch, skills), reasons


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
        for role in _roles(0, entry):
            key = (entry.phone, role["role"], role["community"], role["grid"])
            if held.setdefault(key, entry.row) != entry.row:
                bad.append((entry.row, texts.say("roster.bad.twice", other=held[key])))
                break
    return bad
