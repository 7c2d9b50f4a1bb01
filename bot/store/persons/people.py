"""Persons, their roles and their place in the conversation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, insert, or_, select, update

from bot.orders.rights import MEMBER, Rights, rights
from bot.store.connections.statements import Prepared
from bot.store.database import Tx, for_change
from bot.store.rows import Named, OnRoster, Person, Role, Session, Volunteer
from bot.store.tables import offers, orders, persons, roles, sessions

MOST_NAMES = 2048
"""Of a message, which has so many characters at most."""
NEW_PERSON: Mapping[str, Any] = {
    "subscribed": True, "resting": False, "chat_left": 0, "click_left": 0, "bind_failures": 0, "is_demo": False,
}  # fmt: skip


def _insert(dialect: str, table: Any) -> Any:
    """The database's own INSERT; of PostgreSQL only where it is used, as it costs every process memory."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)


def insert_or_skip(tx: Tx, table: Any, values: Any, *, on: Sequence[str]) -> Any:
    """INSERT … ON CONFLICT DO NOTHING in the database's own words; waits for a rival's commit."""
    return _insert(tx.dialect, table).values(values).on_conflict_do_nothing(index_elements=list(on))


def insert_selected(tx: Tx, table: Any, columns: Sequence[str], query: Any, *, on: Sequence[str]) -> Any:
    """As `insert_or_skip`, for the rows of a query."""
    return _insert(tx.dialect, table).from_select(columns, query).on_conflict_do_nothing(index_elements=list(on))


def inserting(dialect: str, table: Table, columns: Sequence[str], *, skip: Sequence[str] | None = None) -> Any:
    """INSERT of these columns with a parameter for each; a row whose `skip` columns are there already changes nothing,
    also where `skip` is empty: then any unique columns."""
    statement = _insert(dialect, table).values({name: bindparam(name) for name in columns}).inline()
    return statement if skip is None else statement.on_conflict_do_nothing(index_elements=list(skip) or None)


_BY_OPENID = Prepared(lambda _: for_change(select(persons).where(persons.c.openid == bindparam("openid"))))
_BY_ID = Prepared(lambda _: select(persons).where(persons.c.id == bindparam("of_id")))
_ROLES = Prepared(lambda _: select(roles).where(roles.c.person_id == bindparam("of_id")))
_NAMES = Prepared(
    lambda _: (
        select(persons.c.id, persons.c.name, persons.c.resting, roles.c.role, roles.c.community)
        .join(roles)
        .order_by(persons.c.id)
    )
)
_ON_ROSTER = select(persons.c.id, persons.c.name, persons.c.phone_index, roles.c.role, roles.c.community).join(roles)
_SESSION = Prepared(lambda _: select(sessions).where(sessions.c.person_id == bindparam("of_id")))


@cache
def _new(columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda dialect: inserting(dialect, persons, columns, skip=["openid"]).returning(persons))


@cache
def _change(columns: tuple[str, ...]) -> Prepared:
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    return Prepared(lambda _: update(persons).where(persons.c.id == bindparam("of_id")).values(values))


@cache
def _with_role(names: tuple[str, ...], local: bool) -> Prepared:
    query = select(roles.c.person_id).where(roles.c.role.in_(names)).distinct().order_by(roles.c.person_id)
    return Prepared(lambda _: query.where(roles.c.community == bindparam("community")) if local else query)


@cache
def _save_session(columns: tuple[str, ...], known: bool) -> Prepared:
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    if known:
        return Prepared(lambda _: update(sessions).where(sessions.c.person_id == bindparam("of_id")).values(values))
    return Prepared(lambda dialect: inserting(dialect, sessions, (*columns, "person_id")))


def known_by_openid(tx: Tx, openid: str) -> Person | None:
    """The person behind an openid, locked; None where nobody of it has spoken or followed."""
    return tx.first(_BY_OPENID, openid=openid)


def find(tx: Tx, openid: str) -> Person | None:
    """As `known_by_openid`, without a lock."""
    return tx.first(select(persons).where(persons.c.openid == openid))


def locked_by_openid(tx: Tx, openid: str, now: datetime) -> Person:
    """The person behind an openid, made at first sight; the row is locked: one message at a time."""
    row = known_by_openid(tx, openid)
    if row is None:
        enter(tx, openid, now)
        row = known_by_openid(tx, openid)
    assert row is not None
    return row


def enter(tx: Tx, openid: str, now: datetime, **values: object) -> Person | None:
    """A new person behind an openid; None where there is one. Waits for a rival that is just writing it."""
    row = {**NEW_PERSON, **values, "openid": openid, "created_at": now}
    return tx.first(_new(tuple(row)), **row)


def add(tx: Tx, now: datetime, **values: object) -> Person:
    """A person without an account here."""
    return tx.run(insert(persons).values({**NEW_PERSON, "created_at": now, **values}).returning(persons)).one()


def by_id(tx: Tx, person_id: int) -> Person:
    """The person; NoneType is impossible while foreign keys hold."""
    row = tx.first(_BY_ID, of_id=person_id)
    assert row is not None
    return row


def change(tx: Tx, person_id: int, **values: object) -> None:
    tx.write(_change(tuple(values)), {**values, "of_id": person_id})


def roles_of(tx: Tx, person_id: int) -> Sequence[Role]:
    return tx.all(_ROLES, of_id=person_id)


def rights_of(tx: Tx, person_id: int) -> Rights:
    """The same as triples."""
    return rights((row.role, row.community, row.grid) for row in roles_of(tx, person_id))


def with_role(tx: Tx, names: Collection[str], community: str | None = None) -> list[int]:
    """Ids of persons holding one of the roles; with a community, only those of it."""
    local = {"community": community} if community is not None else {}
    return [row.person_id for row in tx.all(_with_role(tuple(names), bool(local)), **local)]


def named(tx: Tx, name: str) -> Sequence[Named]:
    """Everybody on the roster of this name, a row for each role; names are compared folded."""
    from bot.understanding.normalize import fold_name  # brings a dictionary that most processes do without

    folded = fold_name(name)
    return [row for row in with_names(tx) if folded and fold_name(row.name or "") == folded]


def with_names(tx: Tx) -> Sequence[Named]:
    """Everybody on the roster, a row for each role."""
    return tx.all(_NAMES)


def roster(tx: Tx) -> Sequence[OnRoster]:
    """Everybody on the roster: id, name, index of the telephone number, role, community; a row for each role."""
    return tx.all(_ON_ROSTER.order_by(persons.c.id))


def with_office(tx: Tx, names: Collection[str], phone_indexes: Collection[str]) -> Sequence[OnRoster]:
    """As `roster`: the staff, and who of the others has one of these names or numbers."""
    meant = or_(
        roles.c.role != MEMBER,
        persons.c.name.in_(sorted(names)[:MOST_NAMES]),
        persons.c.phone_index.in_(sorted(phone_indexes)[:MOST_NAMES]),
    )
    return tx.all(_ON_ROSTER.where(meant).order_by(persons.c.id))


def members(tx: Tx) -> Sequence[Volunteer]:
    """Every role row of a member, with the person's name, rest and number of orders in hand."""
    in_hand = (
        select(func.count())
        .where(and_(orders.c.handler_id == persons.c.id, orders.c.state == "accepted"))
        .scalar_subquery()
    )
    asked = select(func.max(offers.c.invited_at)).where(offers.c.person_id == persons.c.id).scalar_subquery()
    return tx.all(
        select(
            persons.c.id, persons.c.name, persons.c.resting, persons.c.openid, asked.label("last_asked_at"),
            roles.c.community, roles.c.grid, roles.c.skills, in_hand.label("in_hand"),
        )
        .join(roles).where(roles.c.role == "member").order_by(persons.c.id)
    )  # fmt: skip


def members_within(tx: Tx, community: str | None, grid: str | None) -> list[int]:
    """Ids of members on duty in a grid, a community, or (both None) the whole office: who are `bot.orders.rights.Rights.within_ring`."""
    query = select(roles.c.person_id).join(persons).where(roles.c.role == "member", persons.c.resting.is_(False))
    if grid is not None:
        query = query.where(roles.c.grid == grid)
    if community is not None:
        query = query.where(roles.c.community == community)
    return [row.person_id for row in tx.all(query.distinct().order_by(roles.c.person_id))]


def session(tx: Tx, person_id: int) -> Session | None:
    return tx.first(_SESSION, of_id=person_id)


def save_session(tx: Tx, person_id: int, known: bool, values: Mapping[str, Any]) -> None:
    tx.write(_save_session(tuple(values), known), {**values, "of_id" if known else "person_id": person_id})


def end_session(tx: Tx, person_id: int) -> None:
    """Nothing is remembered of the conversation any more."""
    tx.run(delete(sessions).where(sessions.c.person_id == person_id))
