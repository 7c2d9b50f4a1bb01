"""Tells who speaks of a danger, which case of its kind it is, and hears cries in another language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.understanding.decide.danger.rules import Danger
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import CHINESE

SELF = "self"
"""The role where nothing tells another: the person in danger."""
_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Cry:
    """A cry for help in another language; `unless` voids it."""

    kind: str
    pattern: Expression
    unless: Expression


@dataclass(frozen=True, slots=True)
class Case:
    """A case of some kinds of danger: all of `names` and one of `others` must be told, and nothing of `unless`."""

    danger: Danger
    of: frozenset[str]
    names: Expression
    others: Expression
    unless: Expression | None

    def fits(self, kind: str, text: str) -> bool:
        """Whether this message of that kind is such a case."""
        void = self.unless is not None and self.unless.search(text)
        return kind in self.of and not void and bool(self.names.search(text) and self.others.search(text))


@dataclass(frozen=True, slots=True)
class DangerSpeakers:
    """The rows of config/lexicon/danger_speakers.toml; of each table the first row that fits counts."""

    cries: tuple[Cry, ...]
    cases: tuple[Case, ...]
    roles: Mapping[str, tuple[tuple[str, Expression], ...]]
    """By kind: role and pattern. "" holds for the kinds that are not named."""

    def cry(self, plain: str) -> str | None:
        """The kind of danger that a message without a Chinese character cries out; None where it is none."""
        if CHINESE.search(plain):
            return None
        text = _LETTERS.sub(" ", plain).strip()
        return next((cry.kind for cry in self.cries if cry.pattern.search(text) and not cry.unless.search(text)), None)

    def case(self, danger: Danger, text: str) -> Danger:
        """The case of this danger that the joined text tells; the danger itself where it tells none."""
        return next((case.danger for case in self.cases if case.fits(danger.name, text)), danger)

    def role(self, kind: str, text: str) -> str:
        """Who speaks in a joined text: self, relative or bystander."""
        if not CHINESE.search(text):
            return SELF
        rows = self.roles.get(kind, self.roles[""])
        return next((role for role, pattern in rows if pattern.search(text)), SELF)

    @property
    def known(self) -> dict[str, Danger]:
        """The cases by name."""
        return {case.danger.name: case.danger for case in self.cases}


def danger_speakers(lexicon: Mapping[str, Any], dangers: Mapping[str, Danger]) -> DangerSpeakers:
    """Built from the tables [[danger_cry]], [[danger_case]], [[danger_role]] and [danger_people] of the lexicon."""
    cries = tuple(
        Cry(row["kind"], Expression(row["pattern"]), Expression(row["unless"])) for row in lexicon["danger_cry"]
    )
    cases = tuple(_case(row, dangers) for row in lexicon["danger_case"])
    return DangerSpeakers(cries, cases, _roles(lexicon["danger_role"], lexicon["danger_people"]))


def _case(row: Mapping[str, Any], dangers: Mapping[str, Danger]) -> Case:
    """A case with a name of its own, or one that another kind of danger explains better."""
    base, unless = dangers[row["of"][0]], row.get("unless")
    danger = dangers.get(row["name"]) or replace(
        base,
        name=row["name"],
        category=row["category"],
        restricted=row.get("restricted", base.restricted),
        calm=(),
        base=base.name,
    )
    names, others = _any(row["names"]), _any(row.get("and", [""]))
    return Case(danger, frozenset(row["of"]), names, others, _any(unless) if unless else None)


def _roles(
    rows: Sequence[Mapping[str, Any]], people: Mapping[str, str]
) -> dict[str, tuple[tuple[str, Expression], ...]]:
    found: dict[str, list[tuple[str, Expression]]] = {}
    for row in rows:
        pattern = _any(_named(words, people) for words in row.get("names", [""]))
        for kind in row.get("kinds", [""]):
            found.setdefault(kind, []).append((row["role"], pattern))
    return {kind: tuple(patterns) for kind, patterns in found.items()}


def _named(words: str, people: Mapping[str, str]) -> str:
    """The expression with @name replaced by that class of people."""
    return re.sub(r"@([a-z_]+)", lambda found: f"(?:{people[found[1]]})", words)


def _any(patterns: Iterable[str]) -> Expression:
    return Expression("|".join(f"(?:{pattern})" for pattern in patterns))
