"""Sentences of the fourth round of conversations: dangers that were voted down, everyday words that alarmed, and their like."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家孩子发烧40度抽了 金色春天3号楼1单元101", "medical"), ("孩子烧到40度抽了", "medical"), ("我一个人在家好怕有人撬门", "crime"),
        ("电线掉下来了搭在路上有人差点踩到 花都路", "electric"), ("电线掉下来有人差点踩到", "electric"), ("电线断了拖在地上 小孩差点绊倒", "electric"),
        ("煤气漏了差点出事", "gas"), ("转给警察两万块了，怎么办", "fraud"), ("他说是公安的让我转给安全账户五万", "fraud"), ("120打不通，我爸晕倒了", "medical"),
        ("我不想活了", "suicide"), ("我真想跳楼", "suicide"),
    ],
)  # fmt: skip
def test_a_danger_alarms_whatever_stands_beside_it(reader: Reader, text: str, kind: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger) == ("U0", kind)


@pytest.mark.parametrize(
    "text",
    [
        "转给公安", "这个不归我们管，转给公安", "转交派出所处理", "我不住502了 你到小区门口找我", "我不住了", "我不住那儿了", "赶不上了，要送孩子",
        "昨天电梯困人了，今天修好没有", "楼下小饭店把煤气罐放在楼道里很危险", "奶奶血糖仪坏了，她有糖尿病，今天没法测", "帮我去银行取五百块钱，卡和密码我给他",
        "广场舞吵死了，我真想跳楼", "听说保安打人被开除", "邻居家着火了已经扑灭了", "💡坏了",
    ],
)  # fmt: skip
def test_everyday_words_do_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我家灯不亮了 金色春天5号楼1单元307", "0102"), ("停水什么时候来", "0401"), ("家里灯不亮了", "0102"), ("我家猫卡在树上", "0704"), ("门锁坏了 金色春天5号楼1单元307", "0102"),
        ("楼上漏水 金色春天5号楼1单元307", "0301"), ("307漏水了", "0301"), ("路灯不亮了 陈桥社区5号楼", "0603"),
    ],
)  # fmt: skip
def test_an_address_behind_the_matter_is_none(reader: Reader, text: str, code: str) -> None:
    assert reader.understand(text).category == code


@pytest.mark.parametrize(
    "text",
    ["请问怎么举报干部，打什么电话", "投诉社区工作人员打什么电话", "你们纪检电话多少", "昨天的廉政宣传片真好看，贪官都该抓", "这个不是举报，转给陈桥社区"],
)  # fmt: skip
def test_a_question_about_reports_is_none(reader: Reader, text: str) -> None:
    meant = reader.understand(text)
    assert meant.lane != "restricted"
    assert not meant.sensitive


@pytest.mark.parametrize(
    "text", ["怎么举报书记收红包，打什么电话", "举报村干部贪污", "我要举报陈桥社区主任收钱", "投诉社区工作人员态度恶劣", "纪检的人收了红包，电话打不通"]
)  # fmt: skip
def test_a_report_stays_one(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("老人突然晕倒了", "medical", "bystander"), ("他晕倒了快来", "medical", "bystander"), ("我晕倒了快来", "medical", "self"), ("我妈突然晕倒了", "medical", "relative"),
        ("小孩卡住喉咙了脸都紫了", "choking", "relative"), ("孩子被果冻噎住了", "choking", "relative"), ("爷爷吃汤圆卡住了", "choking", "relative"),
        ("电梯卡在5楼了我和我妈在里面", "lift", "self"), ("我妈卡在电梯里了", "lift", "relative"), ("我被锁在卫生间出不来了", "locked_in", "self"),
        ("老公把我锁在卫生间不让出来", "violence", "self"), ("外面有人撬锁我一个人在家好怕", "crime", "self"),
    ],
)  # fmt: skip
def test_who_speaks_and_of_which_case(reader: Reader, text: str, kind: str, role: str) -> None:
    meant = reader.understand(text)
    assert (meant.danger, meant.danger_role) == (kind, role)


@pytest.mark.parametrize(
    "text",
    [
        "打我女儿13900003337",
        "手机停机了，打我女儿13900003337",
        "打我座机3012345",
        "打不通就打我",
        "打不通就打我13900007780",
    ],
)
def test_to_call_somebody_is_no_blow(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is None
    assert reader.understand(text).urgency == "U3"


@pytest.mark.parametrize("text", ["他上来就打我", "打了我妈", "打我一巴掌", "他打我女儿"])
def test_a_blow_stays_one(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is not None
