"""Whoever could read a report is excluded from it in every doubt: by unit, by "you", by any way to write a name, also in pieces."""

from pathlib import Path

import pytest

from bot.services.office import Office
from bot.services.restricted import accused
from bot.store.persons import people
from tests.databases import SQLITE
from tests.rosters import import_roster
from tests.services import cast, everywhere
from tests.services.cast import told_of
from tests.talk import NOON

pytestmark = SQLITE  # what is tested is how words are read

ROSTER = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,张敏,13800000301,陈桥社区,,,
纪检干部,周正,13800000302,,,,
纪检干部,吴静,13800000303,,,,
"""
UNITS = [
    "举报廉政办的人收了红包", "管廉政的领导收红包", "监督办公室收红包", "党风廉政办公室的干部收红包", "举报监察室的收红包", "举报纪律检查委员会的人收红包", "举报JW的人收红包", "举报jijian的人收红包", "举报鸡检干部收红包",
    "举报记委的人收红包", "举报你收红包", "你们收了物业的钱，所以压着我的举报不查", "上次我的举报被你们压下来了", "举报办案的人收红包", "举报看这个举报箱的人收红包", "管信访举报的那位收红包",
    # neighbours of these
    "举报派驻组的人收礼", "效能办收了老板的卡", "巡察的干部吃回扣", "你们自己也拿好处", "你们那里的人跟老板串通，收红包", "我的举报信被你们卖给主任了", "就是你收的红包", "处理举报的人收钱", "举报继委的人收红包",
]  # fmt: skip
ZHOU = [
    "举报周止收红包", "举报冂吉正收红包", "举报周①正收红包", "举报周大人收红包", "周㐀正贪污", "周口正收红包", "周同学收红包", "周头收红包", "正正收红包，街道干部", "zz收红包", "zou zheng收红包", "Zheng Zhou 收红包",
    "周先生 正 收红包", "周爷收红包", "周ㄓㄥˋ收红包", "周 . 正 收红包", "周xx正收红包", "zou zen 收礼", "举报邹正收礼", "周干事收礼", "周Z收礼", "周公收礼",
]  # fmt: skip
WU = [
    "举报静静收红包", "举报口天静收红包", "举报5静收红包", "举报吴干事收红包", "举报wj收红包，街道的", "举报Wu J收红包", "举报吴阿姨收红包", "举报吴委收红包", "吴警收红包", "jing wu 收礼", "吴★静收礼", "吴科员收礼",
]  # fmt: skip
OTHERS = [
    "举报陈桥社区书记收红包", "我要举报王主任收红包，请纪检查一查", "向纪委反映陈桥社区主任贪污", "周末社区主任打麻将", "你们好，我要举报陈桥社区书记收钱", "麻烦你们管一管，村支书收钱", "你们能不能查查刘洋收红包",
    "请你们保密，举报张敏收红包", "主任收了一千五百块", "我正在家，书记上门骂我", "每周一书记公车接孩子", "这几位领导收红包", "举报张敏收红包，希望你们来查", "书记上周收了五百块", "社区收钱办证，找你们反映",
]  # fmt: skip


@pytest.fixture
def rostered(office: Office, tmp_path: Path) -> Office:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    import_roster(office, file, NOON)
    return office


def excluded(office: Office, text: str) -> set[str]:
    with office.db.reading() as tx:
        found = accused.find(office, tx, text, "1604", "陈桥社区")
        return {row.name for row in people.roster(tx) if accused.is_excluded(tx, row.id, found)}


@pytest.mark.parametrize("text", UNITS)
def test_the_unit_or_you_is_all_of_them(rostered: Office, text: str) -> None:
    assert {"周正", "吴静"} <= excluded(rostered, text)


@pytest.mark.parametrize(("text", "name"), [*((text, "周正") for text in ZHOU), *((text, "吴静") for text in WU)])
def test_a_name_that_may_be_meant_in_any_way_is_excluded(rostered: Office, text: str, name: str) -> None:
    assert name in excluded(rostered, text)


@pytest.mark.parametrize("text", OTHERS)
def test_whom_it_does_not_speak_of_goes_on_reading(rostered: Office, text: str) -> None:
    assert excluded(rostered, text).isdisjoint({"周正", "吴静"})


@pytest.mark.parametrize(
    "pieces",
    [("zhou", "zheng"), ("姓名第一个字是周", "第二个字是正"), ("zhou", "还有一次在饭店收的", "zheng")],
)
def test_a_name_that_comes_in_pieces_is_one(office: Office, tmp_path: Path, pieces: tuple[str, ...]) -> None:
    talk = cast.enter(office, tmp_path, "纪检干部,周正,13800000107,,,,\n")
    talk.says("王阿姨", "我要举报一个人收钱，鹅卵石")
    assert "周正" in told_of(office, "place_restricted")
    for piece in pieces:
        talk.says("王阿姨", piece)
    assert "鹅卵石" not in everywhere.heard(talk, "周正")
    assert "鹅卵石" in everywhere.heard(talk, "纪检甲")
