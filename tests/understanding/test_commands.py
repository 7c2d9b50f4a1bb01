"""Every command, in the ways people type it, and who may say it."""

import tomllib

import pytest

from bot.understanding import Reader, Speaker
from tests.understanding.conftest import CONFIG

RESIDENT = Speaker()
MEMBER = Speaker(frozenset({"member"}))
STAFF = Speaker(frozenset({"staff"}))
WORDS = tomllib.loads((CONFIG / "locale" / "zh_CN" / "words.toml").read_text("utf-8"))


def told(reader: Reader, text: str, who: Speaker = RESIDENT) -> tuple[str, str | None, str] | None:
    command = reader.understand(text, who).command
    return (command.name, command.code, command.rest) if command else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("帮助", ("help", None, "")),
        ("进度", ("progress", None, "")),
        ("进度 1234567", ("progress", "1234567", "")),
        ("進度１２３４５６７", ("progress", "1234567", "")),
        ("1234567", ("progress", "1234567", "")),
        (" 12345678 ", ("progress", "12345678", "")),
        ("123456。", ("progress", "123456", "")),
        ("查进度 单号 1234567", ("progress", "1234567", "")),
        ("补充 1234567 在三楼", ("append", "1234567", "在三楼")),
        ("补充：在三楼", ("append", None, "在三楼")),
        ("补充1234567ＡＢ栋", ("append", "1234567", "ＡＢ栋")),
        ("撤回 1234567", ("withdraw", "1234567", "")),
        ("撤回吧", ("withdraw", None, "")),
        ("取消 1234567", ("withdraw", "1234567", "")),
        ("取消", ("cancel", None, "")),
        ("满意", ("satisfied", None, "")),
        ("满意 1234567", ("satisfied", "1234567", "")),
        ("不满意 还是漏", ("dissatisfied", None, "还是漏")),
        ("不满意，1234567，没人来", ("dissatisfied", "1234567", "没人来")),
        ("评价 1234567 5 很好", ("rate", "1234567", "5 很好")),
        ("评价 5", ("rate", None, "5")),
        ("评价5分", ("rate", None, "5分")),
        ("人工", ("human", None, "")),
        ("隐私", ("privacy", None, "")),
        ("删除我的信息", ("forget_me", None, "")),
        ("绑定 834721", ("bind", None, "834721")),
        ("绑定Ab12-Z", ("bind", None, "Ab12-Z")),
        ("更多", ("more", None, "")),
        ("跳过", ("skip", None, "")),
    ],
)
def test_anybody_may_say_these(reader: Reader, text: str, expected: tuple[str, str | None, str]) -> None:
    assert told(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("待接", ("wishes", None, "")),
        ("接单 1234567", ("accept", "1234567", "")),
        ("接单1234567", ("accept", "1234567", "")),
        ("接单：1234567", ("accept", "1234567", "")),
        ("接单#1234567", ("accept", "1234567", "")),
        ("接单单号1234567", ("accept", "1234567", "")),
        ("我接 1234567", ("accept", "1234567", "")),
        ("接了", ("accept", None, "")),
        ("婉拒 1234567", ("decline", "1234567", "")),
        ("退单 1234567 临时有事", ("return", "1234567", "临时有事")),
        ("完成 1234567 换好了", ("finish", "1234567", "换好了")),
        ("完成 换好了", ("finish", None, "换好了")),
        ("完成了", ("finish", None, "")),
        ("我的单", ("my_orders", None, "")),
        ("休息", ("rest", None, "")),
        ("上岗", ("duty", None, "")),
        ("收到", ("ack", None, "")),
        ("收到。", ("ack", None, "")),
        ("收到 12", ("ack", "12", "")),
        ("已阅", ("ack", None, "")),
        ("知道了", ("ack", None, "")),
    ],
)
def test_members_may_say_these(reader: Reader, text: str, expected: tuple[str, str | None, str]) -> None:
    assert told(reader, text, MEMBER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("待派", ("waiting", None, "")),
        ("派单 1234567 张三", ("dispatch", "1234567", "张三")),
        ("派单 1234567", ("dispatch", "1234567", "")),
        ("派单1234567张三", ("dispatch", "1234567", "张三")),
        ("派单 张三", ("dispatch", None, "张三")),
        ("公开 1234567", ("publish", "1234567", "")),
        ("转介 1234567 城管", ("refer", "1234567", "城管")),
        ("不予受理 1234567 不属本社区", ("reject", "1234567", "不属本社区")),
        ("催办 1234567", ("urge", "1234567", "")),
        ("追问 1234567 哪一层", ("ask", "1234567", "哪一层")),
        ("解释办结 1234567 属市政", ("explain", "1234567", "属市政")),
        ("未能办成 1234567 无人在家", ("unmet", "1234567", "无人在家")),
        ("归类 1234567 0203", ("recategorise", "1234567", "0203")),
        ("提醒 明天开会", ("remind", None, "明天开会")),
        ("批准 1234567", ("approve", "1234567", "")),
        ("不批准 1234567 改标题", ("disapprove", "1234567", "改标题")),
        ("查看提醒", ("report", None, "")),
    ],
)
def test_staff_may_say_these(reader: Reader, text: str, expected: tuple[str, str | None, str]) -> None:
    assert told(reader, text, STAFF) == expected


def test_two_orders_are_merged(reader: Reader) -> None:
    command = reader.understand("合并 1234567，7654321 同一处", STAFF).command
    assert command is not None
    assert (command.code, command.other, command.rest) == ("1234567", "7654321", "同一处")


def test_the_words_typed_are_kept(reader: Reader) -> None:
    command = reader.understand("  進度 1234567").command
    assert command is not None
    assert command.words == "進度"


@pytest.mark.parametrize(
    "text",
    [
        "派单 1234567 张三",
        "公开 1234567",
        "接单 1234567",
        "完成 1234567",
        "完成",
        "休息",
        "合并 1234567 7654321",
        "提醒 明天开会",
        "批准 1234567",
        "待派",
        "我的单",
    ],
)
def test_for_a_resident_the_words_of_others_are_text(reader: Reader, text: str) -> None:
    assert told(reader, text) is None


@pytest.mark.parametrize("text", ["派单 1234567 张三", "公开 1234567", "提醒 明天开会", "批准 1234567"])
def test_for_a_member_the_words_of_staff_are_text(reader: Reader, text: str) -> None:
    assert told(reader, text, MEMBER) is None


@pytest.mark.parametrize(
    "text",
    [
        "提醒大家楼道灯坏了",
        "完成不了，太难了",
        "公开收费标准",
        "休息不好，楼上太吵",
        "好的物业哪里找",
        "帮助老人换灯泡",
        "进度太慢了",
        "人工湖水发臭",
        "隐私被邻居摄像头拍到",
        "合并单元的门坏了",
        "取消低保的事问一下",
        "补充养老保险怎么交",
        "满意度调查在哪",
        "我的单元门坏了",
        "婉拒推销电话怎么弄",
        "13800000001",
        "138 0000 0001",
        "待接孩子放学",
        "归类垃圾怎么分",
        "功能室几点开门",
        "说明书看不懂",
    ],
)
def test_an_ordinary_sentence_is_no_command(reader: Reader, text: str) -> None:
    everybody = Speaker(frozenset({"member", "staff"}))
    assert told(reader, text, everybody) is None


def test_a_number_in_answer_to_a_question_for_the_telephone_is_no_order(reader: Reader) -> None:
    assert told(reader, "3012345", Speaker(asked="phone")) is None


def test_every_command_says_who_may_say_it_and_what_may_follow() -> None:
    names = set(WORDS["commands"])
    assert set(WORDS["said_by"]) == names
    assert {name for shape in WORDS["followed_by"].values() for name in shape} == names


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("满意", "rate_good"),
        ("不满意 没修", "rate_bad"),
        ("评价 1234567 5", "rate_good"),
        ("评价 2 慢", "rate_bad"),
        ("评价", "command"),
        ("撤回", "withdraw"),
        ("隐私", "privacy"),
    ],
)
def test_a_command_passes_under_its_intent(reader: Reader, text: str, intent: str) -> None:
    assert reader.understand(text).intent == intent


def test_the_commands_of_members_have_their_intents(reader: Reader) -> None:
    said = {
        "接单 1234567": "accept",
        "婉拒 1234567": "decline",
        "完成 1234567": "finish",
        "收到": "ack",
        "退单 1234567": "command",
        "休息": "command",
    }
    assert {text: reader.understand(text, MEMBER).intent for text in said} == said
