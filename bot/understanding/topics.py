"""What an everyday sentence is about, by the expressions of rules/topics.toml: groups of topics, first fit first.

Standard words are put in the place of dialect words of the same length (rules/dialect.toml), so that topics need not list both.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.understanding.lexicon import LexiconError, Rules, any_of
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import READ_LATELY, fold_solid, simplify

_DIALECT = Rules("dialect")
_VAGUE = Rules("vague")


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic's name, and the sender's own words behind the expression that told it."""

    name: str
    rest: str


class Topics:
    """The expressions of each group, compiled when they are first needed."""

    def __init__(self) -> None:
        tables = Rules("topics").templates.items()
        self.groups = {group: {name: Expression(source) for name, source in rows.items()} for group, rows in tables}
        _standard()  # LexiconError now, not with the first message

    def find(self, group: str, text: str) -> Topic | None:
        """The first topic of the group that fits; None where none does. KeyError for a group that is not there."""
        plain = simplify(text)
        told = standard_text(plain.text)
        for name, expression in self.groups[group].items():
            found = expression.search(told)
            if found is not None:
                return Topic(name, plain.raw_from(found.end()).strip(" ，,。：:"))
        return None

    def matches(self, group: str, topic: str, text: str) -> bool:
        """Whether this topic of the group fits. KeyError for one that is not there."""
        return self.groups[group][topic].search(standard_text(simplify(text).text)) is not None


def names_nothing(text: str) -> bool:
    """Whether a question names nothing that it is about, and is none about the service itself (几十块钱那个咋弄, 要什么材料)."""
    return _VAGUE.question.match(fold_solid(text)) is not None


@lru_cache(READ_LATELY)
def standard_text(text: str) -> str:
    """A simplified text in standard words; every character stays where it was."""
    pattern, words = _standard()
    return pattern.sub(lambda met: words[met[0]], text)


@cache
def _standard() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = _DIALECT.words["standard"]
    unequal = [word for word, meant in words.items() if len(word) != len(meant)]
    if unequal:
        raise LexiconError(f"dialect.toml: {unequal[0]} and its standard word differ in length")
    return re.compile(any_of(words)), words
