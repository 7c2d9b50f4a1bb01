"""What `doctor` finds: one sentence each, with what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.services.office import Office
from bot.texts import Texts

Level = Literal["good", "notice", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is below `doctor` in the locale, or a whole key where it holds a dot; `said`: a sentence instead of a key."""

    level: Level
    key: str = ""
    facts: dict[str, object] = field(default_factory=dict)
    said: str = ""

    def words(self, texts: Texts) -> str:
        return self.said or texts.say(self.key if "." in self.key else f"doctor.{self.key}", **self.facts)


def good(key: str, **facts: object) -> Finding:
    """All is well."""
    return Finding("good", key, facts)


def notice(key: str, **facts: object) -> Finding:
    """The service works, but somebody should look at it."""
    return Finding("notice", key, facts)


def wrong(key: str, **facts: object) -> Finding:
    """Something does not work, or will not: the command ends with 1."""
    return Finding("wrong", key, facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check may use. `env_file` and `backups`: where they should lie."""

    office: Office
    env_file: Path
    backups: Path


Check = Callable[[Asked], Iterator[Finding]]
