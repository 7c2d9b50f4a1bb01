"""Tells whether somebody is accused by name: one of the roster, whatever is said that is no thanks, no request and no work of
every day; anybody, behind a word for reporting. Where it is uncertain the answer is yes."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.extract.people.roster_names import NICKNAME, SOMEBODY, RosterNames
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY

_RULES = Rules("by_name")
_NAME = re.compile(f"[{SOMEBODY}{NICKNAME}]")


class ByName:
    """The rules of config/lexicon/rules/by_name.toml with the names of a roster. What was told of the last texts is remembered."""

    def __init__(self, names: RosterNames, surname: str) -> None:
        self._names, self.surname = names, surname
        ordinary = f"(?:{names.ordinary.pattern})"
        given = _RULES.filled("given")
        self._anybody = re.compile(_RULES.filled("anybody", surname=surname, usual_words=ordinary, given=given))
        self.accuses = lru_cache(READ_LATELY)(self._accuses)

    def marked(self, text: str) -> str:
        """As `RosterNames.marked`."""
        return self._names.marked(text)

    def names_somebody(self, text: str) -> bool:
        """Whether anybody of the roster is named."""
        return SOMEBODY in self.marked(text)

    def _accuses(self, text: str) -> bool:
        marked = _RULES.myself.sub(_RULES.words["me"], self.marked(text))
        if _RULES.reported.search(marked) or _RULES.by_title.search(marked) or self._anybody.search(marked):
            return True
        return bool(_NAME.search(marked)) and any(_is_wrong(each) for each in _RULES.sentences.split(marked))


def _is_wrong(sentence: str) -> bool:
    """Whether one sentence says of a name what is neither thanks, nor a request, nor ordinary."""
    if not _NAME.search(sentence):
        return False
    told = _RULES.harmless.sub("", sentence)
    if _RULES.praise.search(told) and not _RULES.never.search(told):
        return False
    clauses = [clause for clause in _RULES.marks.split(told) if clause]
    return any(_RULES.wrong.search(spoken) for spoken in _spoken_of(clauses)) or any(
        not all(_is_ordinary(clause, found) for found in re.finditer(SOMEBODY, clause)) for clause in clauses
    )


def _spoken_of(clauses: list[str]) -> Iterator[str]:
    """The clauses that name somebody, each with those behind it that speak of nobody else."""
    named = ""
    for clause in clauses:
        if _NAME.search(clause):
            if NICKNAME in clause and SOMEBODY not in clause and not _RULES.named_by.search(clause.split(NICKNAME)[0]):
                continue  # a given name alone is a name where it does something
            named = clause
        elif named and not _RULES.subject.search(clause):
            named += "\n" + clause
        else:
            named = ""
        if named:
            yield named


def _is_ordinary(clause: str, found: re.Match[str]) -> bool:
    """Whether somebody is asked for, told of, thanked, or does what is done every day."""
    if _RULES.alone.fullmatch(clause):
        return True
    before, behind = clause[: found.start()], clause[found.end() :]
    if not behind and not _RULES.blamed.search(before):
        return True
    return bool(_RULES.asked.search(before) or _RULES.ordinary.match(behind))
