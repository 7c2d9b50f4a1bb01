"""Who is accused: neither that person nor that person's unit hears of the matter or sees it, and danger finds somebody else."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.office import Office
from bot.services.restricted import accused
from bot.store.persons import people
from bot.store.tables import notices
from tests.databases import FEW_ON_POSTGRESQL
from tests.rosters import import_roster
from tests.services import cast
from tests.services.cast import CODE, told_of
from tests.talk import NOON, Talk

pytestmark = FEW_ON_POSTGRESQL

SECOND = "纪检干部,纪检乙,13800000107,,,,\n"
LOCAL = "社区工作者、纪检干部,刘能,13800000108,花都路社区,,,\n"
ROSTER = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,王建国,13800000201,陈桥社区,,,
社区工作者,王秀英,13800000202,兰天社区,,,
网格员,张三丰,13800000203,陈桥社区,网格01,,
社区工作者,张铁柱,13800000204,兰天社区,,,
社区工作者,欧阳修文,13800000205,花都路社区,,,
街道管理员,李主,13800000206,,,,
纪检干部,赵公正,13800000207,,,,
党员,钱多多,13800000208,陈桥社区,网格01,第一支部,
"""


@pytest.mark.parametrize(
    ("text", "category", "own", "named", "units"),
    [
        ("举报王建国收红包", "1604", None, {"王建国"}, {"陈桥社区"}),
        ("举报王书记收红包", "1604", "陈桥社区", {"王建国", "王秀英"}, {"陈桥社区", "兰天社区"}),
        ("投诉张网格员骂人", "1603", None, {"张三丰", "张铁柱"}, {"陈桥社区", "兰天社区"}),
        ("欧阳主任收礼", "1604", None, {"欧阳修文"}, {"花都路社区"}),
        ("李主任收礼", "1604", None, {"李主"}, set()),
        ("投诉陈桥社区工作人员态度差", "1603", None, set(), {"陈桥社区"}),
        ("陈橋社區的書記打我", "0809", None, set(), {"陈桥社区"}),
        ("我是陈桥社区的，老公打我", "0809", "陈桥社区", set(), set()),
        ("你们社区不作为", "1603", "兰天社区", set(), {"兰天社区"}),
        ("社区网格员打我，救命", "0809", "兰天社区", set(), {"兰天社区"}),
        ("我不想活了，社区没人管我", "1204", "兰天社区", set(), set()),
        ("投诉办事处工作人员态度差", "1603", "兰天社区", set(), {"admin"}),
        ("我要举报纪检干部收红包", "1604", "兰天社区", set(), {"discipline"}),
        ("向纪检举报陈桥社区主任", "1604", None, set(), {"陈桥社区"}),
        ("钱多多打我，救命", "0809", None, {"钱多多"}, set()),
    ],
)
def test_names_titles_and_units_are_found_in_the_words(
    office: Office, tmp_path: Path, text: str, category: str, own: str | None, named: set[str], units: set[str]
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    import_roster(office, file, NOON)
    with office.db.reading() as tx:
        found = accused.find(office, tx, text, category, own)
        assert {people.by_id(tx, person).name for person in found.persons} == named
        assert found.units == units


def code_of(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found[1]


def test_a_report_about_one_of_the_discipline_staff_is_read_by_the_other(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path, SECOND)
    code = code_of(talk.says("王阿姨", "我要举报纪检甲收红包"))
    assert told_of(office, "place_restricted") == ["纪检乙"]
    assert "现在没有受限事项" in talk.says("纪检甲", "受限")
    for words in (
        f"受限 {code}",
        f"受限 {code} 记录",
        f"解释办结 {code} 没有的事",
        f"追问 {code} 谁说的",
        f"信访 {code}",
    ):
        assert "没有找到单号" in talk.says("纪检甲", words)
    assert "收红包" in talk.says("纪检乙", f"受限 {code}")
    talk.says("王阿姨", f"补充 {code} 还有一次在饭店")
    assert told_of(office, "append_staff") == ["纪检乙"]


def test_whoever_belongs_to_the_accused_unit_alone_is_kept_out_too(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path, LOCAL)
    code = code_of(talk.says("王阿姨", "投诉花都路社区窗口的工作人员态度差"))
    assert told_of(office, "place_restricted") == ["纪检甲"]
    assert "没有找到" in talk.says("刘能", f"受限 {code}")
    other = code_of(talk.says("李大爷", "投诉陈桥社区工作人员态度差"))
    assert "态度差" in talk.says("刘能", f"受限 {other}")


def test_where_it_is_about_everybody_who_could_read_it_the_resident_is_sent_to_the_level_above(talk: Talk) -> None:
    said = talk.says("王阿姨", "我要举报纪检甲收红包")
    assert "没有人能看" in said
    assert "12388" in said
    assert told_of(talk.office, "place_restricted") == []
    assert "没有找到" in talk.says("纪检甲", f"受限 {code_of(said)}")


def test_a_name_that_comes_up_later_ends_what_its_bearer_hears(talk: Talk) -> None:
    said = talk.says("王阿姨", "我要举报，他收红包")
    code = code_of(said)
    assert "没有人能看" not in said
    assert told_of(talk.office, "place_restricted") == ["纪检甲"]
    assert "没有人能看" in talk.says("王阿姨", "就是纪检甲")
    assert told_of(talk.office, "place_restricted") == []  # it had not been sent yet
    assert "现在没有受限事项" in talk.says("纪检甲", "受限")
    assert "没有找到" in talk.says("纪检甲", f"受限 {code}")


def test_danger_from_one_of_the_staff_alerts_the_others_on_duty(talk: Talk) -> None:
    code_of(talk.says("王阿姨", "救命，陈桥甲打我，我在陈桥社区"))
    assert sorted(told_of(talk.office, "place_danger")) == ["办事处甲", "纪检甲"]


def test_where_the_office_itself_is_the_danger_other_communities_stand_in(talk: Talk) -> None:
    talk.says("王阿姨", "我要跳楼，陈桥社区主任和办事处甲逼得我不想活了，金色春天3号楼")
    assert sorted(told_of(talk.office, "place_danger")) == ["兰天甲", "纪检甲"]


def test_where_nobody_is_left_the_log_cries_out_and_the_resident_hears_the_numbers_outside(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("角色,姓名,手机号,社区,网格,支部,技能\n社区工作者,陈桥甲,13800000101,陈桥社区,,,\n", "utf-8")
    import_roster(office, file, NOON)
    said = Talk(office).says("王阿姨", "陈桥甲逼得我不想活了")
    assert "12356" in said
    assert "值班人员会联系您" not in said
    assert [(record.levelno, "nobody inside" in record.message) for record in caplog.records] == [
        (logging.CRITICAL, True)
    ]
    assert told_of(office, "place_danger") == []


def test_a_place_that_becomes_known_later_reaches_who_is_on_duty(talk: Talk) -> None:
    talk.says("王阿姨", "我老公打我，救命")
    talk.says("王阿姨", "我在金色春天3号楼2单元501，电话13900001234")
    with talk.office.db.reading() as tx:
        sealed = tx.all(select(notices.c.facts_sealed).where(notices.c.event == "place_danger").order_by(notices.c.id))
    facts = [json.loads(talk.office.db.box.open(row.facts_sealed) or "") for row in sealed]
    assert (facts[0]["place"], facts[0]["contact"]) == ("地点没说", "没留电话")
    assert (facts[-1]["place"], facts[-1]["contact"]) == ("金色春天3号楼2单元501室", "13900001234")
    assert {fact["what"] for fact in facts} == {""}


def test_words_of_a_report_never_join_an_ordinary_matter(talk: Talk) -> None:
    first = code_of(talk.says("王阿姨", "有人管吗"))
    second = code_of(talk.says("王阿姨", "社区主任收了红包"))
    third = code_of(talk.says("王阿姨", f"补充 {first} 我要举报书记收了红包"))
    assert len({first, second, third}) == 3
    assert "红包" not in talk.says("陈桥甲", "待派") + talk.says("办事处甲", "待派")
    assert "红包" in talk.says("纪检甲", f"受限 {third}")


def test_a_report_among_the_reasons_for_not_being_satisfied_is_a_matter_of_its_own(talk: Talk) -> None:
    code = code_of(talk.says("王阿姨", "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"))
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"完成 {code} 换好了")
    said = talk.says("王阿姨", f"不满意 {code} 我要举报书记收了我家红包")
    assert "12388" in said
    assert "重新安排" in said
    other = code_of(said)
    assert other != code
    assert "红包" in talk.says("纪检甲", f"受限 {other}")
    assert "红包" not in talk.says("王阿姨", f"进度 {code}") + "".join(told_of(talk.office, "reopen_handler"))


def test_whoever_asks_for_a_human_about_a_restricted_matter_does_not_go_to_the_community(talk: Talk) -> None:
    code = code_of(talk.says("王阿姨", "投诉陈桥社区工作人员态度差"))
    assert code in talk.says("王阿姨", "人工")
    assert "现在没有待派的单" in talk.says("陈桥甲", "待派")
    assert "要求人工联系" in talk.says("纪检甲", f"受限 {code}")
    assert "请说另外一件事" in talk.says("王阿姨", "取消")
    assert "路灯" in talk.says("王阿姨", "陈桥社区路灯不亮")
    assert "路灯" in talk.says("陈桥甲", "待派")


def test_every_look_is_written_down_and_can_be_asked_for(talk: Talk) -> None:
    code = code_of(talk.says("王阿姨", "投诉陈桥社区工作人员态度差"))
    assert "还没有人看过" in talk.says("纪检甲", f"受限 {code} 记录")
    talk.says("纪检甲", f"受限 {code}")
    talk.says("纪检甲", f"受限 {code}")
    seen = talk.says("纪检甲", f"受限 {code} 记录")
    assert seen.count("纪检甲 看了内容") == 2
    assert "态度差" not in seen


WRITTEN = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,周建国,13800000301,陈桥社区,,,
纪检干部,金不换,13800000302,,,,
纪检干部,孙公正,13800000303,,,,
街道管理员,李主,13800000304,,,,
党员,钱多多,13800000305,陈桥社区,网格01,第一支部,
"""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("举报金·不·换收红包", {"金不换"}), ("举报金 不 换收红包", {"金不换"}), ("举报金-不-换", {"金不换"}), ("举报金1不2换", {"金不换"}),
        ("举报金（不）换收红包", {"金不换"}), ("举报jinbuhuan收红包", {"金不换"}), ("举报 Jin Buhuan 收红包", {"金不换"}),
        ("举报金buhuan收红包", {"金不换"}), ("举报JIN不换收红包", {"金不换"}), ("举报JBH收红包", {"金不换"}), ("举报金不焕收红包", {"金不换"}),
        ("举报今不换收红包", {"金不换"}), ("举报锦步焕收红包", set()), ("舉報金不換收紅包", {"金不换"}),
        ("举报姓金的收红包", {"金不换"}), ("举报姓jin的收红包", {"金不换"}), ("那个姓周的收钱", {"周建国"}), ("举报小周收红包", {"周建国"}),
        ("举报老周收红包", {"周建国"}), ("举报周书记收红包", {"周建国"}), ("举报邹书记收红包", {"周建国"}), ("举报周某收红包", {"周建国"}),
        ("举报周某某收红包", {"周建国"}), ("举报周姐收红包", {"周建国"}), ("举报zhou书记收红包", {"周建国"}), ("举报Z书记收红包", {"周建国"}),
        ("举报建国书记收红包", {"周建国"}), ("举报周健国收红包", {"周建国"}), ("举报州建果收红包", {"周建国"}), ("举报阿周收红包", {"周建国"}),
        ("举报社区主任收红包", set()), ("举报书记和主任收红包", set()), ("举报副书记收红包", set()), ("举报物业收红包", set()),
        ("上周建国门的灯坏了，举报主任收红包", {"周建国"}), ("每周有小区主任来收红包", set()),
    ],
)  # fmt: skip
def test_a_name_counts_however_it_is_written(office: Office, tmp_path: Path, text: str, named: set[str]) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(WRITTEN, "utf-8")
    import_roster(office, file, NOON)
    with office.db.reading() as tx:
        found = accused.find(office, tx, text, "1604", None)
        assert {people.by_id(tx, person).name for person in found.persons} == named


@pytest.mark.parametrize(
    ("text", "accused_too"),
    [
        ("举报你们纪工委的人收红包", True), ("你们纪工委的人收了红包", True), ("纪工委的人收红包", True), ("投诉纪检监察办不作为", True),
        ("纪检组的领导包庇书记", True), ("告你们纪委", True), ("举报街道纪检干部打麻将", True), ("纪委内部有人通风报信", True),
        ("向纪工委举报主任收红包", False), ("主任收红包，请纪委查一查", False), ("主任收红包，纪委快来管管", False), ("我要到纪检举报书记", False),
        ("举报主任收红包", False),
    ],
)  # fmt: skip
def test_a_unit_that_is_only_named_is_excluded_unless_the_words_turn_to_it(
    office: Office, tmp_path: Path, text: str, accused_too: bool
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(WRITTEN, "utf-8")
    import_roster(office, file, NOON)
    with office.db.reading() as tx:
        assert ("discipline" in accused.find(office, tx, text, "1604", None).units) is accused_too


def test_where_the_unit_is_all_that_is_named_the_level_above_is_told_and_the_log_says_so(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    said = talk.says("王阿姨", "我要举报你们纪工委的人收红包")
    assert "12388" in said
    assert "没有人能看" in said
    assert told_of(talk.office, "place_restricted") == []
    assert [record.levelno for record in caplog.records if "nobody inside may read it" in record.message] == [
        logging.WARNING
    ]


SPOKEN_OF = """角色,姓名,手机号,社区,网格,支部,技能
纪检干部,刘志强,13800000107,,,,
纪检干部,欧阳雪梅,13800000108,,,,
纪检干部,孙公正,13800000109,,,,
社区工作者,周建明,13800000110,陈桥社区,,,
"""
LIU, OU = {"刘志强"}, {"欧阳雪梅"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("举报志强收红包", LIU), ("强哥收红包", LIU), ("阿强收红包", LIU), ("办低保的时候那个叫志强的干部收红包", LIU), ("刘Z强收红包", LIU),
        ("刘x强收红包", LIU), ("Liú Zhìqiáng收红包", LIU), ("举报 liu zhi qiáng", LIU), ("刘 zq收红包", LIU), ("l志强收红包", LIU), ("强志刘收红包", LIU),
        ("刘科收红包", LIU), ("刘sir收红包", LIU), ("文刀刘收红包", LIU), ("小志收红包", LIU), ("志哥收红包", LIU), ("刘*强收红包", LIU), ("刘**收红包", LIU),
        ("zhiqiang收红包", LIU), ("强子收了红包", LIU), ("刘局收红包", LIU), ("l科收红包", LIU), ("刘某强收红包", LIU),
        ("举报欧阳受贿", OU), ("欧书记受贿", OU), ("雪梅受贿", OU), ("小雪受贿", OU), ("梅姐受贿", OU), ("阿梅受贿", OU), ("xuemei受贿", OU), ("欧阳xm受贿", OU),
        ("那个13800000107的人收红包", LIU), ("电话一三八零零零零零一零七的人收红包", LIU), ("举报138 0000 0107", LIU), ("举报＋86 138-0000-0107", LIU),
        ("建明书记收红包", {"周建明"}), ("那个建明打人", {"周建明"}), ("周*明打人", {"周建明"}), ("z建明打人", {"周建明"}),
        ("我老公打我", set()), ("小区大爷收红包", set()), ("老公公收红包", set()), ("小学门口那个男的收红包", set()), ("电话13800000199的人收红包", set()),
        ("举报科长收红包", set()), ("孩子妻子都被打了", set()), ("下雪了没人扫，主任还收红包", set()), ("高处坠物，主任不管", set()), ("举报有人强占车位", set()),
    ],
)  # fmt: skip
def test_a_part_of_a_name_or_the_number_of_its_bearer_counts(
    office: Office, tmp_path: Path, text: str, named: set[str]
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(SPOKEN_OF, "utf-8")
    import_roster(office, file, NOON)
    with office.db.reading() as tx:
        found = accused.find(office, tx, text, "1604", None)
        assert {people.by_id(tx, person).name for person in found.persons} == named
