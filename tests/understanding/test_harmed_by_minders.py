"""Who minds children and hurts one; guards who beat; what burns and is smelt indoors; a fault in three characters."""

import pytest

from bot.understanding import Reader

HURT = (
    "我孙子在学校被老师打了", "孙女被幼儿园老师用针扎", "我家小孙子被班主任打得耳朵出血", "孩子被校车司机摸了", "孩子被托管班的人扇耳光",
    "教练体罚孩子", "我娃给老师打了", "女儿被补习班老师骚扰", "保姆用针扎孩子", "小孩在幼儿园被老师掐得紫一块",
)  # fmt: skip
UNHURT = (
    "孩子作文被老师打了60分", "孩子被老师打断了", "孩子作业被老师打回来重写", "让老师给孩子打电话", "孩子让老师打了针", "孩子被老师批评了",
    "孩子让老师带去打篮球", "老师给孩子扎辫子", "孩子学校老师打电话来催作业", "想请大学生辅导孩子作业", "孩子被老师叫去打扫卫生",
    "老师让孩子给家里打电话", "孩子让校车司机打了招呼", "体育老师教孩子打羽毛球", "保安打扫卫生", "保安打电话催我挪车", "保安不让外卖进",
    "楼下烧烤店糊味熏到家里", "饭烧糊了家里有味怎么去", "锅烧糊了想问怎么刷", "家里有股油烟味", "家里有霉味",
)  # fmt: skip


@pytest.mark.parametrize("text", HURT)
def test_a_child_that_is_hurt_by_who_minds_it_is_in_danger_and_sealed(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger, read.lane) == ("U0", "child", "restricted")


@pytest.mark.parametrize("text", ["保安打人", "小区保安乱打人", "物业保安把我爸推倒了", "保安把老人打伤了", "城管打人"])
def test_guards_who_beat_are_a_danger(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger) == ("U0", "violence")


@pytest.mark.parametrize("text", ["屋里有糊味", "家里一股烧焦的味道", "家里有股糊味", "楼道里一股烧焦味"])
def test_what_burns_is_smelt_indoors(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger) == ("U0", "fire")


@pytest.mark.parametrize("text", UNHURT)
def test_nobody_is_in_danger(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize("text", ["灯坏了", "漏水了", "门坏了", "停电了"])
def test_three_characters_may_name_a_fault(reader: Reader, text: str) -> None:
    assert reader.understand(text).intent == "request"


@pytest.mark.parametrize(
    "text",
    [
        "家里着火了，请物业给我打电话", "陈桥社区家里着火了，请陈桥甲给我打电话", "家里起火了，请物业给我打电话", "楼道起火了请转告物业",
        "我妈摔倒了流血，请给我打电话",
    ],
)  # fmt: skip
def test_who_asks_for_a_call_is_in_danger_as_before(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U0"


@pytest.mark.parametrize(
    "text",
    [
        "万一家里着火了怎么办", "家里着火了怎么逃生", "去年家里着火了，想申请补助", "家里着火了以后保险怎么赔", "听说隔壁小区楼上着火了是真的吗",
        "新闻说有栋楼着火了", "打电话没人接", "他打电话骂我", "孩子打电话说放学晚",
    ],
)  # fmt: skip
def test_calls_and_fires_that_are_none(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"
