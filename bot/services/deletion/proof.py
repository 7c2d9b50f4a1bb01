"""Shows what is left of one person: every place that was searched, and what stays by which law."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders.order import Order
from bot.services.deletion import carrying_out, elsewhere, in_redis
from bot.services.deletion.mentions import SHORTEST
from bot.services.deletion.requests import UNSUBSCRIBE
from bot.services.office import Office
from bot.services.orders import shown
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit, deletions, erase, search
from bot.store.records.acts import Act
from bot.store.records.search import Found

ROSTER, RECORD = "roster", "record"  # keys under [law]
RECORDS = frozenset({"audit", "deletions"})  # ids and times; how many rows name the person is shown
OF_ROSTER = frozenset(
    {
        "persons",
        "roles",
        "bind_codes",
        "accounts",
        "console_sessions",
        "console_codes",
        "console_drafts",
        "saved_views",
        search.AUDIENCES,
    }
)
CODES_IN = frozenset(
    {"inbound", "sessions", "orders", "history", "notices"}
)  # of others: where the codes of deleted orders are searched besides


@dataclass(frozen=True, slots=True)
class Line:
    """One place. `left`: rows or names that stay, by the law (a key under [law]); None: nothing lets them stay. `named`: what holds a
    name of the person besides: it may be somebody else's, so people look at it."""

    place: str
    searched: int
    left: dict[str | None, list[str]]
    unreadable: Sequence[str] = ()
    named: Sequence[str] = ()

    @property
    def is_clean(self) -> bool:
        return None not in self.left


def prove(office: Office, openid: str, now: datetime, names: Collection[str] = ()) -> list[Line]:
    """Search every table, file, key and queue. `names`: of the person, besides those that are on record still. The search itself
    goes on record."""
    office.db.backend.tidy()
    with office.db.reading() as tx:
        known = _Known(office, tx, openid, names)
        lines = [*_tables(tx, known)]
    lines += _files(office, known)
    found = in_redis.redis(office, [openid])
    called = in_redis.redis(office, known.names).found if known.names else ()
    left: dict[str | None, list[str]] = {None: list(found.found)} if found.found else {}
    lines.append(Line(found.name, found.searched, left, named=_besides(called, found.found)))
    with office.db.transaction() as tx:
        for person in known.persons:
            audit.write(tx, now, audit.Entry(Act.DELETION_PROVED, audit.CLI, whose_id=person))
    return lines


class _Known:
    """Whose rows are searched, and the laws by which some may stay."""

    def __init__(self, office: Office, tx: Tx, openid: str, names: Collection[str]) -> None:
        requests = deletions.of_openid(tx, tx.vault.index(openid))
        now = people.find(tx, openid)
        self.openid = openid
        self.persons = sorted({one.person_id for one in requests} | ({now.id} if now is not None else set()))
        closes = not requests or requests[-1].source != UNSUBSCRIBE
        self.laws: dict[int, str] = {}
        self.codes: list[str] = []
        self.order_ids: list[int] = []
        called = {*map(str.strip, names), *(people.by_id(tx, person).name or "" for person in self.persons)}
        for order in self._orders(tx):
            called |= shown.known_names(office, tx, order)
            law = carrying_out.law_of(tx, order, closes=closes)
            self.order_ids.append(order.id)
            if law is None:
                self.codes.append(order.code)
            else:
                self.laws[order.id] = law
        self.names = sorted(name for name in called if len(name) >= SHORTEST)
        self.is_on_roster = any(erase.is_on_roster(tx, person) for person in self.persons)
        open_ = {order.id for order in self._orders(tx) if order.state != "closed"}
        self.waits_for = next((law for number, law in self.laws.items() if number in open_), None)

    def _orders(self, tx: Tx) -> Iterator[Order]:
        for person in self.persons:
            yield from search.orders_of(tx, person)

    def law(self, found: Found) -> str | None:
        """The key of the law by which the row stays; None where none lets it."""
        if found.order_id is not None:
            return self.laws.get(found.order_id)
        if found.table in OF_ROSTER and self.is_on_roster:
            return ROSTER
        return self.waits_for if found.table == "persons" else None


def _tables(tx: Tx, known: _Known) -> Iterator[Line]:
    for table in search.tables():
        named, own = search.of_person(tx, table, known.persons)
        codes = known.codes if table.name in CODES_IN else []
        searched, (containing, citing, called) = search.containing(tx, table, [known.openid], codes, known.names)
        named_in = search.in_audiences(tx, known.persons) if table.name == search.AUDIENCES else []
        others = [found for found in citing if found.order_id not in known.order_ids]
        there = [*own, *named_in, *containing, *others]
        left = _left(known, there)
        if table.name in RECORDS and named:
            left[RECORD] = [str(named)]
        others = [one for one in called if one.order_id not in known.order_ids]
        yield Line(f"table {table.name}", searched, left, named=_besides(map(_key, others), map(_key, there)))


def _left(known: _Known, found: Iterable[Found]) -> dict[str | None, list[str]]:
    left: dict[str | None, list[str]] = {}
    for one in dict.fromkeys(found):
        left.setdefault(known.law(one), []).append(str(one.key))
    return left


def _files(office: Office, known: _Known) -> Iterator[Line]:
    """Files of orders that stay are theirs."""
    gone: Collection[int] = [number for number in known.order_ids if number not in known.laws]
    called = {place.name: place.found for place in elsewhere.files(office, known.names, [])} if known.names else {}
    for place in elsewhere.files(office, [known.openid], gone):
        left: dict[str | None, list[str]] = {None: list(place.found)} if place.found else {}
        named = _besides(called.get(place.name, ()), place.found)
        yield Line(place.name, place.searched, left, place.unreadable, named)


def _key(found: Found) -> str:
    return str(found.key)


def _besides(named: Iterable[str], known: Iterable[str]) -> list[str]:
    """What is known to stay, or to be wrong, is not named once more."""
    there = set(known)
    return [one for one in dict.fromkeys(named) if one not in there]
