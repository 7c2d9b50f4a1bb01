"""Reads the messages from which the reader learns: whole messages, each with what it means."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

Labelled = tuple[str, str]
"""A text and its label."""

SOON, NONE, UNSAID = "soon", "-", "?"
"""What endangers nobody yet; what is not so; what is not said."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, the file it stands in, and what it means: each NONE where it is nothing of the kind, UNSAID where that is left open."""

    source: str
    danger: str
    """A kind of danger to life, or SOON."""
    intent: str
    category: str
    text: str
    begins: tuple[int, ...] = ()
    """Where in the text further requests begin."""

    @property
    def deadly(self) -> bool:
        """Whether a life is in danger now."""
        return self.danger not in (SOON, NONE, UNSAID)


class BadMessage(ValueError):
    """A line that is none."""

    def __init__(self, path: Path, row: int) -> None:
        super().__init__(
            f"{path.name}, line {row}: danger, intent and category (a known code, - or ?), a bar, the message"
        )
        self.path, self.row = path, row


def read_messages(folder: Path, categories: Collection[str]) -> list[Message]:
    """All of a folder's text files, `danger intent category | message` a line; in the message a bar stands where a further
    request begins, and \\n for a new line. BadMessage names the first line that is none."""
    return [message for path in sorted(folder.glob("*.txt")) for message in read_file(path, categories)]


def read_file(path: Path, categories: Collection[str]) -> Iterator[Message]:
    """Those of one file."""
    for row, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            head, _, text = line.partition(" | ")
            words = head.split()
            if len(words) != 3 or words[2] not in (NONE, UNSAID, *categories) or not text.strip():
                raise BadMessage(path, row)
            parts = text.strip().replace("\\n", "\n").split("|")
            begins = tuple(accumulate(map(len, parts[:-1])))
            yield Message(path.stem, words[0], words[1], words[2], "".join(parts), begins)
