"""更多 shows the next eight of every list, until the last one."""

import re
from pathlib import Path

import pytest

from bot.services.office import Office
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import cast
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL
MEMBER = "党员,党员一,13800000111,陈桥社区,,,\n"
CODES = re.compile(r"(?<!\d)\d{6,8}(?!\d)")


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MEMBER)


def placed(talk: Talk, who: str, text: str) -> str:
    talk.wait(minutes=1)
    found = cast.CODE.search(talk.says(who, text))
    assert found
    return found[1]


def all_pages(talk: Talk, who: str, command: str) -> list[list[str]]:
    """The codes of each page."""
    pages = [talk.says(who, command)]
    while "更多" in pages[-1] and "没有更多" not in pages[-1]:
        pages.append(talk.says(who, "更多"))
        assert len(pages) < 10
    assert "没有更多" in talk.says(who, "更多")
    return [list(dict.fromkeys(CODES.findall(page))) for page in pages]


def test_restricted_matters_are_all_shown(talk: Talk) -> None:
    codes = {placed(talk, f"居民{n}", f"兰天社区主任收了{n + 3}百块红包") for n in range(21)}
    pages = all_pages(talk, "纪检甲", "受限")
    assert [len(page) for page in pages] == [8, 8, 5]
    assert set().union(*pages) == codes


def test_what_was_settled_meanwhile_moves_nothing_out_of_sight(talk: Talk) -> None:
    codes = {placed(talk, f"居民{n}", f"兰天社区主任收了{n + 3}百块红包") for n in range(12)}
    first = set(CODES.findall(talk.says("纪检甲", "受限")))
    settled = sorted(first)[0]
    talk.says("纪检甲", f"解释办结 {settled} 查无此事")
    talk.says("纪检甲", "受限")
    assert set(CODES.findall(talk.says("纪检甲", "更多"))) | set(CODES.findall(talk.replies[-2])) == codes - {settled}


def test_all_of_ones_own_are_shown(talk: Talk) -> None:
    codes = [placed(talk, "王阿姨", f"陈桥社区{n + 1}号楼路灯不亮，第{n + 1}盏") for n in range(25)]
    pages = all_pages(talk, "王阿姨", "进度")
    assert [code for page in pages for code in page] == list(reversed(codes))


def test_all_open_wishes_are_shown(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", f"陈桥社区{n + 1}号楼修门锁") for n in range(25)]
    for code in codes:
        assert "公开" in talk.says("陈桥甲", f"公开 {code}")
        talk.wait(minutes=1)
    pages = all_pages(talk, "党员一", "待接")
    assert [code for page in pages for code in page] == codes


def test_an_old_list_does_not_go_on(talk: Talk) -> None:
    for n in range(9):
        placed(talk, f"居民{n}", f"兰天社区主任收了{n + 3}百块红包")
    talk.says("纪检甲", "受限")
    talk.wait(minutes=31)
    assert "没有更多" in talk.says("纪检甲", "更多")
