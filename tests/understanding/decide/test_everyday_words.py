"""Everyday words that resemble those of danger or of a report, and the dangers and reports that they resemble."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "text",
    [
        "不满意 还没好，打我13912348888",
        "打我女儿手机",
        "打我妈的电话吧",
        "有事打我老公手机",
        "到楼下打我",
        "来之前打我就行",
        "我被锁在门外了，找开锁的",
        "门锁坏了，被关在外面",
        "门自己关上了，我锁在门外了",
        "我走了，钥匙放门卫，谢谢",
        "我先走了，伞放在前台了",
        "活不下去的花草怎么救",
        "护工走后我抽屉里金戒指不见了",
        "我妈的金镯子不见了",
        "家里老人吃了降压药头晕，附近有药店吗",
        "我爸喝完中药恶心，能停吗",
        "我女儿手被门夹了一下",
        "宝宝手指被抽屉夹了一下有点红",
    ],
)
def test_everyday_words_alarm_nobody_and_are_not_sealed(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.danger, read.lane in {"emergency", "restricted"}) == (None, False)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("他到楼下打我", "violence"),
        ("打我女儿", "violence"),
        ("老公打我手机都砸了", "violence"),
        ("他把我关在外面打", "violence"),
        ("把我锁在门外不让进还打我", "violence"),
        ("我走了，别找我", "suicide"),
        ("我走了，钥匙在门垫下面，照顾好猫", "suicide"),
        ("我走了，钥匙放邻居家，别找我", "suicide"),
        ("花快死了我也活不下去了", "suicide"),
        ("奶奶不见了", "missing"),
        ("我妈吃错药头晕", "medical"),
        ("孩子手夹在门缝里拔不出来", "trapped"),
    ],
)
def test_dangers_that_resemble_everyday_words_alarm(reader: Reader, text: str, danger: str) -> None:
    assert reader.understand(text).danger == danger


@pytest.mark.parametrize(
    "text",
    [
        "我想信访局几点上班，地址在哪",
        "信访局在哪个路",
        "信访条例哪里能看",
        "请纪检的同志来讲一堂廉政课",
        "居委会请纪检来讲课吗",
        "红白喜事收红包有规定吗",
    ],
)
def test_questions_about_offices_and_rules_are_not_sealed(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane not in {"emergency", "restricted"}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("我要信访，信访局在哪", "1605"),
        ("我想信访征地的事", "1605"),
        ("主任家红白喜事收红包", "1604"),
        ("纪检怎么联系，我要举报", "1604"),
        ("工作人员踢皮球", "1603"),
    ],
)
def test_petitions_and_reports_stay_sealed(reader: Reader, text: str, category: str) -> None:
    read = reader.understand(text)
    assert (read.category, read.lane) == (category, "restricted")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("家里水管漏水，请人来修", "0102"),
        ("我家水管漏了，师傅能来吗", "0102"),
        ("楼上水管漏到我家", "0301"),
        ("楼上漏水，我家水管没事", "0301"),
    ],
)
def test_a_leaking_pipe_at_home_is_a_repair_and_one_upstairs_a_matter_between_neighbours(
    reader: Reader, text: str, category: str
) -> None:
    assert reader.understand(text).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("举报派出所的人收钱", "1604"),
        ("网格员小张问我要了五百块", "1604"),
        ("小周拿了物业的好处", "1604"),
        ("周建明问我要两千块才肯盖章", "1604"),
        ("社工把我妈的救济金扣了一半", "1604"),
        ("他跟我要了五十块钱红包", "1604"),
        ("社区主任收了我家两条烟", "1604"),
        ("社区干部管我要了一千块辛苦费", "1604"),
        ("志愿者周建国上门时偷了我家三百块", "1603"),
        ("周建国上次来的时候摸我屁股", "1603"),
    ],
)
def test_reports_in_plain_words_are_sealed(reader: Reader, text: str, category: str) -> None:
    read = reader.understand(text)
    assert (read.category, read.lane) == (category, "restricted")


@pytest.mark.parametrize(
    "text",
    [
        "司机问我要五十块",
        "物业问我要两百块停车费",
        "房东问我要一千块押金",
        "儿子跟我要红包",
        "医生拿了药厂的好处",
        "网格员问我要身份证复印件",
        "派出所办居住证收多少钱",
        "低保办了三个月还没消息，工作人员踢皮球",
        "答复 7813395 已经联系",
    ],
)
def test_what_others_ask_for_and_who_only_waits_is_not_sealed(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane != "restricted"


@pytest.mark.parametrize(
    "text", ["老太被儿媳关在柴房不给饭", "陈桥社区的周建明打我", "我公公摸我", "社工打了我", "爷爷被锁在杂物间不给吃的"]
)
def test_blows_and_confinement_in_plain_words_alarm_in_the_restricted_lane(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.danger, read.lane) == ("violence", "restricted")


@pytest.mark.parametrize("text", ["给社区王主任点赞，服务真好", "给网格员小李点赞，太负责了", "给王书记点赞"])
def test_praise_of_one_in_office_is_a_request_of_its_own(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.intent, read.category, read.lane) == ("request", "1602", "feedback")
