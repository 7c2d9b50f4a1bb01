"""Tells who speaks of a danger, which case of its kind it is, and hears cries in another language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.understanding.decide.danger.rules import Danger
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import CHINESE

SELF = "self"
"""The role where nothing tells another: the person in danger."""
_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of danger_speakers.toml tells (a kind of danger, a role) of these kinds of danger, where all of `names`
    match and `unless` does not; of each table the first row that fits counts. No kinds: those that no other row names."""

    what: str
    kinds: frozenset[str]
    names: tuple[Expression, ...]
    unless: Expression

    def fits(self, text: str) -> bool:
        """Whether the text tells it."""
        return all(name.search(text) for name in self.names) and not self.unless.search(text)


class DangerSpeakers:
    """The tables [[danger_cry]], [[danger_case]], [[danger_role]] and [danger_people] of the lexicon."""

    def __init__(self, lexicon: Mapping[str, Any], dangers: Mapping[str, Danger]) -> None:
        cases, people = lexicon["danger_case"], lexicon["danger_people"]
        self._cries = [
            Told(row["kind"], frozenset(), (Expression(row["pattern"]),), Expression(row["unless"]))
            for row in lexicon["danger_cry"]
        ]
        self.cases = [
            (Told(row["name"], frozenset(row["of"]), (_any(row["names"]), _any(row.get("and", [""]))), _any(row.get("unless", ["(?!)"]))), _case(row, dangers))
            for row in cases
        ]  # fmt: skip
        self._roles = [
            Told(row["role"], frozenset(row.get("kinds", ())), (_any(_named(words, people) for words in row.get("names", [""])),), _any(["(?!)"]))
            for row in lexicon["danger_role"]
        ]  # fmt: skip
        self.kinds = frozenset(kind for row in self._roles for kind in row.kinds)
        self.known = {danger.name: danger for _, danger in self.cases}  # the cases by name

    def cry(self, plain: str) -> str | None:
        """The kind of danger that a message without a Chinese character cries out; None where it is none."""
        if CHINESE.search(plain):
            return None
        text = _LETTERS.sub(" ", plain).strip()
        return next((cry.what for cry in self._cries if cry.fits(text)), None)

    def case(self, danger: Danger, text: str) -> Danger:
        """The case of this danger that the joined text tells; the danger itself where it tells none."""
        return next((case for told, case in self.cases if danger.name in told.kinds and told.fits(text)), danger)

    def role(self, danger: Danger, text: str) -> str:
        """Who speaks in a joined text: self (the person in danger), relative or bystander."""
        kind = danger.name if danger.name in self.kinds else danger.base or danger.name
        rows = (row for row in self._roles if (kind in row.kinds if kind in self.kinds else not row.kinds))
        return next((row.what for row in rows if row.fits(text)), SELF) if CHINESE.search(text) else SELF


def _case(row: Mapping[str, Any], dangers: Mapping[str, Danger]) -> Danger:
    """A case with a name of its own, or one that another kind of danger explains better."""
    base = dangers[row["of"][0]]
    return dangers.get(row["name"]) or replace(
        base,
        name=row["name"],
        category=row["category"],
        restricted=row.get("restricted", base.restricted),
        calm=(),
        base=base.name,
    )


def _named(words: str, people: Mapping[str, str]) -> str:
    """The expression with @name replaced by that class of people."""
    return re.sub(r"@([a-z_]+)", lambda found: f"(?:{people[found[1]]})", words)


def _any(patterns: Iterable[str]) -> Expression:
    return Expression("|".join(f"(?:{pattern})" for pattern in patterns))
