"""The roster as the console shows it: a page of people, and the roles of these."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from bot.store import exclusions
from bot.store.database import Tx
from bot.store.tables import orders, persons, roles


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people: empty where it does not matter. `within`: with a role in one of these communities; None: all.
    `is_bound` None: bound or not. `after`: the id that the page follows."""

    name: str = ""
    role: str = ""
    community: str = ""
    branch: str = ""
    is_bound: bool | None = None
    within: frozenset[str] | None = None
    after: int = 0


def page(tx: Tx, wanted: Wanted, limit: int) -> Sequence[Row[Any]]:
    """Persons by id, each with the number of orders in hand that anybody may know of."""
    in_hand = (
        select(func.count())
        .where(orders.c.handler_id == persons.c.id, orders.c.state == "accepted", exclusions.readable(None))
        .scalar_subquery()
    )
    query = select(persons, in_hand.label("in_hand")).where(persons.c.id.in_(_holders(wanted)), *_of_person(wanted))
    return tx.all(query.where(persons.c.id > wanted.after).order_by(persons.c.id).limit(limit))


def _holders(wanted: Wanted) -> Any:
    held: list[ColumnElement[bool]] = []
    for column in ("role", "community", "branch"):
        if getattr(wanted, column):
            held.append(roles.c[column] == getattr(wanted, column))
    if wanted.within is not None:
        held.append(roles.c.community.in_(sorted(wanted.within)))
    return select(roles.c.person_id).where(*held)


def _of_person(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.name:
        found.append(persons.c.name.contains(wanted.name, autoescape=True))
    if wanted.is_bound is not None:
        found.append(persons.c.openid.is_not(None) if wanted.is_bound else persons.c.openid.is_(None))
    return found


def roles_among(tx: Tx, person_ids: Collection[int]) -> Sequence[Row[Any]]:
    """The rows of roles of these persons, at most some hundreds."""
    return tx.all(select(roles).where(roles.c.person_id.in_(person_ids)).order_by(roles.c.id))


def everybody(tx: Tx) -> Sequence[Row[Any]]:
    """Each row of roles with its person's name, phone_index, openid and rest, by person."""
    held = (persons.c.name, persons.c.phone_index, persons.c.openid, persons.c.resting)
    return tx.all(
        select(roles, *held).join(persons, persons.c.id == roles.c.person_id).order_by(persons.c.id, roles.c.id)
    )


def branches(tx: Tx, within: frozenset[str] | None) -> list[str]:
    """The names of all branches."""
    query = select(roles.c.branch).where(roles.c.branch.is_not(None)).distinct().order_by(roles.c.branch)
    if within is not None:
        query = query.where(roles.c.community.in_(sorted(within)))
    return [row.branch for row in tx.all(query)]
