"""Tells what is a report without the word for it: who of the office, which helper, or who by name does what; and who is preyed on.

Somebody of the roster is accused by whatever is no thanks, no request and no work of every day; anybody, behind a word for
reporting. Where it is uncertain the answer is yes; who works for the office speaks of colleagues all day, and there it is no.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.understanding.decide.wishes import without_wishes
from bot.understanding.extract import clauses
from bot.understanding.extract.people.naming import Naming, Said
from bot.understanding.extract.people.person_names import Names
from bot.understanding.extract.people.roster_names import NICKNAME, SOMEBODY, RosterNames
from bot.understanding.extract.sounds import SILENCE
from bot.understanding.lexicon import Rules
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import READ_LATELY, simplify

_RULES = Rules("accusation")
_BY_NAME = Rules("by_name")
_NAME = re.compile(f"[{SOMEBODY}{NICKNAME}]")
LONGEST = 80
"""A clause is read in pieces of so many characters that overlap by half."""


class Accusations:
    """The rules of accusation.toml with the surnames of the office, and those of by_name.toml with the names of a roster.

    What was told of the last texts is remembered: the reader judges a message, and then whoever uses its words.
    """

    def __init__(self, names: Names, roster: RosterNames | None = None) -> None:
        self._names = names
        self._roster = roster or RosterNames(Naming(SILENCE, frozenset()), names.ordinary)
        ordinary, given = f"(?:{names.ordinary.pattern})", _BY_NAME.filled("given")
        self._told = Expression(_RULES.filled("told", surname=names.surname, ordinary=ordinary))
        self._anybody = Expression(_BY_NAME.filled("anybody", surname=names.surname, usual_words=ordinary, given=given))
        self.accuses = lru_cache(READ_LATELY)(self._accuses)
        self.by_name = lru_cache(READ_LATELY)(self._by_name)
        self.preys = lru_cache(READ_LATELY)(self._preys)

    def with_roster(self, roster: RosterNames) -> "Accusations":
        """The same, with these names of the roster."""
        return Accusations(self._names, roster)

    def named(self, said: Said) -> set[str]:
        """The names of the roster of which the whole stands in the text."""
        return self._roster.named(said)

    def names_somebody(self, text: str) -> bool:
        """Whether anybody of the roster is named."""
        return SOMEBODY in self._roster.marked(text)

    def without_wishes(self, text: str) -> str:
        """As `wishes.without_wishes`, by the names of this roster."""
        return without_wishes(text, self._roster)

    def may_blame(self, text: str) -> bool:
        """Whether a clause would accuse somebody of whom it is said, by name or by title."""
        told = clauses.by_marks(simplify(text).text)
        return any(_is_wrong(SOMEBODY + each) or self._accuses(_BY_NAME.words["somebody"] + each) for each in told)

    def _accuses(self, text: str, of_order: bool = False, of_colleagues: bool = False) -> bool:
        """Whether a clause says that somebody of the office, a helper or somebody by name does wrong. `of_order`: said in talk
        about an order, where he and she are the one who comes. `of_colleagues`: said by somebody of the office, where what is
        uncertain is no report."""
        also = [_RULES.of_order.search] if of_order else []
        if of_order and _RULES.hurt.search(simplify(text).text):
            return True
        if of_order:
            text = _RULES.called.sub("", simplify(text).text)
        return _tells(text, self._told.compiled.search, *also) or self.by_name(text, of_colleagues)

    def _preys(self, text: str) -> bool:
        """Whether a clause says that a child, an old person or somebody who is kept is harmed."""
        return _tells(text, _RULES.preyed_on.search)

    def _by_name(self, text: str, of_colleagues: bool = False) -> bool:
        """Whether somebody is accused by name. `of_colleagues`: as in `accuses`."""
        marked = _BY_NAME.myself.sub(_BY_NAME.words["me"], self._roster.marked(text))
        if _BY_NAME.reported.search(marked) or _BY_NAME.by_title.search(marked) or self._anybody.search(marked):
            return True
        if not _NAME.search(marked):
            return False
        judge = _is_plainly_wrong if of_colleagues else _is_wrong
        return any(map(judge, _BY_NAME.sentences.split(marked)))


def _tells(text: str, *tells: Callable[[str], object]) -> bool:
    """Whether one of these finds something in a clause where nothing says that it is harmless."""
    return any(any(search(each) for search in tells) and not _RULES.plain.search(each) for each in _clauses(text))


@lru_cache(maxsize=READ_LATELY)
def _clauses(text: str) -> tuple[str, ...]:
    """The clauses, and each stretch between strong marks without its blanks: blanks may stand anywhere."""
    text = simplify(text).text
    solid = ("".join(filter(str.isalnum, each)) for each in (*clauses.by_marks(text), *clauses.by_sentences(text)))
    half = LONGEST // 2
    return tuple(
        each[at : at + LONGEST] for each in dict.fromkeys(solid) for at in range(0, max(len(each) - half, 1), half)
    )


def _is_wrong(sentence: str) -> bool:
    """Whether one sentence says of a name what is neither thanks, nor a request, nor ordinary."""
    parts = _unpraised(sentence)
    return _says_wrong(parts) or any(
        not all(_is_ordinary(clause, found) for found in re.finditer(SOMEBODY, clause)) for clause in parts
    )


def _is_plainly_wrong(sentence: str) -> bool:
    """Whether one sentence says of a name what is bad."""
    return _says_wrong(_unpraised(sentence))


def _unpraised(sentence: str) -> list[str]:
    """The clauses of a sentence that names somebody and does not praise; none of any other."""
    if not _NAME.search(sentence):
        return []
    told = _BY_NAME.harmless.sub("", sentence)
    if _BY_NAME.praise.search(told) and not _BY_NAME.never.search(told):
        return []
    return [clause for clause in _BY_NAME.marks.split(told) if clause]


def _says_wrong(parts: list[str]) -> bool:
    return any(_BY_NAME.wrong.search(spoken) for spoken in _spoken_of(parts))


def _spoken_of(parts: list[str]) -> Iterator[str]:
    """The clauses that name somebody, each with those behind it that speak of nobody else."""
    named = ""
    for clause in parts:
        if _NAME.search(clause):
            if (
                NICKNAME in clause
                and SOMEBODY not in clause
                and not _BY_NAME.named_by.search(clause.split(NICKNAME)[0])
            ):
                continue  # a given name alone is a name where it does something
            named = clause
        else:
            named = f"{named}\n{clause}" if named and not _BY_NAME.subject.search(clause) else ""
        if named:
            yield named


def _is_ordinary(clause: str, found: re.Match[str]) -> bool:
    """Whether somebody is asked for, told of, thanked, or does what is done every day."""
    if _BY_NAME.alone.fullmatch(clause):
        return True
    before, behind = clause[: found.start()], clause[found.end() :]
    if not behind and not _BY_NAME.blamed.search(before):
        return True
    return bool(_BY_NAME.asked.search(before) or _BY_NAME.ordinary.match(behind))
