"""Reading written conversations, and judging what is expected in them."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.story import FOLDER, PICTURE, BadStory, Line, fill, judge, judge_notices, judge_order, read

ALL = sorted(FOLDER.rglob("*.story"))
TEXT = """# A note in English, with 满意 in it.
# 灯泡坏了

王阿姨: 灯泡坏了
> 单号 {A} | 小修小补
! 电话
order {A}: submitted 0102
陈桥甲: 派单 {A}
王阿姨: 好的: 谢谢
"""


def story(folder: Path, text: str) -> Path:
    path = folder / "lamp.story"
    path.write_text(text, "utf-8")
    return path


def test_every_line_has_its_kind_and_the_title_is_the_first_note_in_chinese(tmp_path: Path) -> None:
    lamp = read(story(tmp_path, TEXT))
    assert (lamp.name, lamp.title, lamp.speakers, lamp.steps) == ("lamp", "灯泡坏了", ["王阿姨", "陈桥甲"], 3)
    assert [line.kind for line in lamp.lines] == [
        "note", "note", "says", "wants", "bars", "order", "says", "says"
    ]  # fmt: skip
    assert lamp.lines[3].parts == ["单号 {A}", "小修小补"]
    assert lamp.lines[5] == Line(7, "order", "submitted 0102", "{A}")
    assert lamp.lines[-1] == Line(9, "says", "好的: 谢谢", "王阿姨")


def test_without_a_title_the_first_words_stand_for_it(tmp_path: Path) -> None:
    assert (
        read(story(tmp_path, "# English\n王阿姨: 灯泡坏了，想请人帮忙换一下，今天就要\n")).title
        == "灯泡坏了，想请人帮忙换一下，今天就要"
    )


@pytest.mark.parametrize("text", ["灯泡坏了", "王阿姨:", ": 灯泡坏了", ">小修小补", "order {A}"])
def test_a_line_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadStory, match=r"lamp\.story:2"):
        read(story(tmp_path, f"王阿姨: 您好\n{text}\n"))


def test_a_new_letter_finds_the_code_after_its_words_and_a_known_one_is_compared() -> None:
    reply = "① 单号：1234567 电梯；② 单号：7654321 垃圾"
    found = judge(Line(1, "wants", "① 单号 {A} | ② 单号 {B} | 垃圾 | 路灯"), reply, {})
    assert found.codes == {"A": "1234567", "B": "7654321"}
    assert [(each.part, each.met) for each in found.verdicts] == [
        ("① 单号 1234567", True), ("② 单号 7654321", True), ("垃圾", True), ("路灯", False)
    ]  # fmt: skip
    known = {"A": "1234567"}
    assert judge(Line(1, "wants", "单号 {A}"), reply, known).verdicts[0].met
    assert not judge(Line(1, "wants", "② 单号 {A}"), reply, known).verdicts[0].met
    assert not judge(Line(1, "wants", "单号 {C}"), "没有", known).verdicts[0].met
    assert fill("派单 {A} {C}", known) == "派单 1234567 {C}"


def test_what_is_barred_is_not_found_in_a_code() -> None:
    assert judge(Line(1, "bars", "119"), "单号 1119222", {}).verdicts[0].met
    assert not judge(Line(1, "bars", "119"), "请打 119", {}).verdicts[0].met


def test_notices_orders_and_time_have_lines_of_their_own(tmp_path: Path) -> None:
    text = "小宇: [图片]\n~ 2 days\norders: 1\ntold 陈桥甲/办事处甲: {A} | 党员二\nnot told 党员三: 廉洁\n"
    says, waits, orders, told, untold = read(story(tmp_path, text)).lines
    assert (says.words, waits.span, orders.words) == (PICTURE, timedelta(days=2), "1")
    assert (told.people, told.parts) == (["陈桥甲", "办事处甲"], ["{A}", "党员二"])
    notices, codes = ["单号 1234567 党员二接单", "廉洁过节"], {"A": "1234567"}
    assert judge_notices(told, notices, codes).met
    assert not judge_notices(told, notices, {"A": "7654321"}).met
    assert not judge_notices(untold, notices, codes).met
    assert judge_notices(untold, notices[:1], codes).met


def test_an_order_has_all_that_its_line_names() -> None:
    verdicts = judge_order(Line(1, "order", "submitted U0", "{A}"), ["submitted", "wish", "U3"])
    assert [(each.part, each.met) for each in verdicts] == [("submitted", True), ("U0", False)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_story_can_be_read_and_has_a_title_that_fits_the_menu(path: Path) -> None:
    assert 0 < len(read(path).title) <= 24
    assert read(path).title != path.stem
