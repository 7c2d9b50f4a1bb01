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
