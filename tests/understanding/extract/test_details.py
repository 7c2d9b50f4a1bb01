"""Where, when, for whom and who in chat messages: of each thing the share found, and the share of findings that are right."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from bot.understanding import Reader
from tests.understanding.conftest import TABLES

PARTS = ("community", "estate", "building", "unit", "room", "road", "landmark", "grid")
THINGS = (*PARTS, "phone", "when", "for_whom", "names")
# Floors that guard against getting worse: the least share of each thing found, and of what was found the least share right.
LEAST = {"details.txt": 0.98, "details_held_back.txt": 0.86}


def rows(name: str) -> Iterator[tuple[dict[str, str], str]]:
    for line in (TABLES / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            head, _, text = line.partition(" : ")
            yield dict(pair.split("=", 1) for pair in head.split() if "=" in pair), text


def read(reader: Reader, text: str) -> dict[str, str | None]:
    """Everything that was found in the text, under the names of the table."""
    read = reader.understand(text)
    found: dict[str, str | None] = {part: getattr(read.place, part) for part in PARTS}
    names = [text[start:end] for start, end in reader.names.find(text)]
    return found | {
        "phone": read.phone,
        "when": read.when,
        "for_whom": read.for_whom,
        "names": ",".join(names) or None,
    }


def shares_right(reader: Reader, table: Iterable[tuple[dict[str, str], str]]) -> dict[str, tuple[float, float]]:
    """Of each thing the share found of what is said, and the share right of what was found."""
    said: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for wanted, text in table:
        got = read(reader, text)
        for thing in THINGS:
            said[thing] += thing in wanted
            found[thing] += got[thing] is not None
            right[thing] += got[thing] is not None and got[thing] == wanted.get(thing)
    return {thing: (right[thing] / max(said[thing], 1), right[thing] / max(found[thing], 1)) for thing in THINGS}


@pytest.mark.parametrize("name", LEAST)
def test_the_details_of_a_message_are_read_right(reader: Reader, name: str) -> None:
    shares = shares_right(reader, rows(name))
    assert {thing: share for thing, share in shares.items() if min(share) < LEAST[name]} == {}


def test_what_is_read_wrong_lowers_both_shares(reader: Reader) -> None:
    """The measure itself: one building found of two said, and one found where none is said."""
    table = [({"building": "3"}, "3栋停水"), ({"building": "5"}, "停水"), ({}, "4栋停水")]
    assert shares_right(reader, table)["building"] == (0.5, 0.5)


def test_there_are_enough_messages() -> None:
    assert sum(1 for name in LEAST for _ in rows(name)) >= 800


def test_a_thing_of_the_table_is_one_that_is_read() -> None:
    assert {thing for name in LEAST for wanted, _ in rows(name) for thing in wanted} <= set(THINGS)
