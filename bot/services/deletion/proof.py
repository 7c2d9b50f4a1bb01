"""Shows what is left of one person: every place that was searched, and what stays by which law."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders.order import Order
from bot.services.deletion import carrying_out, elsewhere
from bot.services.deletion.requests import UNSUBSCRIBE
from bot.services.office import Office
from bot.store import people
from bot.store.database import Tx
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
    """One place. `left`: rows or names that stay, by the law (a key under [law]); None: nothing lets them stay."""

    place: str
    searched: int
    left: dict[str | None, list[str]]
    unreadable: Sequence[str] = ()

    @property
    def is_clean(self) -> bool:
        return None not in self.left


def prove(office: Office, openid: str, now: datetime) -> list[Line]:
    """Search every table, file, key and queue. The search itself goes on record."""
    office.db.tidy()
    with office.db.reading() as tx:
        known = _Known(tx, openid)
        lines = [*_tables(tx, known)]
    lines += _files(office, known)
    found = elsewhere.redis(office, [openid])
    lines.append(Line(found.name, found.searched, {None: list(found.found)} if found.found else {}))
    with office.db.transaction() as tx:
        for person in known.persons:
            audit.write(tx, now, audit.Entry(Act.DELETION_PROVED, audit.CLI, whose_id=person))
    return lines


class _Known:
    """Whose rows are searched, and the laws by which some may stay."""

    def __init__(self, tx: Tx, openid: str) -> None:
        requests = deletions.of_openid(tx, tx.vault.index(openid))
        now = people.find(tx, openid)
        self.openid = openid
        self.persons = sorted({one.person_id for one in requests} | ({now.id} if now is not None else set()))
        closes = not requests or requests[-1].source != UNSUBSCRIBE
        self.laws: dict[int, str] = {}
        self.codes: list[str] = []
        self.order_ids: list[int] = []
        for order in self._orders(tx):
            law = carrying_out.law_of(tx, order, closes=closes)
            self.order_ids.append(order.id)
            if law is None:
                self.codes.append(order.code)
            else:
                self.laws[order.id] = law
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
        searched, containing = search.containing(tx, table, [known.openid])
        citing = search.containing(tx, table, known.codes)[1] if table.name in CODES_IN and known.codes else []
        named_in = search.in_audiences(tx, known.persons) if table.name == search.AUDIENCES else []
        others = [found for found in citing if found.order_id not in known.order_ids]
        left = _left(known, [*own, *named_in, *containing, *others])
        if table.name in RECORDS and named:
            left[RECORD] = [str(named)]
        yield Line(f"table {table.name}", searched, left)


def _left(known: _Known, found: Iterable[Found]) -> dict[str | None, list[str]]:
    left: dict[str | None, list[str]] = {}
    for one in dict.fromkeys(found):
        left.setdefault(known.law(one), []).append(str(one.key))
    return left


def _files(office: Office, known: _Known) -> Iterator[Line]:
    """Files of orders that stay are theirs."""
    gone: Collection[int] = [number for number in known.order_ids if number not in known.laws]
    for place in elsewhere.files(office, [known.openid], gone):
        left: dict[str | None, list[str]] = {None: list(place.found)} if place.found else {}
        yield Line(place.name, place.searched, left, place.unreadable)
