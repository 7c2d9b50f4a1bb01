"""Conversations word for word, each told on SQLite and on PostgreSQL."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services import roster
from bot.services.office import Office
from bot.store.tables import orders
from tests.talk import NOON, Talk

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.story"))
ANSWER_FIRST = sorted((FOLDER / "answer_first").glob("*.story"))
CODE = r"单号[^\d]{0,3}(\d{6,8})"
CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,陈桥乙,13800000102,陈桥社区,,,
社区工作者,兰天甲,13800000103,兰天社区,,,
社区工作者,兰天乙,13800000104,兰天社区,,,
街道管理员,办事处甲,13800000105,,,,
纪检干部,纪检甲,13800000106,,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
党员,党员三,13800000113,陈桥社区,网格02,第一支部,
党员,党员四,13800000114,兰天社区,网格14,第二支部,
"""


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


def _tell_all(story: Path, talk: Talk) -> None:
    codes: dict[str, str] = {}
    for number, line in enumerate(story.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            _tell(line, talk, codes, f"{story.name}:{number}")


def _tell(line: str, talk: Talk, codes: dict[str, str], at: str) -> None:
    """`who: words` says; `> a | b` wants these in the reply; `! x` does not; `order {A}: state…` looks it up."""
    if line.startswith("> "):
        reply = talk.replies[-1]
        for part in line[2:].split(" | "):
            new = re.fullmatch(r"(.*)单号 \{(\w)\}", part.strip())
            if new and new[2] not in codes:  # words before it tell which one
                found = re.search(re.escape(new[1]) + CODE, reply)
                assert found, f"{at}: no code in {reply!r}"
                codes[new[2]] = found[1]
            elif not new:
                assert part.strip().format(**codes) in reply, f"{at}: {part!r} is not in {reply!r}"
    elif line.startswith("! "):
        said = re.sub(r"(?<!\d)\d{6,8}(?!\d)", "", talk.replies[-1])  # a code may hold any digits
        assert line[2:].format(**codes) not in said, f"{at}: {talk.replies[-1]!r}"
    elif line.startswith("order "):
        name, wanted = line[6:].split(":", 1)
        with talk.office.db.reading() as tx:
            row = tx.first(select(orders).where(orders.c.code == name.strip().format(**codes)))
        assert row is not None, at
        held = {row.state, row.lane, row.category, row.urgency, row.outcome}
        assert set(wanted.split()) <= held, f"{at}: {held}"
    else:
        who, words = line.split(":", 1)
        talk.says(who.strip(), words.strip().format(**codes))
