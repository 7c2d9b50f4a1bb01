"""Lists of orders: of a resident, in somebody's hands, open to members, before staff."""

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
    union_all,
)

from bot.orders.order import Order
from bot.orders.restricted import RESTRICTED
from bot.store import exclusions
from bot.store.connections.statements import Prepared
from bot.store.database import Tx, for_change
from bot.store.exclusions import Reader
from bot.store.tables import IS_A_MATTER, offers, orders, roles

LISTED = 50  # orders of a list
RANKS = {"U0": 0, "U1": 1}
ORDER = (case(RANKS, value=orders.c.urgency, else_=len(RANKS)), orders.c.limit_at, orders.c.id)
"""The one order of all lists of staff: danger first, then what is soon dangerous, then the nearest limit."""


def rank(urgency: str) -> int:
    """The place of an urgency in that order."""
    return RANKS.get(urgency, len(RANKS))


HELPED = ("confirmed", "no_reply")
"""Outcomes of what somebody did."""
_CLAIMS = Prepared(
    lambda _: select(func.count()).where(orders.c.handler_id == bindparam("of_id"), orders.c.state == "accepted")
)
_MERGED = Prepared(
    lambda _: select(orders).where(orders.c.merged_into_id == bindparam("of_id"), orders.c.outcome == "merged")
)


_MINE = and_(orders.c.person_id == bindparam("of_id"), orders.c.lane != RESTRICTED, IS_A_MATTER)
_OLDER = Prepared(
    lambda _: select(orders).where(_MINE, orders.c.id < bindparam("before_id")).order_by(orders.c.id.desc()).limit(20)
)


@cache
def _of_resident(states: tuple[str, ...] | None) -> Prepared:
    query = select(orders).where(_MINE).order_by(orders.c.id.desc()).limit(20)
    return Prepared(lambda _: query.where(orders.c.state.in_(states)) if states is not None else query)


def of_resident(tx: Tx, person_id: int, states: Collection[str] | None = None) -> Sequence[Order]:
    """The newest first; restricted ones are never listed, since somebody else may hold the telephone."""
    return tx.all(_of_resident(tuple(states) if states is not None else None), of_id=person_id)


def older_of_resident(tx: Tx, person_id: int, before: int) -> Sequence[Order]:
    """The same in any state, of smaller ids than `before`."""
    return tx.all(_OLDER, of_id=person_id, before_id=before)


def handled_by(tx: Tx, person_id: int, reader: Reader) -> Sequence[Order]:
    """Orders in the hands of this person, who reads the list; the oldest first."""
    mine = (orders.c.handler_id == person_id, orders.c.state == "accepted", exclusions.known_to(reader))
    return tx.all(select(orders).where(*mine).order_by(orders.c.id))


def helped_by(tx: Tx, person_id: int, reader: Reader, limit: int) -> Sequence[Order]:
    """What this person, who reads the list, brought to its end, the newest first; restricted ones never."""
    mine = and_(orders.c.handler_id == person_id, exclusions.readable(reader))
    ended = or_(orders.c.state == "done", and_(orders.c.state == "closed", orders.c.outcome.in_(HELPED)))
    return tx.all(select(orders).where(mine, ended).order_by(orders.c.id.desc()).limit(limit))


def minutes_of(tx: Tx, person_id: int) -> int:
    """How long this person has helped: of closed orders that the resident confirmed."""
    confirmed = (orders.c.state == "closed", orders.c.outcome == "confirmed", orders.c.lane != RESTRICTED)
    return int(
        tx.value(select(func.sum(orders.c.served_minutes)).where(orders.c.handler_id == person_id, *confirmed)) or 0
    )


def claims_of(tx: Tx, person_id: int) -> int:
    """How many orders the person has in hand."""
    return int(tx.value(_CLAIMS, of_id=person_id) or 0)


def offered_to(tx: Tx, person_id: int, reader: Reader) -> Sequence[Order]:
    """What this person, who reads the list, is invited to; the oldest first."""
    pending = (offers.c.person_id == person_id, offers.c.state == "pending", orders.c.state == "offered")
    query = select(orders).join(offers, offers.c.order_id == orders.c.id)
    return tx.all(query.where(*pending, exclusions.known_to(reader)).order_by(orders.c.id))


def open_within(
    tx: Tx, areas: Collection[tuple[str | None, str | None]], reader: Reader, after: int = 0
) -> Sequence[Order]:  # fmt: skip
    """Open orders whose ring includes one of these areas (community, grid), the oldest first, behind this id:
    `bot.orders.rights.Rights.within_ring`."""
    ring = orders.c.ring
    communities = {community for community, _ in areas if community}
    in_grid = [
        and_(orders.c.grid == grid, true() if community is None else orders.c.community == community)
        for community, grid in areas
        if grid
    ]
    near = or_(
        ring >= 2,
        orders.c.community.is_(None),
        and_(ring == 1, orders.c.community.in_(communities)),
        *(and_(ring == 0, same) for same in in_grid),
        and_(ring == 0, orders.c.grid.is_(None), orders.c.community.in_(communities)),
    )
    open_to = (orders.c.state == "open", orders.c.id > after, near, exclusions.known_to(reader))
    return tx.all(select(orders).where(*open_to).order_by(orders.c.id).limit(20))


def for_staff(
    tx: Tx, communities: Collection[str] | None, states: Collection[str], reader: Reader
) -> Sequence[Order]:  # fmt: skip
    """Orders of these communities (None: all) in these states; restricted ones and those kept from the reader never."""
    everywhere: list[ColumnElement[bool]] = [true()]
    places = [orders.c.community == name for name in communities] if communities is not None else everywhere
    if communities is not None:
        places.append(orders.c.community.is_(None))
    found = union_all(*(select(_first(state, place, reader).c.id) for state in states for place in places))
    query = select(orders).where(orders.c.id.in_(found)).order_by(*ORDER)
    return tx.all(query.limit(LISTED)) if states else []


def _first(state: str, place: ColumnElement[bool], reader: Reader) -> Subquery:
    """The ids that a list can show at most of one state and place: read from the index in its order, however many
    orders there are."""
    mine = select(orders.c.id).where(orders.c.state == state, place, exclusions.readable(reader))
    return mine.order_by(orders.c.urgency, orders.c.limit_at, orders.c.id).limit(LISTED).subquery()


def restricted(tx: Tx) -> Sequence[Order]:
    """Restricted matters that are not closed."""
    query = select(orders).where(orders.c.lane == RESTRICTED, orders.c.state != "closed")
    return tx.all(query.order_by(*ORDER))


def merged_into(tx: Tx, order_id: int) -> Sequence[Order]:
    """Orders that were closed as the same matter as this one."""
    return tx.all(_MERGED, of_id=order_id)


def held_off_roster(tx: Tx) -> Sequence[Order]:
    """Orders whose handler, or whoever is invited to them, is on no roster any more; locked."""
    known = select(roles.c.person_id)
    invited = select(offers.c.order_id).where(offers.c.state == "pending", offers.c.person_id.not_in(known))
    held = or_(
        and_(orders.c.state == "accepted", orders.c.handler_id.is_not(None), orders.c.handler_id.not_in(known)),
        and_(orders.c.state == "offered", orders.c.id.in_(invited)),
    )
    return tx.all(for_change(select(orders).where(held).order_by(orders.c.id)))
