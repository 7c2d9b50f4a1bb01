"""What an everyday sentence is about, by the expressions of rules/topics.toml: groups of topics, first fit first."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.dialect import standard
from bot.understanding.lexicon import Rules
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


def topics() -> Topics:
    """Those of the lexicon."""
    return Topics(
        {
            group: {name: Expression(source) for name, source in table.items()}
            for group, table in Rules("topics").templates.items()
        }
    )
