"""Was it said before? By the same resident, or by others about one public fault."""

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
    found = alike.own(tx, person_id, meant.category, _since(office, now), COMPARED)
    return next((row for row in found if _score(office, tx, row, meant) >= ALIKE), None)


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
    known = (row.id, row.text, row.category, row.community, row.estate, row.place_sealed)
    said = (meant.text, meant.category, meant.place)
    return office.readings.once(
        likely_same,
        (*known, *said),
        lambda: likely_same(_features(office, tx, row), office.readings.features_of(meant)),
    )


def _features(office: Office, tx: Tx, row: Told) -> Features:
    """What is compared of an order, with all that is known of its place by now."""
    spot = columns.text(tx.vault, "orders", "place_sealed", row) or ""
    return office.readings.features(row.text, spot, row.category, row.community, row.estate)
