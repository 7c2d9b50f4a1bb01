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
        "打不通就打我女儿13900007780",
        "打不通再打我",
        "打不通就打我，怕听不见",
        "打不通就打给我",
        "打不通请打我爱人手机",
        "家里灯坏了，打不通就打我",
        "手机停机了，打不通就打我",
        "我女儿电话打不通就打我",
        "到了打我",
        "到了打我电话",
        "师傅到了打我电话",
        "师傅到了打我13900001234",
        "师傅到了给我打电话",
        "有事就打我",
        "有事打我电话",
    ],
)
def test_to_call_somebody_is_no_blow(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is None
    assert reader.understand(text).urgency == "U3"


@pytest.mark.parametrize("text", ["他上来就打我", "打了我妈", "打我一巴掌", "他打我女儿"])
def test_a_blow_stays_one(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is not None


@pytest.mark.parametrize(
    "text",
    [
        "师傅到了打我一巴掌", "维修师傅到了打我", "网格员到了打我一巴掌", "社区干部有事打我一顿", "师傅打不通就打我", "师傅到了就打我", "书记有事就打我老婆",
        "志愿者到了打我妈一巴掌", "听说主任打人被开除了", "听说社区主任打人被开除", "听说网格员打人被辞退", "听说民警打人被开除了", "听说城管打人被抓", "听说志愿者打人被辞退了",
    ],
)  # fmt: skip
def test_a_blow_by_somebody_who_serves_is_sealed(reader: Reader, text: str) -> None:
    meant = reader.understand(text)
    assert meant.lane == "restricted"
    assert meant.sensitive


@pytest.mark.parametrize(
    "text",
    [
        "打不通就打我一顿",
        "只要打不通就打我",
        "婆婆电话打不通就打我",
        "打不通就打我，我怕",
        "打不通就打我，浑身是伤",
        "打不通就打我 我怕",
        "那个修鞋的到了打我",
        "他有事就打我",
        "到了打我一巴掌",
    ],
)
def test_a_blow_where_a_call_might_stand_is_one(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我烦死了，想跳楼", "suicide"), ("被他烦死了我想跳楼", "suicide"), ("吵死了我真的想跳楼", "suicide"), ("我家老人说臭死了想跳楼", "suicide"), ("公婆烦死了，我要跳楼", "suicide"),
        ("我累死了想死", "suicide"), ("她一打不通就打我", "violence"), ("老公说电话打不通就打我", "violence"), ("他说打不通就打我，我不敢不接", "violence"), ("老公说，打不通就打我", "violence"),
        ("他喝多了，打不通就打我", "violence"), ("婆婆电话打不通就打我", "violence"), ("只要打不通就打我", "violence"), ("他打不通就打孩子", "child"), ("打不通就打孩子", "child"),
        ("插座冒油烟味", "fire"), ("开关冒油烟味", "fire"), ("插座冒烟味", "fire"), ("开关也冒烟味", "fire"), ("电表箱冒油烟味", "fire"), ("插座里有股烟味", "fire"), ("插排冒烟味", "fire"),
    ],
)  # fmt: skip
def test_a_danger_alarms_in_words_of_every_day(reader: Reader, text: str, kind: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger) == ("U0", kind)


@pytest.mark.parametrize(
    "text",
    [
        "楼下噪音吵死了我想跳楼", "味道臭死了，真想跳楼", "烦死了", "累死了，想睡觉", "厨房冒油烟味", "楼下饭店冒油烟味", "一股油烟味", "隔壁一股烟味", "家里有股烟味",
        "开关旁边饭店的油烟味好大", "油烟机开关旁有股油烟味", "空调吹出来一股油烟味", "听说保安打人被开除",
    ],
)  # fmt: skip
def test_a_mere_smell_or_complaint_does_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"
