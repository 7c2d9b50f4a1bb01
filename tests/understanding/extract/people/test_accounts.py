"""Whatever leads to a person is masked in every written form; what merely looks like it stays."""

import pytest

from bot.understanding import Reader

HIDDEN = [
    "139.0000.1111", "139—0000—1111", "139 0000 1111", "1 3 9 0 0 0 0 1 1 1 1", "幺三九零零零零幺幺幺幺", "139零零零零1111",
    "139零零零零幺幺幺幺", "(0519)86001234", "（0519）8600 1234", "139|0000|1111", "139+0000+1111", "139OOOO1111", "139\n0000\n1111",
    "zhang.san@example.com", "zhang_san＠qq.com", "zhangsan艾特163点com", "zhang(at)qq.com", "苏D12345", "苏D·8K123", "沪A 12345", "京AF12345", "粤b-12345",
    "85123456转801", "8512 3456 转 8", "八五一二三四五六", "139后面12345678", "139中间1234后面5678", "laowang@qq。com", "laowang # qq.com",
    "laowang at gmail dot com", "laowang艾特qq点com", "苏 D A B 1 2 3", "苏D牌照12345", "苏D 牌照 A1234", "32041119500101123X42", "32041119500101123442",
]  # fmt: skip
BEHIND = [
    ("微信号", "wx_zhangsan88"), ("加我微信", "zhangsan1988"), ("V信 ", "zhangsan1988"), ("vx:", "zhangsan1988"), ("weixin ", "zhangsan88"),
    ("微信：", "abc-12345"), ("QQ", "12345678"), ("我的qq号是", "123456789"), ("扣扣 ", "123 456 789"), ("加Q ", "87654321"), ("扣扣", "一二三四五六七"),
    ("抖音号", "dy88888"), ("支付宝", "zhangsan@163.com"), ("门禁码", "1234#"), ("门禁密码是", "2580"), ("大门密码", "9981"), ("密码", "二五八零"),
    ("车牌号", "D8K123"), ("电话", "85123456"), ("座机 ", "8512 3456"), ("座机", "八五一二三四五六"), ("加v ", "laowang1968"), ("加我V：", "laowang1968"),
    ("卫星", "laowang1968"), ("薇❤ ", "laowang1968"), ("q:", "12345678"), ("VX:", "w王a1968"), ("微信", "lao王1968"), ("门口密码盒", "0808"), ("大门 ", "#1357#"),
    ("单元门", "1357#"), ("残疾证", "32041119500101123442"), ("残疾证号", "12345678901234567890"), ("找3幢的", "王秀英"), ("联系人：", "大锤"),
]  # fmt: skip


@pytest.mark.parametrize("written", HIDDEN)
def test_it_is_masked_wherever_it_stands(reader: Reader, written: str) -> None:
    assert reader.mask(f"楼道灯坏了，找我{written}，谢谢") == f"楼道灯坏了，找我{'*' * len(written)}，谢谢"


@pytest.mark.parametrize(("before", "written"), BEHIND)
def test_it_is_masked_behind_what_announces_it(reader: Reader, before: str, written: str) -> None:
    assert reader.mask(f"楼道灯坏了，{before}{written}，谢谢") == f"楼道灯坏了，{before}{'*' * len(written)}，谢谢"


@pytest.mark.parametrize(
    "text",
    [
        "微信群里都在说电梯坏了", "QQ群没人管", "加我微信同号", "wifi坏了", "电费1380.50元", "单号1234567什么时候来", "2026.11.29 10:30停水",
        "A座3楼灯坏了", "新A区路灯不亮", "忘记医保卡密码了怎么办", "门禁坏了", "13、14、15、16、17、18号楼停电", "DN20水管漏水", "K123路公交不停",
        "打了110没人来", "12345说转给社区了", "心理热线12356打不通", "单号85123456到哪了", "2026-11-29停水", "3号楼大门坏了", "大门5#楼那边", "公交85路", "电费8512.34元",
        "联系人：本人", "卫星天线掉了", "大门口有3000多块砖", "从139路公交下车后面2站", "一二三四五六七八号楼都停水",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_it(reader: Reader, text: str) -> None:
    assert reader.mask(text) == text


def test_a_name_that_is_known_is_masked_wherever_it_stands(reader: Reader) -> None:
    assert reader.mask("王小明在家等，王 小 明说门铃坏了", ["王小明"]) == "***在家等，*****说门铃坏了"
    assert reader.mask("我姓王，叫秀英，灯坏了") == "我姓*，叫**，灯坏了"
    assert reader.mask("前三位139，中间1234，后面5678") == "前三位" + "*" * 17
    assert reader.mask("我叫李建国，灯坏了，李建国在家") == "我叫***，灯坏了，***在家"


def test_who_helps_reads_what_it_takes_to_come_and_to_act(reader: Reader) -> None:
    said = "金色春天3号楼2单元501，门禁码1234#，苏D12345堵了门，电话13900001111，微信zhangsan88"
    helper = reader.masks.for_helper(said)
    assert helper == f"金色春天3号楼2单元501，门禁码1234#，苏D12345堵了门，电话{'*' * 11}，微信{'*' * 10}"
    before = reader.masks.before_accepting(f"{said} (31.2304,119.9812)")
    assert not [
        part for part in ("3号楼", "2单元", "501", "1234", "12345", "31.23", "119.98", "zhang") if part in before
    ]
