"""The places of the office as the page lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.office import Office
from bot.services.settings import places
from bot.services.settings.adjustable import Adjustable
from bot.understanding.extract.places.place_list import KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `also`, `covers`: as they are typed; `is_own`: it is another one than in the file."""

    name: str
    community: str
    also: str
    covers: str
    is_own: bool


def listed(office: Office, state: Adjustable) -> Mapping[str, Sequence[Place]]:
    """By kind, in the order of the list."""
    files = places.in_words(office.adjustable.files.place_rows)
    now = places.in_words(state.place_rows)
    return {
        kind: [_shown(row, is_own=files.get(places.key(kind, row)) != now[places.key(kind, row)]) for row in state.place_rows.get(kind, ())]
        for kind in KINDS
    }  # fmt: skip


def _shown(row: Mapping[str, Any], *, is_own: bool) -> Place:
    covers = "\n".join(
        f"{places.part_name(part)} {part.get('buildings', '')}".strip() for part in row.get("covers", ())
    )
    return Place(row["name"], row.get("community", ""), places.BETWEEN.join(row.get("also", ())), covers, is_own)
