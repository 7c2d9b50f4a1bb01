"""Blows that come again, to a child, a wife, an old person or whoever writes, are a danger to life; talk with the same words is none."""

import itertools
from collections.abc import Iterator

import pytest

from bot.understanding import Reader
from tests.understanding.conftest import TABLES

HABITS = ["天天", "每天", "经常", "老是", "总", "一天到晚", "三天两头", "动不动就", "时常", "见天"]
VICTIMS = ["孩子", "我", "老人", "奶奶", "女人", "我妈", "娃", "隔壁小姑娘", "邻居家老头"]
ATTACKERS = ["他爸", "后妈", "儿子", "老公", "媳妇", "保姆"]
VERBS = ["打", "揍", "掐"]
WHERE = ["{}", "{}，金色春天5号楼1单元", "金色春天5号楼 {}", "{}金色春天5号楼"]


def rows(level: str) -> list[str]:
    lines = (TABLES / "blows.txt").read_text(encoding="utf-8").splitlines()
    return [said for line in lines for head, _, said in [line.partition(" | ")] if head == level]


def read(reader: Reader, text: str) -> str:
    """U0, restricted or - of one message."""
    meant = reader.understand(text)
    if meant.lane == "restricted":
        return "U0" if meant.urgency == "U0" else "restricted"
    return f"{meant.lane} {meant.urgency}" if meant.danger else "-"


@pytest.mark.parametrize("level", ["U0", "restricted", "-"])
def test_blows_are_told_from_talk_with_the_same_words(reader: Reader, level: str) -> None:
    said = rows(level)
    assert len(said) >= {"U0": 54, "restricted": 4, "-": 20}[level]
    assert {text: read(reader, text) for text in said} == dict.fromkeys(said, level)


def told() -> Iterator[str]:
    for habit, victim in itertools.product(HABITS, VICTIMS):
        yield from (f"{victim}{habit}挨打", f"{victim}{habit}被打", f"{victim}{habit}挨揍")
        for attacker, verb in itertools.product(ATTACKERS, VERBS):
            yield from (
                f"{attacker}{habit}{verb}{victim}",
                f"{victim}{habit}被{attacker}{verb}",
                f"{victim}{habit}挨{attacker}{verb}",
            )


@pytest.mark.parametrize("where", WHERE)
def test_whoever_beats_whom_in_whatever_order_with_or_without_an_address(reader: Reader, where: str) -> None:
    missed = [said for said in map(where.format, told()) if read(reader, said) != "U0"]
    assert missed == []
