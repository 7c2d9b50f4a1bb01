"""Who is who: the office's roster read from its file, bind codes, and binding a person to an openid."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import NotFound, NotUnderstood
from bot.services.accounts import ending
from bot.services.office import Office
from bot.services.orders import leavers
from bot.services.roster.reading import read_cells
from bot.services.roster.rows import BadRoster as BadRoster
from bot.services.roster.rows import Entry, plain_phone, read_entries, roles_of
from bot.store import notices, people
from bot.store import roster as store
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.understanding import Speaker
from bot.understanding.normalize import clean_name, fold_name, simplify

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 8


def import_roster(
    office: Office, file: Path, now: datetime, *, replace: bool = False, demo: bool = False
) -> list[dict[str, Any]]:
    """All rows or none. Updates by telephone number; who is bound keeps the binding. Raises BadRoster."""
    titles = set(office.texts.sentences["roster"]["columns"].values())
    try:
        cells = read_cells(file, lambda row: titles <= {clean_name(cell) for cell in row})
    except NotUnderstood as error:
        raise BadRoster([(0, office.texts.say(error.key))]) from error
    everybody = Speaker(frozenset(office.texts.sentences["roster"]["roles"].values()))

    def is_command(name: str) -> bool:
        return office.reader.grammar.read(simplify(name), everybody) is not None

    places = {fold_name(name): name for name in office.reader.communities()}
    found = read_entries(office.texts, cells, places, is_command)
    with office.db.transaction() as tx:
        return _write(office, tx, found, now, replace=replace, demo=demo)


def _write(
    office: Office, tx: Tx, found: Sequence[Entry], now: datetime, *, replace: bool, demo: bool
) -> list[dict[str, Any]]:
    names = {tx.vault.index(entry.phone): entry for entry in found}
    rows = [{"phone_index": index, "name": e.name, "is_demo": demo} for index, e in names.items()]
    known = {row.phone_index for row in store.by_phones(tx, list(names))}
    persons = store.put_persons(tx, rows, now)
    ids = [persons[index].id for index in names]
    store.seal_phones(tx, {persons[index].id: entry.phone for index, entry in names.items()})
    left = store.drop_roles(tx, None if replace else ids)
    _record_import(tx, now, {persons[index].id: index in known for index in names}, left)
    store.add_roles(tx, [role for e in found for role in roles_of(persons[tx.vault.index(e.phone)].id, e)])
    leavers.release_orders(office, tx, now)
    notices.withhold_from_leavers(tx, sorted(left))
    ending.of_leavers(tx, now, audit.CLI)
    unbound = [row.id for row in persons.values() if row.openid is None]
    codes = {person: _draw() for person in unbound}
    hashed = {person: tx.vault.index(code) for person, code in codes.items()}
    store.put_codes(tx, hashed, now + timedelta(days=office.limits.bind_days))
    return [
        {
            "name": e.name, "role": e.role_words, "community": "、".join(e.communities) or None,
            "bind_code": codes.get(persons[tx.vault.index(e.phone)].id),
        }
        for e in found
    ]  # fmt: skip


def _record_import(tx: Tx, now: datetime, entered: Mapping[int, bool], left: Collection[int]) -> None:
    """Who came, who changed, who left. `entered`: person and whether known before; `left`: whose roles were dropped."""
    acts = {True: Act.ROSTER_CHANGE, False: Act.ROSTER_ENTER}
    rows = [audit.Entry(acts[known], audit.CLI, whose_id=person) for person, known in entered.items()]
    rows += [audit.Entry(Act.ROSTER_LEAVE, audit.CLI, whose_id=person) for person in sorted(set(left) - set(entered))]
    audit.write(tx, now, *rows)


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
        notices.withhold_from_leavers(tx, [person.id])
        ending.of_leavers(tx, now, audit.CLI)


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
