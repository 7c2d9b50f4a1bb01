"""Conversations word for word, each told on SQLite, every fourth on PostgreSQL too."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.services.clock import clockwork
from bot.services.notices import outbox
from bot.services.office import Office
from bot.store.sending.notice_reports import Report
from tests import entering, story_orders
from tests.story import CAST, FOLDER, PICTURE, Line, fill, judge, judge_notices, judge_order, read
from tests.talk import Talk, answering_alone, openid

STORIES = sorted(FOLDER.glob("*.story"))
ANSWER_FIRST = sorted((FOLDER / "answer_first").glob("*.story"))
TOLD = [
    pytest.param(story, kind, id=f"{kind}-{story.stem}")
    for kind, stories in (("sqlite", STORIES), ("postgresql", STORIES[::4]))
    for story in stories
]


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return entering.everybody(office, tmp_path, CAST)


@pytest.mark.parametrize(("story", "database_url"), TOLD, indirect=["database_url"])
def test_the_story_goes_as_written(story: Path, talk: Talk) -> None:
    _tell_all(story, talk)


@pytest.mark.parametrize("story", ANSWER_FIRST, ids=lambda path: path.stem)
def test_the_story_goes_as_written_where_an_answer_needs_no_order(story: Path, talk: Talk) -> None:
    talk.office = answering_alone(talk.office)
    _tell_all(story, talk)


def _tell_all(path: Path, talk: Talk) -> None:
    """Raises AssertionError with file, line and what is not as written."""
    story, codes, heard = read(path), dict[str, str](), list[tuple[str, str]]()
    listens = any(line.kind in ("told", "untold") for line in story.lines)
    for line in story.lines:
        missed: list[str] = []
        if line.kind in ("says", "waits"):
            _happen(line, talk, codes)
            heard = _delivered(talk) if listens else []
        elif line.kind in ("wants", "bars"):
            judged = judge(line, talk.replies[-1], codes)
            codes, missed = dict(judged.codes), [each.part for each in judged.verdicts if not each.met]
        elif line.kind == "order":
            with talk.office.db.reading() as tx:
                verdicts = judge_order(line, story_orders.held(tx, fill(line.who, codes)))
            missed = [each.part for each in verdicts if not each.met]
        elif line.kind == "orders":
            with talk.office.db.reading() as tx:
                missed = [] if story_orders.count(tx) == int(line.words) else [line.words]
        elif line.kind in ("told", "untold"):
            people = {openid(name) for name in line.people}
            verdict = judge_notices(line, [text for person, text in heard if person in people], codes)
            missed = [] if verdict.met else [verdict.part]
        assert not missed, f"{path.name}:{line.number}: {line.kind} {missed}; {talk.replies[-1:]}, {heard}"


def _happen(line: Line, talk: Talk, codes: Mapping[str, str]) -> None:
    if line.kind == "waits":
        talk.now += line.span
        for work in clockwork.sweep(talk.office, talk.now):
            work.do()
    elif line.words == PICTURE:
        talk.says(line.who, "", kind="image", media_id="m1")
    else:
        talk.says(line.who, fill(line.words, codes))


def _delivered(talk: Talk) -> list[tuple[str, str]]:
    """What a worker would send now: openid and text of each notice; all of it counts as sent."""
    heard, sent = list[tuple[str, str]](), list[Report]()
    while letters := outbox.exchange(talk.office, sent, 50, talk.now):
        sent = [Report(one.id, one.row.person_id, "sent", 1, 1) for one in letters]
        heard += [(str(one.openid), one.text) for one in letters]
    return heard
