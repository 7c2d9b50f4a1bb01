"""Whom the words of a restricted matter are about: people of the roster by name or title, and units."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.orders.restricted import ABOUT_STAFF
from bot.services.office import Office
from bot.store import people
from bot.store.database import Tx
from bot.store.rows import OnRoster, Role
from bot.store.sealed.box import Excluded
from bot.understanding.normalize import simplify

SHORTEST = 2  # characters of a name that is looked for in a text
NEAR = 4  # characters between a community's name and the word for its people
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "夏侯", "慕容", "皇甫", "东方")


def find(office: Office, tx: Tx, text: str, category: str, community: str | None) -> Excluded:
    """Everybody whom the text may be about. `community`: the resident's own, which "your community" means."""
    plain = re.sub(r"\s", "", simplify(text).text)
    words: Mapping[str, Any] = office.texts.sentences["accused"]
    roster = [row for row in people.roster(tx) if row.name]
    named = {row.id for row in roster if len(row.name) >= SHORTEST and simplify(row.name).text in plain}
    named |= set(_titled(plain, words, roster))
    homes = {row.community for row in roster if row.id in named and row.role != "member" and row.community}
    about_staff = category in ABOUT_STAFF
    units = _units(office, plain, words, about_staff)
    mine = _says_mine(plain, words) or (about_staff and not homes)
    if community and not units and mine:
        units.add(community)
    return Excluded(frozenset(named), frozenset(homes | units))


def _titled(plain: str, words: Mapping[str, Any], roster: Sequence[OnRoster]) -> Iterator[int]:
    """王书记, 张网格员: those of this surname whose role the title may mean; where it means none of them, all of it."""
    between = "|".join(map(re.escape, words["between"]))
    titles: Mapping[str, Sequence[str]] = words["titles"]
    by_title = "|".join(map(re.escape, titles))
    for surname in {_surname(row.name) for row in roster}:
        for found in re.finditer(rf"{re.escape(surname)}(?:{between})?({by_title})", plain):
            same = [row for row in roster if _surname(row.name) == surname and row.role != "member"]
            fitting = [row for row in same if row.role in titles[found[1]]]
            yield from (row.id for row in fitting or same)


def _surname(name: str) -> str:
    folded = simplify(name).text
    return folded[:2] if folded.startswith(DOUBLE_SURNAMES) else folded[:1]


def _units(office: Office, plain: str, words: Mapping[str, Any], about_staff: bool) -> set[str]:
    """Communities that are named, and "admin" or "discipline" for the office's own people."""
    officials = "|".join(map(re.escape, words["officials"]))
    units = {"discipline"} if any(word in plain for word in words["discipline"]) else set()
    for known in office.reader.gazetteer.known:
        if known.kind == "community" and known.said in plain:
            near = re.search(rf"(?<![是在住]){re.escape(known.said)}(?:社区)?.{{0,{NEAR}}}?(?:{officials})", plain)
            units |= {known.name} if near or about_staff else set()
    if any(re.search(rf"{re.escape(word)}.{{0,{NEAR}}}?(?:{officials})", plain) for word in words["office"]) or (
        about_staff and any(word in plain for word in words["office"])
    ):
        units.add("admin")
    return units


def _says_mine(plain: str, words: Mapping[str, Any]) -> bool:
    """Whether the people of the resident's own community are meant."""
    officials = "|".join(map(re.escape, words["officials"]))
    return any(re.search(rf"{re.escape(word)}.{{0,{NEAR}}}?(?:{officials})", plain) for word in words["own"])


def is_excluded(tx: Tx, person_id: int, excluded: Excluded) -> bool:
    """Whether the matter is about this person, or about every unit that the person belongs to."""
    return person_id in excluded.persons or bool(excluded.units and _of_units(people.roles_of(tx, person_id), excluded))


def _of_units(held: Sequence[Role], excluded: Excluded) -> bool:
    if "discipline" in excluded.units and any(row.role == "discipline" for row in held):
        return True
    units = {row.community or row.role for row in held if row.role != "member"}
    return bool(units) and units <= excluded.units
