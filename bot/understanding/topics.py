"""What an everyday sentence is about, by the expressions of config/talk.toml: groups of topics, first fit first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.dialect import standard
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import simplify


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic's name, and the sender's own words behind the expression that told it."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Topics:
    """The expressions of each group, compiled when they are first needed."""

    groups: Mapping[str, Mapping[str, Expression]]

    def find(self, group: str, text: str) -> Topic | None:
        """The first topic of the group that fits; None where none does. KeyError for a group that is not there."""
        plain = standard(simplify(text))
        for name, expression in self.groups[group].items():
            found = expression.search(plain.text)
            if found is not None:
                return Topic(name, plain.raw_from(found.end()).strip(" ，,。：:"))
        return None

    def matches(self, group: str, topic: str, text: str) -> bool:
        """Whether this topic of the group fits. KeyError for one that is not there."""
        return self.groups[group][topic].search(standard(simplify(text)).text) is not None


def topics(words: Mapping[str, Any]) -> Topics:
    """From the [talk] table of the lexicon; `@name` in an expression stands for that one of [talk.terms]."""
    terms, groups = words["terms"], {name: table for name, table in words.items() if name != "terms"}
    return Topics(
        {
            group: {name: Expression(_filled(source, terms)) for name, source in table.items()}
            for group, table in groups.items()
        }
    )


def _filled(source: str, terms: Mapping[str, str]) -> str:
    for name, meaning in terms.items():
        source = source.replace(f"@{name}@", f"(?:{meaning})")
    return source
