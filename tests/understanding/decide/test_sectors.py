"""The classes of the petition catalogue: ranked by what a message says, in the catalogue's own words."""

import pytest

from bot.understanding import Reader

CATALOGUE = {
    "城乡建设",
    "环境保护",
    "政法",
    "民政",
    "劳动和社会保障",
    "卫生计生",
    "教育文体",
    "商贸旅游",
    "交通运输",
    "党务政务",
    "纪检监察",
    "国土资源",
    "经济管理",
    "科技与信息产业",
    "农村农业",
}


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("开发商交房三年还不给办房产证", "城乡建设"),
        ("楼道灯坏了", "城乡建设"),
        ("化工厂夜里偷排废气，刺鼻难闻", "环境保护"),
        ("老板拖欠工资，也不给交社保", "劳动和社会保障"),
        ("中心医院误诊，病历也不给看", "卫生计生"),
        ("初三周末违规补课还收费", "教育文体"),
        ("有人在出租屋里搞传销骗人", "商贸旅游"),
        ("出租车不打表还拒载", "交通运输"),
        ("残疾证到期了去民政局怎么换", "民政"),
        ("派出所补办身份证几天能好", "政法"),
        ("党费在哪交", "党务政务"),
        ("举报村主任贪污受贿", "纪检监察"),
        ("家里宽带断了", "科技与信息产业"),
    ],
)
def test_the_best_sector_fits_the_message(reader: Reader, text: str, sector: str) -> None:
    assert reader.understand(text).sectors[0][0] == sector


def test_every_sector_is_ranked_and_the_shares_make_one(reader: Reader) -> None:
    ranking = reader.understand("路面有个大坑").sectors
    assert {name for name, _ in ranking} == CATALOGUE
    assert sum(share for _, share in ranking) == pytest.approx(1, abs=0.01)
    assert [share for _, share in ranking] == sorted((share for _, share in ranking), reverse=True)


def test_what_says_nothing_leans_nowhere(reader: Reader) -> None:
    shares = [share for _, share in reader.understand("在吗").sectors]
    assert max(shares) == min(shares)


@pytest.mark.parametrize(
    "text", ["asdf", "？？", "111", "1234567890", "接单 4013465", "哈哈哈", "abcdefgh", "今天星期几啊"]
)
def test_nonsense_is_no_matter_of_any_kind(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.category, read.urgency) == ("1608", "U3")
    assert read.confidence < 0.3
