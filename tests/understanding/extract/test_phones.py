"""Whose a telephone number is: only the sender's own, or that of somebody to be called, is the contact."""

import pytest

from bot.understanding.extract.people.phone import find_phone
from bot.understanding.normalize import simplify

NUMBER = "13900001234"


@pytest.mark.parametrize(
    "text",
    [
        f"这个电话{NUMBER}一直骚扰我", f"挡道的车主电话{NUMBER}打不通", f"邻居姓孙电话{NUMBER}", f"钥匙在隔壁304王姐那，她电话{NUMBER}", f"有个号码{NUMBER}天天打来推销",
        f"{NUMBER}这个号码老给我打电话催债", f"楼上户主电话{NUMBER}，你们联系他", f"骗子的电话是{NUMBER}", f"肇事司机电话{NUMBER}",
    ],
)  # fmt: skip
def test_the_number_of_whom_the_matter_is_about_is_none(text: str) -> None:
    assert find_phone(simplify(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        f"灯坏了 {NUMBER}", f"我电话{NUMBER}，打不通就打13900005678", f"{NUMBER}打不通就打13900005678", f"打我女儿电话{NUMBER}", f"帮我妈修灯，她电话{NUMBER}",
        f"我妈一个人在家，她的电话{NUMBER}", f"这个电话{NUMBER}随时能打通", f"电话{NUMBER}姓孙", f"我家电话{NUMBER}一直打不通，发短信吧", f"请联系{NUMBER}，打过来就行",
        f"噪声，楼上天天吵，{NUMBER}", f"楼上漏水，楼上户主电话13988887777，你们联系他，我的电话{NUMBER}", f"她电话13988887777，我的{NUMBER}",
    ],
)  # fmt: skip
def test_one_s_own_and_that_of_whom_to_call_is_the_contact(text: str) -> None:
    assert find_phone(simplify(text)) == NUMBER
