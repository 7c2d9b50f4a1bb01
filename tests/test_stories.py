"""Conversations word for word, each told on SQLite and on PostgreSQL."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from bot.services import clockwork, roster
from bot.services.notices import outbox
from bot.services.office import Office, open_office
from bot.store import migrate
from bot.store.notice_queue import Report
from bot.store.tables import orders, persons
from config.settings import load
from tests.conftest import ENVIRONMENT, CountingNudge
from tests.talk import NOON, Talk, openid

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.story"))
UNFINISHED = sorted((FOLDER / "talk").glob("*.story"))  # right by the contract; the service does not go so far yet
ANSWER_FIRST = sorted((FOLDER / "answer_first").glob("*.story"))
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
    return everybody(office, tmp_path)


def everybody(office: Office, folder: Path) -> Talk:
    """The cast on the roster, and bound."""
    file = folder / "cast.csv"
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
    Teller(talk, story.name).tell(story.read_text("utf-8"))


class Teller:
    """Tells one story.

    `who: words` says; `~ 2 days` lets time pass (`hours`, `minutes`). After them, about what came of it:
    `> a | b` wants these in the reply; `! x` does not; `order {A}: state…` looks it up (`by:NAME`: who has it in hand);
    `orders: 2` counts all; `told who: a | b` wants one notice to them with all of these, `not told who: x` none with it.
    """

    def __init__(self, talk: Talk, name: str) -> None:
        self._talk, self._name, self._at = talk, name, name
        self._codes: dict[str, str] = {}
        self._heard: list[tuple[str | None, str]] = []  # openid and text of what was sent since somebody spoke
        self._sent: list[Report] = []

    def tell(self, text: str) -> None:
        listening = re.search("^(not )?told ", text, re.MULTILINE) is not None
        for number, line in enumerate(text.splitlines(), 1):
            self._at = f"{self._name}:{number}"
            if line.strip() and not line.startswith("#") and not self._judges(line):
                self._happens(line)
                if listening:
                    self._listen()

    def _happens(self, line: str) -> None:
        if span := re.fullmatch(r"~ (\d+) (minutes|hours|days)", line):
            self._talk.wait(**{span[2]: int(span[1])})
            for work in clockwork.sweep(self._talk.office, self._talk.now):
                work.do()
            return
        who, words = line.split(":", 1)
        if words.strip() == "[图片]":
            self._talk.says(who.strip(), "", kind="image", media_id="m1")
        else:
            self._talk.says(who.strip(), words.strip().format(**self._codes))

    def _listen(self) -> None:
        self._heard = []
        while letters := outbox.exchange(self._talk.office, self._sent, 50, self._talk.now):
            self._sent = [Report(one.id, one.row.person_id, "sent", 1, 1) for one in letters]
            self._heard += [(one.openid, one.text) for one in letters]
        self._sent = []

    def _judges(self, line: str) -> bool:
        """Whether the line is about what came of it; AssertionError where that is not as written."""
        head, _, rest = line.partition(":")
        match head.split():
            case [">", *_]:
                self._reply(line[2:])
            case ["!", *_]:
                said = re.sub(r"(?<!\d)\d{6,8}(?!\d)", "", self._talk.replies[-1])  # a code may hold any digits
                unwanted = line[2:].format(**self._codes)
                reply = self._talk.replies[-1] if "{" in line else said
                assert unwanted not in reply, f"{self._at}: {self._talk.replies[-1]!r}"
            case ["order", name]:
                self._order(name.format(**self._codes), set(rest.split()))
            case ["orders"]:
                with self._talk.office.db.reading() as tx:
                    found = len(tx.all(select(orders.c.id)))
                assert found == int(rest), f"{self._at}: {found} orders"
            case ["told", names]:
                assert any(self._has(text, rest) for text in self._to(names)), f"{self._at}: {self._heard}"
            case ["not", "told", names]:
                assert not any(self._has(text, rest) for text in self._to(names)), f"{self._at}: {self._heard}"
            case _:
                return False
        return True

    def _to(self, names: str) -> list[str]:
        known = {openid(name) for name in names.split("/")}
        return [text for person, text in self._heard if person in known]

    def _has(self, text: str, parts: str) -> bool:
        return all(part.strip().format(**self._codes) in text for part in parts.split(" | "))

    def _reply(self, parts: str) -> None:
        reply = self._talk.replies[-1]
        for part in parts.split(" | "):
            new = re.fullmatch(r"(.*)单号 \{(\w)\}", part.strip())
            if new and new[2] not in self._codes:  # words before it tell which one
                found = re.search(re.escape(new[1]) + self._new_code(), reply)
                assert found, f"{self._at}: no code in {reply!r}"
                self._codes[new[2]] = found[1]
            elif not new:
                assert part.strip().format(**self._codes) in reply, f"{self._at}: {part!r} is not in {reply!r}"

    def _new_code(self) -> str:
        known = "|".join(self._codes.values()) or "none"
        return rf"单号[^\d]{{0,3}}((?!{known})\d{{6,8}})"

    def _order(self, code: str, wanted: set[str]) -> None:
        by = persons.alias()
        query = select(orders, by.c.name.label("handler")).outerjoin(by, by.c.id == orders.c.handler_id)
        with self._talk.office.db.reading() as tx:
            row = tx.first(query.where(orders.c.code == code))
        assert row is not None, self._at
        held = {row.state, row.lane, row.category, row.urgency, row.outcome, f"by:{row.handler}"}
        assert wanted <= held, f"{self._at}: {held}"


def play_unfinished() -> int:
    """Tell the stories of `stories/talk` on SQLite and say which of them go as written; 1 where one does not."""
    left = 0
    with TemporaryDirectory(prefix="wutong-stories-") as folder:
        template = Path(folder) / "template.db"
        migrate.upgrade(f"sqlite:///{template}")
        for number, story in enumerate(UNFINISHED):
            place = Path(folder) / str(number)
            place.mkdir()
            shutil.copy(template, place / "wutong.db")
            environment = {**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{place / 'wutong.db'}", "VAR_DIR": str(place)}
            office = open_office(load({**environment, "REDIS_URL": "redis://none"}), CountingNudge())
            try:
                _tell_all(story, everybody(office, place))
                print(f"goes   {story.stem}")
            except AssertionError as error:
                left += 1
                print(f"fails  {story.stem}  {str(error).splitlines()[0]}")
            finally:
                office.db.close()
    print(f"{len(UNFINISHED) - left} of {len(UNFINISHED)} go as written")
    return int(left > 0)
