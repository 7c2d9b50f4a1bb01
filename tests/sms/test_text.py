"""What a short message says and how it is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms.text import items, message, numbers, value
from config.sms_settings import SmsTemplate

TENCENT = SmsTemplate(id="1", text="{1}发来一条{2}，请到服务号查看并回复。", variables=("who", "kind"))
ALIYUN = SmsTemplate(id="SMS_1", text="${name}发来一条${kind}，请查看。${name}敬上", variables=("who", "kind"))


@pytest.mark.parametrize(
    ("characters", "counted"), [(1, 1), (69, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_seventy_characters_are_one_item_and_longer_ones_count_sixty_seven_each(characters: int, counted: int) -> None:
    assert items("字" * characters) == counted


@pytest.mark.parametrize(("body", "counted"), [(59, 1), (60, 1), (61, 2), (124, 2), (125, 3)])
def test_the_signature_counts_with_its_brackets(body: int, counted: int) -> None:
    said = message("tencent", "凤凰街道办事处值", SmsTemplate(id="1", text="字" * body), {}, 6)
    assert len(said.text) == body + 10
    assert said.items == counted


def test_the_message_is_the_approved_wording_with_the_facts_in_its_places() -> None:
    said = message("tencent", "凤凰办事处", TENCENT, {"who": "陈桥社区", "kind": "廉政提醒"}, 6)
    assert said.values == ("陈桥社区", "廉政提醒")
    assert said.text == "【凤凰办事处】陈桥社区发来一条廉政提醒，请到服务号查看并回复。"


def test_a_place_that_stands_twice_is_filled_twice_with_one_variable() -> None:
    said = message("aliyun", "凤凰办事处", ALIYUN, {"who": "陈桥社区", "kind": "会议通知"}, 6)
    assert said.values == ("陈桥社区", "会议通知")
    assert said.text == "【凤凰办事处】陈桥社区发来一条会议通知，请查看。陈桥社区敬上"


def test_what_is_longer_than_the_provider_allows_is_cut_and_what_is_missing_is_the_signature() -> None:
    said = message("tencent", "滁州凤凰街道办", TENCENT, {"kind": "关于中秋国庆期间廉洁过节的提醒"}, 6)
    assert said.values == ("滁州凤凰街道", "关于中秋国庆")


@pytest.mark.parametrize(
    ("name", "given", "left"),
    [
        ("title", "见https://a.cn/x 通知", "见 通知"), ("title", "WWW.x.com", ""), ("title", "a.gov.cn有新", "有新"),
        ("title", "电13800001234话", "电话"), ("title", "138-0000 1234", ""), ("title", "第3期\n通报", "第3期 通报"),
        ("title", "【中奖】通知", "中奖通知"), ("who", "王\u200b五", "王五"), ("code", "123456", "123456"),
        ("code", "1234567", ""), ("title", "{1}", "1"),
    ],
)  # fmt: skip
def test_a_variable_holds_no_address_number_bracket_or_part_of_a_code(name: str, given: str, left: str) -> None:
    assert value(name, given, 6) == left


@given(st.text(max_size=60), st.integers(1, 20))
def test_no_value_is_longer_than_allowed_or_more_than_one_line(given: str, longest: int) -> None:
    kept = value("title", given, longest)
    assert len(kept) <= longest
    assert kept == kept.strip()
    assert all(c.isprintable() for c in kept)


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("13800001234", ["13800001234"]), ("138-0000 1234 王女士", ["13800001234"]), ("+8613800001234", ["13800001234"]),
        ("0550-3012345", []), ("138000012345", []), ("13800001234或13900005678", ["13800001234", "13900005678"]), ("", []),
    ],
)  # fmt: skip
def test_only_mobile_numbers_of_a_contact_get_short_messages(contact: str, found: list[str]) -> None:
    assert numbers(contact) == found
