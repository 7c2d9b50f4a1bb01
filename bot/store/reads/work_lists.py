"""Lists of the work before staff: what waits, is in hand, late, soon due, or came in today. A page is one statement.

Each part of a list (a state or an urgency of one community) is read from an index in its own order and at most as far as
`LOOKED`, however many orders there are; the parts are then sorted together. Restricted orders, and those that are kept from the reader, are in none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from bot.store import exclusions
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.reads.order_lists import ORDER, rank
from bot.store.reads.word_filters import Word, fits
from bot.store.schema.console_work import asides
from bot.store.tables import Instant, orders, persons

SHOWN = 8  # orders of a page
KEPT = 64  # statements of first pages
LOOKED = 100  # orders of one part that are looked at
URGENCIES = ("U0", "U1", "U2", "U3")
# as the partial index has it: with parameters instead of the literals SQLite does not use the index
_OURS = orders.c.state.in_([literal_column(f"'{state}'") for state in ("submitted", "open", "offered", "accepted")])
_LIMIT = orders.c.limit_at

Place = str | None  # a community; None: of an order whose community nobody knows
Position = tuple[str, datetime, int]  # urgency, limit_at, id of the last order that was shown


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which communities (None: of all, whether known or not), of which urgencies, and the words that all must fit.
    `reader`: who reads it. `equal`: the values that columns of the order must have. `shown`: orders of a page.
    `present_at`: without orders that are put aside at that moment."""

    places: Collection[Place] | None
    reader: Reader
    urgencies: Collection[str] = URGENCIES
    words: Sequence[Word] = field(default=())
    after: Position | None = None
    equal: Mapping[str, Any] = field(default_factory=dict)
    present_at: datetime | None = None
    shown: int = SHOWN


def in_states(tx: Tx, wanted: Wanted, states: Collection[str]) -> Sequence[Row[Any]]:
    """Orders in these states."""
    if wanted.words or wanted.after is not None or wanted.equal or wanted.shown != SHOWN:
        return _page(tx, wanted, _in_states(wanted, states))
    places = frozenset(wanted.places) if wanted.places is not None else None
    keys = {f"key{at}": key for at, key in enumerate(wanted.reader.keys)}
    page = _first_page(tuple(states), tuple(sorted(wanted.urgencies)), places, tuple(keys))
    return tx.all(page, **keys) if page is not None else []


@lru_cache(KEPT)
def _first_page(
    states: tuple[str, ...], urgencies: tuple[str, ...], places: frozenset[Place] | None, keys: tuple[str, ...]
) -> Prepared | None:  # fmt: skip
    """The page that staff ask for most, without words: to build its statement takes longer than all the rest of the
    message. None where there is nothing to look at. `keys`: the parameters that take the reader's keys."""
    reader = Reader(tuple(bindparam(name, type_=String) for name in keys))
    wanted = Wanted(places, reader, urgencies)
    parts = _in_states(wanted, states)
    return Prepared(lambda _: _query(wanted, parts)) if parts else None


def _in_states(wanted: Wanted, states: Collection[str]) -> list[Select[Any]]:
    return [
        _part(urgency, and_(orders.c.state == state, place), wanted)
        for state in states
        for urgency in _urgencies(wanted)
        for place in _places(wanted.places)
    ]


def due(
    tx: Tx, wanted: Wanted, since: datetime | None, until: datetime, everywhere: Collection[str]
) -> Sequence[Row[Any]]:  # fmt: skip
    """Orders on which the office or a helper must act and whose limit is from `since` on and before `until`. `everywhere`: the
    office's communities."""
    within = [_OURS, until > _LIMIT] if since is None else [_OURS, until > _LIMIT, since <= _LIMIT]
    places = wanted.places if wanted.places is not None else (*everywhere, None)
    parts = [
        _part(urgency, and_(*within, place), wanted) for urgency in _urgencies(wanted) for place in _places(places)
    ]
    return _page(tx, wanted, parts)


def received(tx: Tx, wanted: Wanted, since: datetime) -> Sequence[Row[Any]]:
    """Orders that came in since, closed or not."""
    parts = [
        select(orders.c.id)
        .where(orders.c.created_at >= since, exclusions.readable(wanted.reader), place, *_equal(wanted))
        .order_by(orders.c.created_at.desc(), orders.c.id.desc())
        .limit(LOOKED)
        for place in _places(wanted.places)
    ]
    chosen: ColumnElement[bool] = orders.c.urgency.in_(sorted(wanted.urgencies))
    if wanted.after is not None:
        chosen = and_(chosen, tuple_(*ORDER) > tuple_(literal(rank(wanted.after[0])), *_last(wanted.after)))
    return _page(tx, wanted, parts, chosen=chosen)


def stuck(tx: Tx, places: Collection[Place] | None, reader: Reader, now: datetime) -> Sequence[Row[Any]]:
    """Orders of danger to life on which somebody must still act although their limit has passed, the oldest first."""
    parts = [
        select(orders.c.id)
        .where(orders.c.state == state, orders.c.urgency == "U0", exclusions.readable(reader), place)
        .order_by(orders.c.id)
        .limit(SHOWN)
        for state in ("submitted", "open", "offered", "accepted")
        for place in _places(places)
    ]
    query = _with_others(select(*_SEEN)).where(orders.c.id.in_(_together(parts)), now > _LIMIT)
    return tx.all(query.order_by(orders.c.id).limit(SHOWN))


def numbers(tx: Tx, wanted: Wanted, states: Collection[str], most: int) -> Mapping[str, int]:
    """How many orders there are in each of these states, counted as far as `most` in each community."""
    parts = [
        select(literal(state).label("state"), func.count().label("number")).select_from(
            select(orders.c.id)
            .where(orders.c.state == state, place, exclusions.readable(wanted.reader), *_equal(wanted))
            .limit(most)
            .subquery()
        )
        for state in states
        for place in _places(wanted.places)
    ]
    found = dict.fromkeys(states, 0)
    for row in tx.all(union_all(*parts)) if parts else []:
        found[row.state] += row.number
    return found


_HANDLER, _SAME = persons.alias(), orders.alias()
_SEEN = (
    orders, _HANDLER.c.name.label("handler_name"), _SAME.c.code.label("same_code"), _SAME.c.state.label("same_state"),
    _SAME.c.lane.label("same_lane"), _SAME.c.excludes.label("same_excludes"), _SAME.c.merged_into_id.label("same_merged"),
)  # fmt: skip


def _places(places: Collection[Place] | None) -> list[ColumnElement[bool]]:
    if places is None:
        return [true()]
    known = [orders.c.community == name for name in sorted(name for name in places if name is not None)]
    return [*known, orders.c.community.is_(None)] if None in places else known


def _urgencies(wanted: Wanted) -> list[str]:
    """Those of which the next page may show something."""
    return [each for each in sorted(wanted.urgencies) if wanted.after is None or rank(each) >= rank(wanted.after[0])]


def _part(urgency: str, part: ColumnElement[bool], wanted: Wanted) -> Select[Any]:
    """The ids of one urgency, state and place in the order of the index, behind the last one shown of this rank."""
    mine = (orders.c.urgency == urgency, part, exclusions.readable(wanted.reader), *_equal(wanted))
    begun = wanted.after is not None and rank(urgency) == rank(wanted.after[0])
    behind = [tuple_(_LIMIT, orders.c.id) > tuple_(*_last(wanted.after))] if wanted.after and begun else []
    return select(orders.c.id).where(*mine, *behind).order_by(_LIMIT, orders.c.id).limit(LOOKED)


def _last(position: Position) -> list[Any]:
    _, limit_at, order_id = position
    return [literal(limit_at, Instant), literal(order_id)]


def _page(tx: Tx, wanted: Wanted, parts: Sequence[Select[Any]], *, chosen: Any = None) -> Sequence[Row[Any]]:
    """The orders of a page, each with `total`: how many there are from here on, as far as was looked."""
    return tx.all(_query(wanted, parts, chosen=chosen)) if parts else []


def _query(wanted: Wanted, parts: Sequence[Select[Any]], *, chosen: Any = None) -> Select[Any]:
    query = _with_others(select(*_SEEN, func.count().over().label("total")))
    query = query.where(orders.c.id.in_(_together(parts)), *(fits(word) for word in wanted.words))
    if chosen is not None:
        query = query.where(chosen)
    return query.order_by(*ORDER).limit(wanted.shown)


def _equal(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [orders.c[name] == value for name, value in sorted(wanted.equal.items())]
    if wanted.present_at is not None:
        lasts = or_(asides.c.until.is_(None), asides.c.until > wanted.present_at)
        mine = (asides.c.order_id == orders.c.id, asides.c.version == orders.c.version, lasts)
        found.append(~exists(select(asides.c.order_id).where(*mine)))
    return found


def _together(parts: Sequence[Select[Any]]) -> Any:
    return union_all(*(select(part.subquery().c.id) for part in parts))


def _with_others(query: Select[Any]) -> Select[Any]:
    """With who handles it, and the order that it may be the same as."""
    joined = orders.outerjoin(_HANDLER, _HANDLER.c.id == orders.c.handler_id)
    return query.select_from(joined.outerjoin(_SAME, _SAME.c.id == orders.c.alike_id))
