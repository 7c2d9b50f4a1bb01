"""What was typed into the form of places, as the value of its part."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.errors import NotUnderstood
from bot.services.console.settings import communities
from bot.services.office import Office
from bot.services.settings import places
from bot.understanding.extract.places.place_list import KINDS

BETWEEN = re.compile(r"[、,，;；\r\n]+")
COMMUNITY = "community"
PARTS = ("estate", "road", "landmark")


def value_of(office: Office, fields: Mapping[str, str], kept: Sequence[Mapping[str, Any]] | None) -> list[Any] | None:
    """The stored changes with the entry of this form. NotUnderstood for a name that is none; what only the whole list knows
    is checked by `places`."""
    kind, name = fields.get("kind", ""), _plain(fields.get("name", ""))
    if kind not in KINDS:
        raise NotUnderstood("console_settings.bad.place_kind")
    row: dict[str, Any] = {"kind": kind, "name": name}
    community = _plain(fields.get("community", ""))
    if community and kind != COMMUNITY:
        row["community"] = community
    if fields.get("do") == "remove":
        if kind == COMMUNITY:
            communities.refuse_home(office.adjustable.present.place_rows, name)
        row["gone"] = True
    else:
        row["also"] = [said for each in BETWEEN.split(fields.get("also", "")) if (said := _plain(each))]
        if kind == "grid":
            row["covers"] = list(_covers(office, fields.get("covers", "")))
    mine = places.key(kind, row)
    return [each for each in kept or () if places.key(each["kind"], each) != mine] + [row]


def _covers(office: Office, typed: str) -> Iterator[dict[str, str]]:
    """A line for each part: an estate with its buildings, a road or a landmark, as the list has them."""
    rows = office.adjustable.present.place_rows
    known = {row["name"]: kind for kind in PARTS for row in rows.get(kind, ())}
    for line in filter(None, map(_plain, typed.splitlines())):
        name, _, buildings = line.partition(" ")
        if name not in known:
            raise NotUnderstood("console_settings.bad.not_listed", name=name[: places.LONGEST])
        yield {known[name]: name} | ({"buildings": buildings.strip()} if buildings.strip() else {})


def _plain(given: str) -> str:
    return unicodedata.normalize("NFKC", given).strip()
