"""Who is who: the office's roster, read from its file."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.broadcasts.audience_words import numbered_grid
from bot.errors import NotUnderstood
from bot.services.accounts import ending
from bot.services.office import Office
from bot.services.orders import leavers
from bot.services.roster import changes
from bot.services.roster.cells import MEGABYTES, Cells
from bot.services.roster.changes import CODE_LETTERS as CODE_LETTERS
from bot.services.roster.changes import OPERATOR, By
from bot.services.roster.reading import IsHead, cells_of, read_cells
from bot.services.roster.rows import BadRoster as BadRoster
from bot.services.roster.rows import Entry, read_entries, roles_of
from bot.store.database import Tx
from bot.store.persons import roster as store
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.sending import withdrawals
from bot.understanding import Speaker
from bot.understanding.normalize import clean_name, fold_name, simplify


def read_file(office: Office, file: Path) -> list[Entry]:
    """Its rows, checked. Raises BadRoster."""
    return _entries(office, lambda is_head: read_cells(file, is_head))


def write(
    office: Office, found: Sequence[Entry], now: datetime, *, replace: bool = False, demo: bool = False
) -> list[dict[str, Any]]:
    """`enter` in a transaction of its own."""
    with office.db.transaction() as tx:
        return enter(office, tx, found, now, replace=replace, demo=demo)


def read(office: Office, content: bytes) -> list[Entry]:
    """The rows of a file that somebody uploads, checked. Raises BadRoster."""
    return _entries(office, lambda is_head: cells_of(content, is_head))


def _entries(office: Office, cells_by: Callable[[IsHead], Cells]) -> list[Entry]:
    titles = set(office.texts.sentences["roster"]["columns"].values())
    try:
        cells = cells_by(lambda row: titles <= {clean_name(cell) for cell in row})
    except NotUnderstood as error:
        raise BadRoster([(0, office.texts.say(error.key, megabytes=MEGABYTES))]) from error
    everybody = Speaker(frozenset(office.texts.sentences["roster"]["roles"].values()))

    def is_command(name: str) -> bool:
        return office.reader.grammar.read(simplify(name), everybody) is not None

    places = {fold_name(name): name for name in office.reader.communities()}
    words = office.texts.sentences["broadcast"]["audience"]

    def grid(said: str) -> str:
        name = numbered_grid(said, words)
        return office.reader.grid(said) or office.reader.grid(name) or name

    return read_entries(office.texts, cells, places, is_command, grid)


def doubts(office: Office, found: Sequence[Entry]) -> list[tuple[int, str]]:
    """What looks wrong in a row and is taken in all the same: (row, sentence). Grids that are not in the list of places, where
    the office lists any."""
    if not office.reader.lists_grids():
        return []
    unknown = [(entry.row, grid) for entry in found for grid in entry.grids if office.reader.grid(grid) is None]
    return [(row, office.texts.say("roster.doubt.grid", name=grid)) for row, grid in unknown]


def enter(
    office: Office, tx: Tx, found: Sequence[Entry], now: datetime, *, replace: bool, demo: bool = False,
    by: By = OPERATOR,
) -> list[dict[str, Any]]:  # fmt: skip
    """Write checked rows. `replace`: who is not among them leaves the roster. A row each with the bind code of whoever is
    not bound."""
    names = {tx.vault.index(entry.phone): entry for entry in found}
    rows = [{"phone_index": index, "name": e.name, "is_demo": demo} for index, e in names.items()]
    known = {row.phone_index for row in store.by_phones(tx, list(names))}
    persons = store.put_persons(tx, rows, now)
    ids = [persons[index].id for index in names]
    store.seal_phones(tx, {persons[index].id: entry.phone for index, entry in names.items()})
    left = store.drop_roles(tx, None if replace else ids)
    _record_import(tx, now, {persons[index].id: index in known for index in names}, left, by)
    store.add_roles(tx, [role for e in found for role in roles_of(persons[tx.vault.index(e.phone)].id, e)])
    leavers.release_orders(office, tx, now)
    withdrawals.withhold_from_leavers(tx, sorted(left))
    ending.of_leavers(tx, now, by.source)
    unbound = [row.id for row in persons.values() if row.openid is None]
    codes = changes.put_codes(office, tx, unbound, now)
    return [
        {
            "name": e.name, "role": e.role_words, "community": "、".join(e.communities) or None,
            "bind_code": codes.get(persons[tx.vault.index(e.phone)].id),
        }
        for e in found
    ]  # fmt: skip


def _record_import(tx: Tx, now: datetime, entered: Mapping[int, bool], left: Collection[int], by: By) -> None:
    """Who came, who changed, who left. `entered`: person and whether known before; `left`: whose roles were dropped."""
    acts = {True: Act.ROSTER_CHANGE, False: Act.ROSTER_ENTER}
    who = by.person_id
    rows = [audit.Entry(acts[known], by.source, who, person) for person, known in entered.items()]
    rows += [audit.Entry(Act.ROSTER_LEAVE, by.source, who, person) for person in sorted(set(left) - set(entered))]
    audit.write(tx, now, *rows)
