"""What an import of checked rows would do to the roster: who comes, who changes, who goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.roster.rows import Entry, roles_of
from bot.store.database import Tx
from bot.store.persons import roster as store
from bot.store.reads import roster

Held = tuple[str, str | None, str | None, str | None, tuple[str, ...]]
"""Role, community, grid, branch, skills."""


@dataclass(frozen=True, slots=True)
class Change:
    """One person. `former`: the name until now, where it is another one; `before` is empty for who comes, `after` for
    who goes."""

    name: str
    former: str | None
    phone: str
    before: Sequence[Held]
    after: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Preview:
    """All changes; `same`: how many people stay as they are."""

    comes: Sequence[Change]
    changes: Sequence[Change]
    goes: Sequence[Change]
    same: int


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    held: frozenset[Held]


def preview(tx: Tx, found: Sequence[Entry], *, replace: bool) -> Preview:
    """Compare with the roster of this moment."""
    known, wanted = _on_roster(tx), _in_file(found)
    comes, changed, same = list[Change](), list[Change](), 0
    indexes = {phone: tx.vault.index(phone) for phone in wanted}
    named = {row.phone_index: row.name for row in store.by_phones(tx, list(indexes.values()))}
    for phone, after in wanted.items():
        index = indexes[phone]
        before = known.get(index)
        former = named.get(index)
        former = former if former != after.name else None
        if before is None:
            comes.append(Change(after.name, former, phone, [], _sorted(after.held)))
        elif before == after:
            same += 1
        else:
            changed.append(Change(after.name, former, phone, _sorted(before.held), _sorted(after.held)))
    left = known.keys() - set(indexes.values()) if replace else set()
    goes = [Change(one.name, None, "", _sorted(one.held), []) for index, one in known.items() if index in left]
    return Preview(comes, changed, goes, same)


def _in_file(found: Sequence[Entry]) -> Mapping[str, _Known]:
    """By telephone number; of several rows the last name counts, as in the import."""
    people: dict[str, _Known] = {}
    for entry in found:
        before = people[entry.phone].held if entry.phone in people else frozenset[Held]()
        people[entry.phone] = _Known(entry.name, before | {_held(row) for row in roles_of(0, entry)})
    return people


def _on_roster(tx: Tx) -> Mapping[str, _Known]:
    """By the index of the telephone number; who has none, by the id."""
    people: dict[str, _Known] = {}
    for row in roster.everybody(tx):
        key = row.phone_index or f"#{row.person_id}"
        before = people[key].held if key in people else frozenset[Held]()
        people[key] = _Known(row.name or "", before | {_held(row._mapping)})
    return people


def _held(row: Mapping[Any, Any]) -> Held:
    return row["role"], row["community"], row["grid"], row["branch"], tuple(row["skills"])


def _sorted(held: frozenset[Held]) -> list[Held]:
    return sorted(held, key=str)
