"""Telephone numbers are found and masked in every form; other numbers are not taken for them."""

import pytest

from bot.understanding import Reader

MOBILE = [
    "(138)1234-5678", "138（1234）5678", "138/1234/5678", "138~1234~5678", "138，1234，5678", "138 12 34 56 78", "1 3 8 1 2 3 4 5 6 7 8",
    "1-3-8-1-2-3-4-5-6-7-8", "①③⑧①②③④⑤⑥⑦⑧", "幺三八一二三四五六七八", "一三八 一二三四 五六七八", "壹叁捌壹贰叁肆伍陆柒捌", "1三8一2三4五6七8",
    "(+86)13812345678", "0086 138 1234 5678", "13812345678转5", "138 - 1234 - 5678",
    "么三八，幺二三四，五六七八", "腰三八幺二三四五六拐八", "幺三 八幺二 三四五 六七八", "幺叁捌 幺两三四 五六七八",
]  # fmt: skip
LANDLINE = [
    "+86-0550-7654321", "+86 550 7654321", "0550-7654321-802", "0550-7654321转802", "(0550) 765 4321 分机 12", "零五五零七六五四三二一",
    "０５５０－７６５４３２１", "洞五五洞七六五四三二幺",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "digits"), [(w, "13812345678") for w in MOBILE] + [(w, "05507654321") for w in LANDLINE]
)
def test_every_form_is_found_and_masked_whole(reader: Reader, written: str, digits: str) -> None:
    read = reader.understand(f"路灯坏了，打{written}找我")
    assert read.phone == digits
    assert read.masked == f"路灯坏了，打{'*' * len(written)}找我"


def test_a_number_without_area_code_is_one_where_it_is_called_so(reader: Reader) -> None:
    assert reader.mask("座机3012345，路灯坏了") == "座机*******，路灯坏了"
    assert reader.understand("电话：301-2345").phone == "3012345"
    assert reader.understand("单号3012345").phone is None


def test_of_two_numbers_both_are_masked(reader: Reader) -> None:
    assert reader.mask("13812345678/13987654321，或0550-7654321") == f"{'*' * 11}/{'*' * 11}，或{'*' * 12}"


@pytest.mark.parametrize(
    "said",
    [
        "单号13812345，2026年11月29日10:30停水", "2026.11.29到2026.12.01停水", "订单 13812345 305 一起", "电费1380.50到1500元", "一三五七八九栋都停电",
        "周一三五、二四六停水", "12345热线打不通", "编号1100-2345-678", "一百三十八元", "13、14、15、16、17、18号楼停电", "编号138123456789", "13 14 15 16 17 18号楼停电",
    "两三个人要么八点来要么九点来", "13 81 23 45 67 8栋",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(reader: Reader, said: str) -> None:
    read = reader.understand(said)
    assert (read.phone, read.masked) == (None, said)
