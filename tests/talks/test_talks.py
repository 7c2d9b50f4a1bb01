"""The talk table goes no worse than it did, by kind, on a few entries of each; `python -m tests.bench.talks` plays all."""

import tomllib
from collections.abc import Iterator

import pytest

from tests.bench.talks import Played, play, shares
from tests.talks import table
from tests.talks.opening import opened
from tests.talks.table import FOLDER

OF_EACH_KIND = 12
FLOORS = tomllib.loads((FOLDER / "floors.txt").read_text("utf-8"))  # the share right that was reached


@pytest.fixture(scope="module")
def played() -> Iterator[list[Played]]:
    with opened() as stage:
        yield list(play(stage, table.sample(OF_EACH_KIND)))


@pytest.mark.parametrize("kind", table.kinds())
def test_no_kind_goes_worse_than_it_did(kind: str, played: list[Played]) -> None:
    wrong = [f"{one.entry.id} {one.entry.said}: {one.wrong}" for one in played if one.entry.kind == kind and one.wrong]
    assert shares(played)[kind] >= FLOORS[kind], "\n".join(wrong)


def test_all_words_about_broadcasts_are_read_as_they_are_meant() -> None:
    chosen = [entry for entry in table.entries() if entry.kind == "broadcast-words"]
    assert len(chosen) >= 90
    with opened() as stage:
        wrong = [f"{one.entry.said}: {one.wrong}" for one in play(stage, chosen) if one.wrong]
    assert wrong == []


def test_the_table_is_large_and_a_third_of_it_is_held_back() -> None:
    entries = table.entries()
    assert len(entries) >= 600
    assert 0.3 < sum(entry.held_back for entry in entries) / len(entries) < 0.37


def test_every_entry_begins_in_a_situation_that_there_is() -> None:
    assert {entry.given for entry in table.entries()} <= set(table.situations())
