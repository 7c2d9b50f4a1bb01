"""Telephone numbers are found; what others may not see is taken out."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("我电话13800000001", "13800000001"),
        ("电话：１３８００００００01", "13800000001"),
        ("138 0000 0001 找我", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+8613800000001", "13800000001"),
        ("座机0550-3000001", "05503000001"),
        ("05503000001", "05503000001"),
        ("单号1234567", None),
        ("编号138000000012345", None),
        ("没有电话", None),
    ],
)
def test_a_telephone_number_is_found(reader: Reader, text: str, phone: str | None) -> None:
    assert reader.understand(text).phone == phone


@pytest.mark.parametrize(
    ("text", "hidden", "kept"),
    [
        ("我电话13800000001，楼道灯坏了", ["13800000001"], ["楼道灯坏了"]),
        ("电话１３８００００００01", ["１３８", "0001"], ["电话"]),
        ("座机0550-3000001", ["3000001"], ["座机"]),
        ("身份证34110119500101123X", ["19500101"], ["身份证"]),
        ("卡号6222020200112233445被骗了", ["6222020200112233445"], ["被骗了"]),
        ("我叫王小明，路灯坏了", ["王小明"], ["我叫", "路灯坏了"]),
        ("我叫李强住3号楼", ["李强"], ["住3号楼"]),
        ("联系人：赵敏，要换灯泡", ["赵敏"], ["联系人", "换灯泡"]),
        ("姓名 欧阳小红", ["欧阳小红"], ["姓名"]),
        ("我是张伟，下水道堵了", ["张伟"], ["下水道堵了"]),
        ("我姓陈，家里没水", ["陈"], ["家里没水"]),
        ("隔壁王奶奶想找人理发", ["王奶奶"], ["奶奶想找人理发"]),
        ("老人徐秀兰今年76岁", ["徐秀兰"], ["老人", "今年76岁"]),
        ("王桂芳，80岁，独居", ["王桂芳"], ["80岁，独居"]),
        ("网格员小李帮我送药", ["李"], ["网格员小", "帮我送药"]),
        ("楼上张大爷养鸡", ["张"], ["楼上", "大爷养鸡"]),
        ("3栋501漏到4栋602", ["501", "602"], ["3栋", "漏到4栋"]),
        ("不是3栋501，是5栋602", ["501", "602"], ["不是3栋", "是5栋"]),
        ("丽景公寓905漏水", ["905"], ["丽景公寓", "漏水"]),
        ("金色春天3号楼2单元501漏水", ["501"], ["金色春天3号楼2单元", "漏水"]),
        ("金色春天3-2-501", ["501"], ["3-2-"]),
        ("三栋二单元五零一", ["五零一"], ["三栋二单元"]),
    ],
)
def test_what_is_private_is_masked(reader: Reader, text: str, hidden: list[str], kept: list[str]) -> None:
    masked = reader.understand(text).masked
    assert len(masked) == len(text)
    assert not [part for part in hidden if part in masked], masked
    assert not [part for part in kept if part not in masked], masked


@pytest.mark.parametrize(
    "text",
    [
        "我是三号楼的，楼道灯坏了",
        "我是金色春天的居民",
        "我是党员，想报到",
        "我是老人，不会用手机",
        "路灯不亮",
        "我是独居老人",
        "高层水压不够，方便的话来看看",
        "王府井的金色春天",
        "保安大哥和语文老师都好，谢谢老师",
        "门卫师傅关门太早，马上要高考了",
    ],
)
def test_nothing_private_leaves_the_text_as_it_is(reader: Reader, text: str) -> None:
    assert reader.understand(text).masked == text


def test_who_has_not_promised_to_come_reads_neither_doors_nor_names(reader: Reader) -> None:
    told = reader.masks.before_accepting("金色春天3栋2单元501的王奶奶要理发，还有4栋的李强电话13800000001")
    assert told == "金色春天********的*奶奶要理发，还有**的**电话***********"


NICKNAMES = [
    ("老王头家漏水了", "老*头家漏水了"), ("隔壁老王头摔了", "隔壁老*头摔了"), ("小芳家的灯坏了", "小*家的灯坏了"), ("小芳天天放音乐", "小*天天放音乐"), ("阿强说电梯坏了", "阿*说电梯坏了"), ("王老五家电线老化", "*老五家电线老化"),
    ("王二麻子家乱扔垃圾", "*二麻子家乱扔垃圾"), ("大刘家的车堵了门", "大*家的车堵了门"), ("李老太家灯坏了", "*老太家灯坏了"), ("老赵头要陪诊", "老*头要陪诊"), ("小明同学作业没人辅导", "小*同学作业没人辅导"),
]  # fmt: skip
NO_NAMES = [
    "三婶腿脚不好想请人买药", "老头家漏水了", "小区灯坏了", "小黄车乱停", "小黄狗咬人", "老石头路不平", "老路灯坏了", "老黄头疼", "小花园的灯坏了", "厨房里有小强", "小红花奖励", "房的大梁裂了", "大方桌坏了", "小超市卖假货",
    "阿姨家灯坏了", "阿胶过期了", "小燕子窝掉了", "小明珠幼儿园", "老码头停水", "老周边环境差", "大白天放炮", "老龙头坏了",
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), NICKNAMES)
def test_what_somebody_is_called_by_is_hidden_like_a_name(reader: Reader, text: str, told: str) -> None:
    assert reader.mask(text) == told


@pytest.mark.parametrize("text", NO_NAMES)
def test_kin_and_things_are_no_names(reader: Reader, text: str) -> None:
    assert reader.mask(text) == text


@pytest.mark.parametrize("text", ["小黄狗咬人", "老王头骂人", "老李头骂我", "小黄车堵了门"])
def test_a_dog_or_an_old_neighbour_is_nobody_of_the_office(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane != "restricted"
