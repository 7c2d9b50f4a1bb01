"""What further words tell about an order: only what was not known yet, unless they correct it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.orders.told import corrections
from bot.services.orders.told.addition import UNTOUCHED, Addition
from bot.services.restricted import box
from bot.store import orders
from bot.store.database import Tx
from bot.store.sealed import box as box_store
from bot.store.sealed import columns
from bot.store.sealed.box import Words
from bot.understanding import Place, Understanding
from bot.understanding.categories import UNKNOWN

STAR = "*"


def learnt(office: Office, tx: Tx, row: Order, added: Addition) -> dict[str, Any]:
    """The order's columns that change."""
    was = {
        "community": row.community,
        "grid": row.grid,
        "estate": row.estate,
        "place": columns.text(tx.vault, "orders", "place_sealed", row),
    }
    where = _where(office, was, added)
    reworded = corrections.reworded(office, tx, row, added, where.get("place"))
    meant = office.understand(reworded) if reworded else added.meant
    if reworded and is_restricted(meant):
        reworded, meant = None, added.meant
    what = _what(office, tx, row, added, meant)
    changes: dict[str, Any] = {**where, **what, **_how_bad(row, added)}
    if reworded:
        changes |= {"text": office.reader.mask(reworded), "text_sealed": reworded}
    if "place" in changes:
        changes["place_sealed"] = changes.pop("place")
    if added.meant.phone:
        changes["contact_sealed"] = added.meant.phone
    return changes


def without_number(tx: Tx, row: Order) -> str:
    """The order's words, its number starred out."""
    number = columns.text(tx.vault, "orders", "contact_sealed", row) or ""
    digits = [re.escape(digit) for digit in number if digit.isdigit()]
    said = shown.said(tx, row)
    if not digits:
        return said
    return re.sub(r"[\s-]*".join(digits), lambda found: STAR * len(found[0]), said)


def place_now(office: Office, changes: Mapping[str, Any], meant: Understanding) -> Place:
    """Where it is by now, as far as these words tell: of a place that they correct also what they leave out (不对，是6号楼)."""
    place = meant.place
    if place.describe() and "place_sealed" in changes:
        place = office.readings.find_place(changes["place_sealed"]).joined(place)
    return replace(place, community=changes.get("community") or meant.place.community)


def learnt_in_box(office: Office, tx: Tx, row: Order, added: Addition) -> tuple[dict[str, Any], bool]:
    """What changes on the envelope of a restricted order, and whether the box now knows better where, or whom to call."""
    was = box_store.matter(tx, row.id).words
    where = _where(office, was, added) | ({"contact": added.meant.phone} if added.meant.phone else {})
    if where:
        box.change_words(tx, row.id, **where)
    changes = _how_bad(row, added)
    community = where.get("community") or was.get("community")
    if "U0" in (row.urgency, changes.get("urgency")) and community != row.community:
        changes["community"] = community
    return changes, bool(where)


def _how_bad(row: Order, added: Addition) -> dict[str, Any]:
    meant = added.meant
    return {"urgency": meant.urgency, "danger": meant.danger} if meant.urgency < row.urgency else {}


def _where(office: Office, was: Words, added: Addition) -> dict[str, str | None]:
    said_place, changes = added.meant.place, dict[str, str | None]()
    community = added.community or said_place.community
    if community and (not was.get("community") or (added.overrides and community != was.get("community"))):
        changes["community"] = community
    said, estate = was.get("place") or "", was.get("estate")
    known = replace(office.readings.find_place(said), raw=None)
    if estate and not known.estate:
        known = replace(known, estate=estate)
    place = _joined(office, known, said, added)
    described = place.describe() if place != known else ""
    if not described and added.spot and (added.overrides or not said):
        described = added.spot
    if described and described != said:
        changes |= {"place": described, "estate": place.estate or estate}
    grid = _grid(office, was, added, place if described == place.describe() else said_place)
    return changes if grid == was.get("grid") else changes | {"grid": grid}


def _grid(office: Office, was: Words, added: Addition, place: Place) -> str | None:
    """That of the place as it is known now. Further words may tell it where none was known; an answer or a correction may
    replace it, or void it where the place is in another one that no list tells."""
    known, said = was.get("grid"), added.meant.place
    if known and not added.overrides:
        return known
    found = said.grid or office.readings.find_place(place.describe()).grid
    elsewhere = said.road or (said.estate and said.estate != was.get("estate"))
    return found or (None if elsewhere else known)


def _joined(office: Office, known: Place, words: str, added: Addition) -> Place:
    """The place by now. `words`: as it was known."""
    if added.wrong is not None:
        return corrections.place(office, known, words, added)
    return known.joined(added.meant.place) if added.overrides else _completed(known, added.meant.place)


def _completed(known: Place, said: Place) -> Place:
    """A passing mention of a place never replaces an address; it completes one that had no building yet, or is a floor alone."""
    if (
        known.building
        or (known.room and not known.is_floor)
        or (said.estate and known.estate and said.estate != known.estate)
    ):
        return known
    return known.joined(said)


def _what(office: Office, tx: Tx, row: Order, added: Addition, meant: Understanding) -> dict[str, Any]:
    """A category for what had none; a correction may change it while nobody works on the matter yet, where its own words tell the other
    one: 卫生间的 only sounds like one. What staff have sorted stays as they said. `meant`: the reading of the matter as it is told by now."""
    fresh = row.category == UNKNOWN
    clear = meant.intent == "request" and meant.category != UNKNOWN and not is_restricted(meant)
    other = added.overrides and meant.category != row.category and row.state in UNTOUCHED
    other = other and office.reader.speaks_of(added.meant.text, meant.category) > 0
    if not clear or not (fresh or other) or orders.sorted_by_staff(tx, row.id):
        return {}
    sla = office.reader.category(meant.category).sla
    due_at = office.limits.due_at(
        sla, min(meant.urgency, row.urgency), row.created_at, office.calendar, other=row.external_due_at
    )
    changes: dict[str, Any] = {"category": meant.category, "lane": meant.lane, "due_at": due_at}
    return changes | {"text": f"{row.text} {added.meant.masked}".strip()} if fresh else changes
