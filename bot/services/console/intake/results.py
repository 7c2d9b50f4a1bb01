"""What becomes of a row of a file: what the preview shows of it, and what came of taking it in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.orders.restricted import is_restricted
from bot.services import intake
from bot.services.console.intake import entered, receipts
from bot.services.console.intake.receipts import Receipt
from bot.services.console.intake.rows import Row
from bot.services.console.seat import Seat
from bot.services.intake import Matter
from bot.services.office import Office
from bot.services.orders import duplicates
from bot.store import orders
from bot.store.database import Tx
from bot.understanding import Place

NEW, KNOWN, ALIKE, BAD = "new", "known", "alike", "bad"
WORDS, NUMBER = 24, 24  # characters that the preview shows; a page of 500 rows stays under 200 KB


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the preview shows it. `result`: what will become of it. `code`: of the order that it is, or looks like, where
    that is before this person. `words` are None where the matter is a restricted one. `doubts`: what looks wrong and is taken in all the same."""

    number: int
    external: str
    result: str
    words: str | None = ""
    place: str = ""
    due_at: datetime | None = None
    code: str = ""
    reason: str = ""
    urgency: str = ""
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: NEW with its receipt, KNOWN (`code` as of `Shown`, `own`: its number for us), or BAD."""

    number: int
    external: str
    result: str
    receipt: Receipt | None = None
    code: str = ""
    reason: str = ""
    own: str = ""


def kept(one: Shown | Taken) -> dict[str, Any]:
    """As JSON can hold it."""
    found = asdict(one)
    return {**found, "due_at": one.due_at and one.due_at.isoformat()} if isinstance(one, Shown) else found


def shown_again(kept: Mapping[str, Any]) -> Shown:
    """What `kept` made of a row of the preview."""
    at = kept["due_at"]
    return Shown(**{**kept, "due_at": datetime.fromisoformat(at) if at else None, "doubts": tuple(kept["doubts"])})


def taken_again(kept: Mapping[str, Any]) -> Taken:
    """What `kept` made of a row that was taken in."""
    return Taken(**{**kept, "receipt": Receipt(**kept["receipt"]) if kept["receipt"] else None})


def show(office: Office, tx: Tx, seat: Seat, row: Row, now: datetime) -> Shown:
    """What will become of it."""
    external = _cut(row.entered.number, NUMBER)
    if row.matter is None:
        return Shown(row.number, external, BAD, reason="".join(row.reasons[:2]))
    meant = intake.read(office, row.matter)
    sealed = is_restricted(meant)
    names = frozenset({row.entered.name} - {""})
    words = None if sealed else _cut(" ".join(office.readings.mask(row.entered.text, names).split()), WORDS)
    road = meant.place.road if not meant.place.estate else None
    spot = Place(estate=meant.place.estate, road=road, building=meant.place.building).describe()
    community = row.matter.community or meant.place.community or ""
    result, code = _result_of(office, tx, seat, row.matter, now)
    return Shown(
        row.number, external, result, words, "" if sealed else f"{community}{spot}", row.matter.due_at, code,
        urgency="" if sealed else meant.urgency, doubts=() if sealed else entered.doubts(office, row.entered),
    )  # fmt: skip


def _result_of(office: Office, tx: Tx, seat: Seat, matter: Matter, now: datetime) -> tuple[str, str]:
    """NEW, KNOWN or ALIKE, and the code of the other order where it is before this person."""
    known = intake.known_code(tx, matter)
    if known is not None:
        return KNOWN, _open_code(tx, seat, known)
    meant = intake.read(office, matter)
    found = duplicates.of_others(office, tx, 0, meant, matter.community or meant.place.community, now)
    other = orders.by_id(tx, found) if found is not None else None
    if other is None or not receipts.is_before(tx, seat, other):
        return NEW, ""
    return ALIKE, other.code


def _open_code(tx: Tx, seat: Seat, code: str) -> str:
    """The code where the order is before this person, else empty."""
    order = orders.by_code(tx, code)
    return code if order is not None and receipts.is_before(tx, seat, order) else ""


def take(office: Office, seat: Seat, row: Row, now: datetime) -> Taken:
    """Take it in, in a transaction of its own; nobody is told yet but of danger."""
    external = _cut(row.entered.number, NUMBER)
    if row.matter is None:
        return Taken(row.number, external, BAD, reason="".join(row.reasons[:2]))
    code, is_new = intake.take(office, row.matter, now, told_by=seat.doer, quiet=True)
    if is_new:
        return Taken(row.number, external, NEW, receipts.receipt(office, seat, code, row.matter, now))
    with office.db.reading() as tx:
        return Taken(row.number, external, KNOWN, code=_open_code(tx, seat, code), own=code)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
