"""Cuts a long text into pieces that are read one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from bot.messages import LONGEST
from bot.services.office import Office
from bot.understanding import Speaker, Understanding
from bot.understanding.decide.danger import detector
from bot.understanding.extract import clauses
from bot.understanding.lexicon import Rules

_RULES = Rules("restricted")


PIECES = 24  # of one text; neighbours among more of them are not read together
BUDGET, READ = 40, 80  # pieces of one text that are looked at, and that are read to find these, whatever its length
CHARACTERS = 6_000  # of all of these together
WIDTHS = (2, 3)  # neighbours that tell only together what is restricted
CUTS = (2, 3, 4, 1)  # the same of pieces without marks between them
TELLS = 7  # characters of a piece that tells something although no rule knows its words
PART = Speaker(asked=detector.PART)
"""As whom a piece is read: like a short answer it must be surer of danger than a whole message, whose rest it lacks."""


RECALLING = frozenset({"past", "elsewhere"})
"""What in a text says that a danger in it is not now."""


@dataclass
class Pieces:
    """Iterates over the readings of the parts of a text, as many as may be read. `complete`: whether these were all."""

    office: Office
    meant: Understanding
    complete: bool = True

    @cached_property
    def _recalls(self) -> bool:
        """Whether the whole is no danger and speaks of a past one, or of one that is only practised: a part of it lacks
        the words that say so (三年前…)."""
        if self.meant.danger is not None or self.meant.in_a_part:
            return False
        told = self.office.reader.see(self.meant.text[:LONGEST]).danger_findings.findings
        return not RECALLING.isdisjoint(told) and "present" not in told

    def __iter__(self) -> Iterator[Understanding]:
        found = characters = 0
        for count, (read, tells) in enumerate(_cut(self.office, self.meant), 1):
            found, characters = found + tells, characters + len(read.text)
            self.complete = found < BUDGET and count < READ and characters < CHARACTERS
            if tells and not (read.danger is not None and self._recalls):
                yield read
            if not self.complete:
                return


def _cut(office: Office, meant: Understanding) -> Iterator[tuple[Understanding, bool]]:
    """The readings, each once however often it is said, of its requests, the pieces between its marks (what is done to the sender first, and alone where nothing in the
    whole speaks for a restricted matter or for danger), neighbours of these where no piece alone tells anything, and what
    stands without marks in a piece that does. Each with whether it may tell something."""
    read, telling = partial(office.understand, who=PART), list[str]()
    yield from ((office.understand(part), True) for part in dict.fromkeys(meant.parts))
    marked = clauses.by_marks(meant.text[:LONGEST])
    several = len(marked) > 1
    against = [piece for piece in dict.fromkeys(marked) if several and _RULES.against.search(piece)]
    others = (
        [piece for piece in dict.fromkeys(marked) if piece not in against] if meant.sensitive or meant.in_a_part else ()
    )
    for piece in (*against, *others):
        found = (office.understand if piece in against else read)(piece) if several else meant
        if found.sensitive:
            telling.append(piece)
        yield found, found.sensitive or len(piece) >= TELLS or piece in against
    for width in WIDTHS if meant.sensitive and not telling and several else ():
        yield from ((read(run), True) for run in dict.fromkeys(clauses.runs(marked[:PIECES], width)))
    for piece in telling:
        cut = clauses.by_subjects(piece)[:PIECES]
        for width in CUTS if len(cut) > 1 else ():
            yield from ((read(run), True) for run in dict.fromkeys(clauses.runs(cut, width)))
