"""Tells what is a report without the word for it: who of the office, or which helper, does what; and who is preyed on."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bot.understanding.decide.by_name import ByName
from bot.understanding.extract import clauses
from bot.understanding.extract.people.naming import Naming
from bot.understanding.extract.people.person_names import Names
from bot.understanding.extract.people.roster_names import RosterNames
from bot.understanding.extract.sounds import SILENCE
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, simplify

_RULES = Rules("accusation")
LONGEST = 80
"""A clause is read in pieces of so many characters that overlap by half."""


class Accusations:
    """The rules of config/lexicon/rules/accusation.toml with the surnames of the office.

    What was told of the last texts is remembered: the reader judges a message, and then whoever uses its words.
    """

    def __init__(self, named: re.Pattern[str], by_name: ByName) -> None:
        self._named, self.by_name = named, by_name
        self._accuses = lru_cache(READ_LATELY)(self._is_wrong)
        self._preys = lru_cache(READ_LATELY)(self._is_preyed_on)

    def accuses(self, text: str, *, of_order: bool = False) -> bool:
        """Whether a clause says that somebody of the office, a helper or somebody by name does wrong. `of_order`: said in talk
        about an order, where he and she are the one who comes."""
        return self._accuses(text, of_order)

    def preys(self, text: str) -> bool:
        """Whether a clause says that a child, an old person or somebody who is kept is harmed."""
        return self._preys(text)

    def _is_wrong(self, text: str, of_order: bool) -> bool:
        tells = [_RULES.told.search, self._named.search, *([_RULES.of_order.search] if of_order else [])]
        return any(_fits(clause, tells) for clause in _clauses(text)) or self.by_name.accuses(text)

    def with_roster(self, names: RosterNames) -> "Accusations":
        """The same, with these names of the roster."""
        return Accusations(self._named, ByName(names, self.by_name.surname))

    def _is_preyed_on(self, text: str) -> bool:
        return any(_fits(clause, [_RULES.preyed_on.search]) for clause in _clauses(text))


def _fits(clause: str, tells: Sequence[Callable[[str], object]]) -> bool:
    """Whether one of these finds something in the clause, and nothing says that it is harmless."""
    return any(search(clause) for search in tells) and not _RULES.plain.search(clause)


def accusations(names: Names) -> Accusations:
    """With the surnames by which people are recognised, and nobody on the roster."""
    ordinary = f"(?:{names.ordinary.pattern})"
    named = re.compile(_RULES.filled("named", surname=names.surname, ordinary=ordinary))
    nobody = RosterNames(Naming(SILENCE, frozenset()), names.ordinary)
    return Accusations(named, ByName(nobody, names.surname))


@lru_cache(maxsize=READ_LATELY)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(_pieces(simplify(text).text))


def _pieces(text: str) -> Iterator[str]:
    """The clauses, and each stretch between strong marks without its blanks: blanks may stand anywhere."""
    for clause in dict.fromkeys((*clauses.by_marks(text), *clauses.by_sentences(text))):
        solid = "".join(c for c in clause if c.isalnum())
        yield from (solid[at : at + LONGEST] for at in range(0, max(len(solid) - LONGEST // 2, 1), LONGEST // 2))
