"""What sounds like danger and is an everyday matter, and danger in words that name none: each with its counter-example."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "text",
    [
        "那个那个喂我这个水龙头啊它这个关不上了呃这个水啊一直流我住那个浩然国际啊三号楼", "那个呃你好啊我这个家里这个马桶啊它这个堵住了呃麻烦你们啊", "那个我这个窗户啊它这个关不上了呃这个风啊直往里灌",
        "今天去坐了一个钟头，老太太精神很好", "谢谢谢谢，奶奶高兴死了", "奶奶开心死了，谢谢小伙子", "老妈激动死了，感谢感谢", "他手机老关机，打我", "她耳朵不好打我的",
        "我没手机，打我闺女的吧，13900007701",
    ],
)  # fmt: skip
def test_how_people_speak_alarms_nobody(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger) == ("U3", None)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("那个呃我这个家里啊它这个窗户啊我站在这个窗台上呃不想活了", "suicide"), ("那个呃我这个马桶啊我这个老伴啊她晕倒在这个厕所里了", "medical"),
        ("奶奶高兴得晕倒了", "medical"), ("他喝多了，打我", "violence"), ("打我闺女的那个人又来了", "violence"), ("他不接电话，一说就打我", "violence"), ("老太太精神很好，刚才突然晕倒了", "medical"),
    ],
)  # fmt: skip
def test_the_same_words_beside_danger_alarm(reader: Reader, text: str, danger: str) -> None:
    assert reader.understand(text).danger == danger


@pytest.mark.parametrize(
    "text",
    [
        "我被楼下保安摸了", "快递员进门抱住我亲我", "房东老是半夜敲我门说要陪他睡", "推拿店的人给我按摩时乱摸", "干活的工人从后面抱我，吓死我了", "老板骚扰我，半夜发裸照给我",
        "我被邻居强暴了", "我昨晚被一个熟人强奸了，不敢报警", "修水管的师傅摸我手，占我便宜", "保安老是对我说下流话",
    ],
)  # fmt: skip
def test_assault_of_a_grown_up_is_sealed(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.lane, read.urgency, read.danger) == ("restricted", "U0", "assault")


def test_a_child_whose_parents_fight_is_sealed(reader: Reader) -> None:
    read = reader.understand("爸爸妈妈打架我好怕")
    assert (read.lane, read.urgency) == ("restricted", "U0")


@pytest.mark.parametrize(
    "text",
    [
        "孙子进门就抱我，可高兴了", "小狗老往我身上蹭", "医生给我摸了脉", "这个摊主占小便宜，缺斤少两", "想找人陪我妈说说话", "手机被人摸走了", "想请师傅上门按摩",
        "有个短信说我中奖了", "我的手被门夹了一下",
    ],
)  # fmt: skip
def test_an_everyday_touch_is_none(reader: Reader, text: str) -> None:
    assert reader.understand(text).danger != "assault"


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("花都路花园3号楼有个大爷摔了", "medical"), ("金色春天5号楼有个老人摔了一跤", "medical"), ("楼道里有个老太太摔倒了，没人扶", "medical"), ("我忘带钥匙了爸妈上班联系不上，我一个人在楼道里，好冷", "missing"),
        ("我被同学打了不敢告诉老师", "child"), ("儿子在学校被围着打", "child"), ("五楼窗台上坐着个小孩往外爬", "trapped"),
    ],
)  # fmt: skip
def test_danger_in_few_words_is_heard(reader: Reader, text: str, danger: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger) == ("U0", danger)


@pytest.mark.parametrize(
    "text",
    [
        "昨天有个大爷摔了一跤，路灯能不能修一下", "台阶太滑，有个老人摔了，希望装扶手", "我忘带钥匙了，想找开锁的", "同学被打印店多收了钱", "在学校被老师打了低分",
        "降压药快吃完了，想请人代买", "马桶水箱哗啦哗啦响", "马桶水箱哗啦哗啦淌水", "燃气灶打不着火，饭做不成",
    ],
)  # fmt: skip
def test_a_hazard_or_a_repair_is_no_danger_to_life(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert read.urgency != "U0"
    assert read.soon not in ("overhead", "distress")


@pytest.mark.parametrize(
    "text",
    [
        "你们纪委的同志办事公道，谢谢", "感谢纪委帮我们查清楚了，我要给他们送面锦旗", "社区书记帮我家跑低保，自己掏钱买米，是个好干部", "社区主任自己垫钱帮我家买煤，真是好干部",
        "谁举报我家装修的？", "有人举报我家占用楼道，能不能先通知一下再拆", "别糊弄我", "什么服务态度，我找你们领导",
    ],
)  # fmt: skip
def test_praise_and_the_reported_one_report_nobody(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert read.lane != "restricted"


@pytest.mark.parametrize(
    "text",
    [
        "社区书记收了人家两条烟，还说是个好干部",
        "主任自己掏公款买米",
        "我要举报主任收钱",
        "谁举报主任收钱他就报复谁",
        "书记是个好干部，就是收了我两千块钱",
    ],
)
def test_a_report_beside_praise_stays_one(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"
