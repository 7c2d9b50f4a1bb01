"""What is a report about whoever serves, and what only threatens with one, asks about reports or tells of a nuisance."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "text",
    [
        "别给我打官腔，今天不来我打12345", "什么态度啊你们", "再不修我去市长热线", "今天再不来我打市长热线", "要不要我去信访局才给修", "再这样我就去市里告你们",
        "下水道堵了三天，再没人修我就打市长热线", "再拖我就曝光你们", "我要举报楼下烧烤摊油烟", "有没有新的举报", "有没有人举报我", "今天有新的受限吗",
    ],
)  # fmt: skip
def test_a_threat_to_complain_or_a_question_about_reports_is_no_report(reader: Reader, text: str) -> None:
    meant = reader.understand(text)
    assert meant.lane != "restricted"
    assert not meant.sensitive


@pytest.mark.parametrize(
    "text",
    [
        "我要信访", "这事你们不解决我就去上访", "我要去市里信访，拆迁补偿不公", "窗口那个女的什么态度", "再不处理社区主任收钱的事我就去信访", "社区干部推诿，再不管我就打12345", "我们准备联名去市里告",
        "幼儿园老师让家长送礼，不送就给孩子穿小鞋", "卫生院医生开药拿回扣，药贵得要死", "医生收红包", "物业给领导送了购物卡，谁也管不了", "他走了以后我金戒指没了",
        "这户是李主任的亲戚，上次收了人家的礼，不好办", "这家是主任亲戚，不敢惹",
    ],
)  # fmt: skip
def test_who_takes_what_is_sealed(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"


@pytest.mark.parametrize(
    "text",
    [
        "老师让家长送孩子去医院", "老师让家长带水果给孩子们做活动", "医生开药太贵了能报销吗", "老师不收红包", "医生没收红包，真好", "女儿走了以后我钥匙找不到了",
        "给社区老人送鸡蛋", "社区的人来过了，灯修好了",
    ],
)  # fmt: skip
def test_who_takes_nothing_is_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane != "restricted"


def test_what_is_gone_after_help_is_told_of_who_helped(reader: Reader) -> None:
    for text in ("灯换了，可我放桌上的两百块钱不见了", "里面有社区的人", "修完以后我手表不见了"):
        assert reader.tells_of_wrong(text, of_order=True) is not None, text
    for text in ("灯换了，可是又不亮了", "里面有社区的人值班", "钥匙在桌上"):
        assert reader.tells_of_wrong(text, of_order=True) is None, text


def test_clumsy_hands_are_no_blows(reader: Reader) -> None:
    for text in ("擦得一道一道的，还把我花盆打碎了，赔不赔", "他把我家的杯子打翻了", "把我桌子打扫干净了"):
        assert reader.tells_of_wrong(text, of_order=True) is None, text
    for text in ("他把我推倒了", "他把我花盆打碎了还打我", "他把我头打破了"):
        assert reader.tells_of_wrong(text, of_order=True) is not None, text
