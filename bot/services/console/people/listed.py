"""The roster as a list: everybody for an administrator, for staff the people of their own communities."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from bot.characters import number
from bot.errors import NotFound
from bot.orders.rights import MEMBER, OFFICE_WIDE
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.reads import roster
from bot.store.reads.roster import Wanted
from bot.store.sealed import columns

SHOWN = 100  # people of a page
BOUND: Mapping[str, bool] = {"yes": True, "no": False}
TAIL = 4  # digits of a telephone number


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty where nothing is. `after`: the id that the page follows."""

    name: str = ""
    role: str = ""
    community: str = ""
    branch: str = ""
    bound: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person. `held`: each role in words. `tail`: the last digits of the telephone number."""

    person_id: int
    name: str
    held: Sequence[str]
    branches: str
    skills: str
    is_bound: bool
    is_resting: bool
    has_moved: bool
    in_hand: int
    tail: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of people. `after`: where the next begins, None after the last; `branches`: to choose from."""

    people: Sequence[Listed]
    after: str | None
    branches: Sequence[str]
    may_change: bool


def show(office: Office, seat: Seat, filters: Filters) -> Page:
    """The people who fit and whom this person may see."""
    within = seat.rights.scope()
    after = number(filters.after) or 0
    wanted = Wanted(
        filters.name, filters.role, filters.community, filters.branch, BOUND.get(filters.bound), within, after
    )
    with office.db.reading() as tx:
        rows = roster.page(tx, wanted, SHOWN + 1)
        found = _listed(office, tx, rows[:SHOWN], within)
        branches = roster.branches(tx, within)
    more = str(rows[SHOWN - 1].id) if len(rows) > SHOWN else None
    return Page(found, more, branches, may_change=seat.rights.holds(*OFFICE_WIDE))


def one(office: Office, seat: Seat, person_id: int) -> Listed:
    """Somebody whom an administrator is about to change. NotFound for anybody else, and for who is not on the roster."""
    if not seat.rights.holds(*OFFICE_WIDE):
        raise NotFound("console_people.nobody")
    with office.db.reading() as tx:
        found = _listed(office, tx, roster.page(tx, Wanted(after=person_id - 1), 1), None)
    if not found or found[0].person_id != person_id:
        raise NotFound("console_people.nobody")
    return found[0]


def names(tx: Tx, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of those of them who are on the roster, in the order given."""
    known = {row.person_id for row in roster.roles_among(tx, list(person_ids))}
    return {one: people.by_id(tx, one).name or "" for one in dict.fromkeys(person_ids) if one in known}


def role_words(office: Office) -> dict[str, str]:
    """The name of each role as people write it."""
    return {role: word for word, role in office.texts.sentences["roster"]["roles"].items()}


def _listed(office: Office, tx: Tx, rows: Sequence[Row[Any]], within: frozenset[str] | None) -> list[Listed]:
    held: dict[int, list[Row[Any]]] = {}
    for role in roster.roles_among(tx, [row.id for row in rows]):
        if within is None or role.community in within:
            held.setdefault(role.person_id, []).append(role)
    return [_one(office, tx, row, held.get(row.id, [])) for row in rows]


def _one(office: Office, tx: Tx, row: Row[Any], held: Sequence[Row[Any]]) -> Listed:
    phone = columns.text(tx, "persons", "phone_sealed", row) or ""
    words = role_words(office)
    return Listed(
        person_id=row.id, name=row.name or "", held=[in_words(words, x.role, x.community, x.grid) for x in held],
        branches="、".join(dict.fromkeys(x.branch for x in held if x.branch)),
        skills="、".join(dict.fromkeys(skill for x in held for skill in x.skills)),
        is_bound=row.openid is not None, is_resting=row.resting, has_moved=row.moved_at is not None,
        in_hand=row.in_hand, tail=phone[-TAIL:], is_member=any(x.role == MEMBER for x in held),
    )  # fmt: skip


def in_words(words: Mapping[str, str], role: str, community: str | None, grid: str | None) -> str:
    """A role as a reader sees it: its name, then where it holds."""
    return " ".join(filter(None, [words.get(role, role), community, grid]))
