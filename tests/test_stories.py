"""Conversations word for word, each told on SQLite and on PostgreSQL."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services import roster
from bot.services.office import Office
from bot.store.tables import orders
from tests.story import CAST, FOLDER, fill, judge, judge_order, read
from tests.talk import NOON, Talk

STORIES = sorted(FOLDER.glob("*.story"))
ANSWER_FIRST = sorted((FOLDER / "answer_first").glob("*.story"))


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    file = tmp_path / "cast.csv"
    file.write_text(CAST, "utf-8")
    roster.import_roster(office, file, NOON)
    talk = Talk(office)
    for row in CAST.splitlines()[1:]:
        _, name, phone, *_ = row.split(",")
        assert "绑定成功" in talk.bind(name, phone)
    return talk


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_written(story: Path, talk: Talk) -> None:
    _tell_all(story, talk)


@pytest.mark.parametrize("story", ANSWER_FIRST, ids=lambda path: path.stem)
def test_the_story_goes_as_written_where_an_answer_needs_no_order(story: Path, talk: Talk) -> None:
    talk.office = replace(talk.office, answers=replace(talk.office.answers, answer_first="answer"))
    _tell_all(story, talk)


def _tell_all(path: Path, talk: Talk) -> None:
    codes: Mapping[str, str] = {}
    for line in read(path).lines:
        at = f"{path.name}:{line.number}"
        if line.kind == "says":
            talk.says(line.who, fill(line.words, codes))
        elif line.kind in ("wants", "bars"):
            judged = judge(line, talk.replies[-1], codes)
            codes = judged.codes
            missed = [verdict.part for verdict in judged.verdicts if not verdict.met]
            assert not missed, f"{at}: {line.kind} {missed}, the reply is {talk.replies[-1]!r}"
        elif line.kind == "order":
            held = _held(talk, fill(line.who, codes))
            missed = [verdict.part for verdict in judge_order(line, held) if not verdict.met]
            assert not missed, f"{at}: {missed} is not among {held}"


def _held(talk: Talk, code: str) -> set[str]:
    """State, lane, category, urgency and outcome of the order; empty where there is none."""
    with talk.office.db.reading() as tx:
        row = tx.first(select(orders).where(orders.c.code == code))
    return set() if row is None else {row.state, row.lane, row.category, row.urgency, row.outcome}
