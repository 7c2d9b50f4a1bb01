"""Was it said before? By the same resident, or by others about one public fault."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.orders.order import Order
from bot.orders.restricted import stays_inside
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.reads import alike
from bot.store.rows import Told
from bot.store.sealed import columns
from bot.understanding import Understanding
from bot.understanding.decide.duplicates import ALIKE, Features, likely_same

COMPARED = 6  # of the newest; more would cost the message its time
PUBLIC = "matter"  # the lane of what many residents may see: a fault of the street, the house, the lift


def own(office: Office, tx: Tx, person_id: int, meant: Understanding, now: datetime) -> Order | None:
    """The resident's own order about this very matter that is not closed yet; locked by whoever changes it."""
    if stays_inside(meant):
        return None
    said, since = office.readings.features_of(meant), _since(office, now)
    for category in _called_alike(office, meant):
        found = alike.own(tx, person_id, category, since, COMPARED)
        same = next((row for row in found if _own_score(office, tx, row, said) >= ALIKE), None)
        if same is not None:
            return same
    return None


def _called_alike(office: Office, meant: Understanding) -> list[str]:
    """The category, and others of the same particular name to residents."""
    category = office.reader.category(meant.category)
    name, every = category.called(meant.text), office.reader.categories.values()
    named = (each.code for each in every if name != category.everyday and name in dict(each.particular))
    return list(dict.fromkeys([meant.category, *named]))


def _own_score(office: Office, tx: Tx, row: Order, said: Features) -> float:
    """Two categories of one name to residents are one here: a lamp of the stairs may be read as one of the street."""
    return likely_same(replace(_features(office, tx, row), category=said.category), said)


def of_others(
    office: Office, tx: Tx, person_id: int, meant: Understanding, community: str | None, now: datetime
) -> int | None:
    """The id of the likeliest order of somebody else about the same public fault; None where none is likely."""
    if meant.lane != PUBLIC or community is None:
        return None
    found = alike.of_others(tx, person_id, meant.category, community, _since(office, now), COMPARED)
    scored = [(_score(office, tx, row, meant), row) for row in found]
    best, row = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if row is None or best < ALIKE:
        return None
    return int(row.id)


def read_ahead(
    office: Office, tx: Tx, person_id: int, meant: Understanding, community: str | None, now: datetime
) -> None:
    """Compare as `of_others` will, before others wait for it: what it needs is remembered."""
    if meant.lane == PUBLIC and meant.command is None and community is not None:
        for row in alike.of_others(tx, person_id, meant.category, community, _since(office, now), COMPARED):
            _score(office, tx, row, meant)


def _since(office: Office, now: datetime) -> datetime:
    return now - timedelta(days=office.limits.same_days)


def _score(office: Office, tx: Tx, row: Told, meant: Understanding) -> float:
    """How likely an order is about what is said now; 0 where it cannot reach ALIKE."""
    said = (meant.text, meant.category, meant.place)
    return office.readings.once(
        likely_same,
        (_known(row), said),
        lambda: likely_same(_features(office, tx, row), office.readings.features_of(meant)),
    )


def _features(office: Office, tx: Tx, row: Told) -> Features:
    """What is compared of an order, with all that is known of its place by now."""

    def found() -> Features:
        spot = columns.text(tx.vault, "orders", "place_sealed", row) or ""
        return office.readings.features(row.text, spot, row.category, row.community, row.estate)

    return office.readings.once(_features, _known(row), found)


def _known(row: Told) -> Hashable:
    """What its features depend on."""
    return row.id, row.text, row.category, row.community, row.estate, row.place_sealed
