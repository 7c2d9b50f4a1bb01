"""What further words tell about an order: only what was not known yet, unless they correct it."""

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Row

from bot.services.candidates import UNKNOWN
from bot.services.office import Office
from bot.store.database import Tx
from bot.understanding import Place, Understanding


def learnt(
    office: Office,
    tx: Tx,
    row: Row[Any],
    meant: Understanding,
    *,
    overrides: bool,
    community: str | None,
    spot: str | None,
) -> dict[str, Any]:
    """The columns that change. `overrides`: an answer or a correction, which may replace what was known.

    `community` and `spot` are an answer's own words where the reading found nothing in them.
    """
    changes = _where(tx, row, meant, overrides=overrides, community=community, spot=spot, office=office)
    if meant.phone:
        changes["contact_sealed"] = tx.vault.seal(meant.phone)
    changes |= _what(office, row, meant, overrides=overrides)
    if meant.urgency < row.urgency:
        changes |= {"urgency": meant.urgency, "danger": meant.danger}
    return changes


def _where(
    tx: Tx,
    row: Row[Any],
    meant: Understanding,
    *,
    overrides: bool,
    community: str | None,
    spot: str | None,
    office: Office,
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    named = community or meant.place.community
    if named and (not row.community or (overrides and named != row.community)):
        changes["community"] = named
    if meant.place.grid and not row.grid:
        changes["grid"] = meant.place.grid
    said = tx.vault.open(row.place_sealed) or ""
    known = replace(office.reader.find_place(said), raw=None)
    if row.estate and not known.estate:
        known = replace(known, estate=row.estate)
    place = _joined(known, meant.place) if overrides else _completed(known, meant.place)
    described = place.describe() if place != known else ""
    if not described and spot and (overrides or not said):
        described = spot
    if described and described != said:
        changes |= {"place_sealed": tx.vault.seal(described), "estate": place.estate or row.estate}
    return changes


def _joined(known: Place, said: Place) -> Place:
    """The later word counts: another area or building voids what lay within the earlier one."""
    within = [field.name for field in fields(Place) if field.name != "raw"]
    if (said.estate and said.estate != known.estate) or (said.road and said.road != known.road):
        return replace(said, raw=None)
    if said.building and said.building != known.building:
        known = replace(known, unit=None, room=None, landmark=None)
    return replace(known, **{name: getattr(said, name) for name in within if getattr(said, name)})


def _completed(known: Place, said: Place) -> Place:
    """A passing mention of a place never replaces an address; it completes one that had no building yet."""
    if known.building or known.room or (said.estate and known.estate and said.estate != known.estate):
        return known
    return _joined(known, said)


def _what(office: Office, row: Row[Any], meant: Understanding, *, overrides: bool) -> dict[str, Any]:
    """A category for what had none; a correction may change it while nobody works on the matter yet."""
    told = meant.intent == "request" and meant.category != UNKNOWN and meant.lane != "restricted"
    fresh = row.category == UNKNOWN
    if not told or not (
        fresh or (overrides and meant.category != row.category and row.state in ("submitted", "needs_info"))
    ):
        return {}
    sla = office.reader.category(meant.category).sla
    due_at = office.limits.due_at(sla, min(meant.urgency, row.urgency), row.created_at, office.calendar)
    changes: dict[str, Any] = {"category": meant.category, "lane": meant.lane, "due_at": due_at}
    return changes | {"text": f"{row.text} {meant.masked}".strip()} if fresh else changes
