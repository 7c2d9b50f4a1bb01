"""Reads the table: situations and entries, each entry one thing said, with what must be true afterwards.

`situations.toml`: `[NAME]` with `from` (another situation, on which it builds) and `lines`.
Every other `*.toml` here holds `[[talk]]`, each with one or more things that may be said in one place:

    kind   what it is about; the share right is counted by it
    given  the name of a situation
    then   further lines before it (optional)
    who    who speaks
    says   what is said: each is an entry of its own. `//` parts messages that follow each other
    want   what must be true afterwards: see `tests.talks.judge`

A line of a conversation: `who: words`, or `who: words => A` where the reply names an order that is called A from then on, or
`~ 3 days` (`hours`, `minutes`): so much time passes, `~ away who`: the account can no longer write to this person first,
or `~ cards`: notices go out as cards of few fields, not as chat.
Words may be `[图片]`, `[语音] what was recognised`, `[位置] label`. `{A}` stands for the number of the order A.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
SITUATIONS = "situations.toml"
HELD_BACK = 3  # every third entry, by the hash of what is said and where


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is there and what was said, on top of another situation."""

    name: str
    base: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said in one place."""

    kind: str
    given: str
    then: tuple[str, ...]
    who: str
    said: str
    want: tuple[str, ...]

    @property
    def number(self) -> int:
        """The same as long as the place and the words are the same; what is wanted may be put right."""
        place = "\n".join((self.given, *self.then, self.who, self.said))
        return int.from_bytes(hashlib.sha256(place.encode()).digest()[:6])

    @property
    def id(self) -> str:
        return f"{self.number:012x}"[:8]

    @property
    def held_back(self) -> bool:
        return self.number % HELD_BACK == 0

    @property
    def messages(self) -> list[str]:
        return [part.strip() for part in self.said.split("//")]


@cache
def situations() -> Mapping[str, Situation]:
    with (FOLDER / SITUATIONS).open("rb") as file:
        read = tomllib.load(file)
    return {name: Situation(name, row.get("from"), tuple(row["lines"])) for name, row in read.items()}


@cache
def entries() -> tuple[Entry, ...]:
    """All entries in the order of the files."""
    return tuple(entry for path in sorted(FOLDER.glob("*.toml")) if path.name != SITUATIONS for entry in _entries(path))


def _entries(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        rows = tomllib.load(file)["talk"]
    for row in rows:
        for said in row["says"]:
            yield Entry(row["kind"], row["given"], tuple(row.get("then", ())), row["who"], said, tuple(row["want"]))


def kinds() -> list[str]:
    """The kinds, each once, as they come."""
    return list(dict.fromkeys(entry.kind for entry in entries()))


def sample(of_each: int) -> list[Entry]:
    """So many of each kind, the same ones every time, in the order of the table."""
    chosen = {
        entry.number
        for kind in kinds()
        for entry in sorted((one for one in entries() if one.kind == kind), key=lambda one: one.number)[:of_each]
    }
    return [entry for entry in entries() if entry.number in chosen]
