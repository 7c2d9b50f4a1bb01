"""Whom the words of a restricted matter are about: people of the roster by name or title, and units."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.orders.restricted import ABOUT_STAFF, RESTRICTED
from bot.orders.rights import ADMIN, DISCIPLINE, MEMBER
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.rows import OnRoster, Role
from bot.store.sealed.box import Excluded
from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.danger.rules import BLANK
from bot.understanding.extract.people.naming import Naming, Said, bare_name, surname
from bot.understanding.extract.people.phone import phones
from bot.understanding.lexicon import Rules, any_of
from bot.understanding.normalize import simplify

_RULES = Rules("restricted")
NEAR = 4  # characters between a community's name and the word for its people


def find(office: Office, tx: Tx, text: str, category: str, community: str | None) -> Excluded:
    """Everybody whom the text may be about. `community`: the resident's own, which "your community" means. Whom the resident only
    wants to speak with is not among them where the rest of the text surely is of somebody or something else."""
    rest = office.reader.accusations.without_wishes(text)
    if not rest:
        return Excluded()
    if rest != text and not _is_clear(office, rest) and _find(office, tx, rest, category, None) == Excluded():
        rest = text
    return _find(office, tx, rest, category, community)


def _is_clear(office: Office, text: str) -> bool:
    """Whether the text surely is an ordinary matter, of whomever it is said."""
    if office.reader.accusations.may_blame(text):
        return False
    meant = office.understand(text)
    return meant.category != UNKNOWN and typed_text.sealed_as_a_whole(office, meant).lane == meant.lane != RESTRICTED


def _find(office: Office, tx: Tx, text: str, category: str, community: str | None) -> Excluded:
    words: Mapping[str, Any] = office.texts.sentences["accused"]
    reader = office.reader
    names, said = reader.naming, reader.naming.said(text)
    whole, numbers = reader.accusations.named(said), _numbers(tx, text)
    roster = [row for row in people.with_office(tx, whole, numbers) if row.name]
    named = {row.id for row in roster if row.name in whole or row.phone_index in numbers}
    plain = said.plain
    for row in roster:  # 纪检甲 is a person, and no unit
        plain = plain.replace(bare_name(row.name), BLANK) if row.id in named else plain
    named |= {row.id for row in roster if row.role != MEMBER and names.by_given(row.name, said)}
    named |= set(_by_surname(names, said, words, roster))
    readers = [row for row in roster if row.role == DISCIPLINE]
    if category in ABOUT_STAFF:
        unnamed = re.compile(any_of(words["discipline"]))  # 纪检 is no 纪 of a surname
        rest = replace(said, plain=unnamed.sub(BLANK, said.plain), hidden=unnamed.sub(BLANK, said.hidden))
        named |= {row.id for row in readers if names.may_be(row.name, rest)}
    homes = {row.community for row in roster if row.id in named and row.role != MEMBER and row.community}
    about_staff = category in ABOUT_STAFF
    units = _units(office, plain, words, about_staff)
    if about_staff and _is_reader_accused(names, said, plain, words):
        units.add(DISCIPLINE)
    mine = _says_mine(plain, words) or (about_staff and not homes)
    if community and not units and mine:
        units.add(community)
    return Excluded(frozenset(named), frozenset(homes | units))


def _numbers(tx: Tx, text: str) -> set[str]:
    """The telephone numbers in the text, as the roster keeps them."""
    return {tx.vault.index(phone.digits) for phone in phones(simplify(text).text)}


def _by_surname(names: Naming, said: Said, words: Mapping[str, Any], roster: Sequence[OnRoster]) -> Iterator[int]:
    """王书记, 张网格员, 姓周的, 小周: those of this surname whose role the title may mean; where it means none of them,
    all of it."""
    titles: Mapping[str, Sequence[str]] = words["titles"]
    staff = [row for row in roster if row.role != MEMBER]
    spoken_of = names.spoken_of(said, any_of(titles), any_of(words["between"]))
    meant: dict[tuple[str, str], list[OnRoster]] = {}
    for row in staff:
        for called in set(names.by_surname(row.name, said, spoken_of)):
            meant.setdefault((surname(row.name), called), []).append(row)
    for (_, called), same in meant.items():
        fitting = [row for row in same if called and row.role in titles[called]]
        yield from (row.id for row in fitting or same)


def _units(office: Office, plain: str, words: Mapping[str, Any], about_staff: bool) -> set[str]:
    """Communities that are named, and ADMIN or DISCIPLINE for the office's own people."""
    officials = any_of(words["officials"])
    units = {DISCIPLINE} if _is_discipline_accused(plain, words, about_staff) else set()
    for known in office.reader.gazetteer.known:
        if known.kind == "community" and known.said in plain:
            gaps = {"name": re.escape(known.said), "near": str(NEAR), "officials": officials}
            people_of_it, itself = (_RULES.filled(name, **gaps) for name in ("of_community", "community"))
            if re.search(people_of_it, plain) or (about_staff and re.search(itself, plain)):
                units.add(known.name)
    if any(re.search(rf"{re.escape(word)}.{{0,{NEAR}}}?(?:{officials})", plain) for word in words["office"]) or (
        about_staff and any(word in plain for word in words["office"])
    ):
        units.add(ADMIN)
    return units


def _is_discipline_accused(plain: str, words: Mapping[str, Any], about_staff: bool) -> bool:
    """Whether the discipline staff as a unit may be meant: not where the words only turn to them."""
    before, asked = tuple(words["accusing"]), any_of(words["asked_of"])
    for found in re.finditer(any_of(words["discipline"]), plain):
        ahead, behind = plain[: found.start()], plain[found.end() : found.end() + NEAR + 2]
        if ahead.removesuffix(_RULES.words["of"]).endswith(before):
            return True
        if ahead.endswith(tuple(words["addressed"])):
            continue
        if re.match(rf".{{0,{NEAR}}}?(?:{any_of(words['accused_of'])})", behind):
            return True
        if about_staff and not re.search(asked, behind):
            return True
    return False


def _is_reader_accused(names: Naming, said: Said, plain: str, words: Mapping[str, Any]) -> bool:
    """Whether whoever reads the report is accused, or the discipline staff by what only sounds like their unit."""
    if _RULES.reader_accused.search(plain):
        return True
    initials = set(re.findall(r"[a-z]+", plain)) & set(words["discipline_initials"])
    written = any(word in said.plain for word in words["discipline"])
    titles = re.compile(any_of([*words["officials"], *words["titles"]]))  # 书记威胁 is no 纪委
    rest = names.said(titles.sub(BLANK, said.plain))
    return bool(initials) or (not written and names.sounds_like(words["discipline_sounds"], rest))


def _says_mine(plain: str, words: Mapping[str, Any]) -> bool:
    """Whether the people of the resident's own community are meant."""
    officials = any_of(words["officials"])
    return any(re.search(rf"{re.escape(word)}.{{0,{NEAR}}}?(?:{officials})", plain) for word in words["own"])


def is_excluded(tx: Tx, person_id: int, excluded: Excluded) -> bool:
    """Whether the matter may be about this person, or about any unit that the person belongs to."""
    return person_id in excluded.persons or bool(excluded.units and _of_units(people.roles_of(tx, person_id), excluded))


def _of_units(held: Sequence[Role], excluded: Excluded) -> bool:
    if DISCIPLINE in excluded.units and any(row.role == DISCIPLINE for row in held):
        return True
    return not excluded.units.isdisjoint(row.community or row.role for row in held if row.role != MEMBER)
