"""Signing in through the chat: a code of the page, the question whose it is, and 是; whoever sends somebody a code is not let in."""

import time
from dataclasses import replace

import pytest

from bot.services.accounts.by_chat import beginning, chat
from bot.services.accounts.by_chat.beginning import Begun
from bot.services.accounts.opening import Opened
from bot.services.roster import bind_codes
from bot.store.schema.accounts import accounts, console_codes
from bot.store.tables import orders
from tests.databases import SQLITE
from tests.services.accounts.desk import CLIENT, ELSEWHERE, Desk, refused

REFUSED, EXPIRED = "accounts.chat.refused", "accounts.chat.expired"


def begin(desk: Desk) -> Begun:
    desk.talk.wait(seconds=1)
    return beginning.begin_chat(desk.office, CLIENT, desk.talk.now)


def finish(desk: Desk, begun: Begun, otp: str = "") -> Opened | None:
    return chat.finish_chat(desk.office, begun.browser_secret, CLIENT, desk.talk.now, otp)


def wrong(begun: Begun) -> str:
    return f"{(int(begun.code) + 1) % 10**6:06}"


@pytest.mark.parametrize("name", ["陈桥甲", "党员甲"])
def test_a_bound_person_of_the_roster_signs_in(desk: Desk, name: str) -> None:
    begun = begin(desk)
    assert finish(desk, begun) is None
    asked = desk.talk.says(name, f"登录 {begun.code}")
    assert all(part in asked for part in (CLIENT.address, CLIENT.agent, "12:0", "是您本人"))
    assert finish(desk, begun) is None
    said = desk.talk.says(name, "是")
    assert ("马上打开" in said, "动态码" in said) == (True, False)
    opened = finish(desk, begun)
    assert opened is not None
    signed = desk.current(opened)
    assert signed is not None
    assert (signed.name, signed.must_enrol) == (name, False)
    with refused(EXPIRED):
        finish(desk, begun)
    assert desk.acts("console.in") == [("console.in", f"session {opened.session_id} chat")]


@pytest.mark.parametrize("written", ["{code}", " {code} ", "{code}。", "{code}\n"])
def test_the_six_digits_alone_are_enough(desk: Desk, written: str) -> None:
    begun = begin(desk)
    assert "是您本人" in desk.talk.says("陈桥甲", written.format(code=begun.code))
    desk.talk.says("陈桥甲", "是")
    assert finish(desk, begun) is not None


def test_six_digits_that_are_no_code_count_as_a_guess_and_a_stranger_signs_in_nowhere(desk: Desk) -> None:
    begun = begin(desk)
    said = desk.talk.says("陈桥甲", wrong(begun))
    assert "没有这个数字" in said
    assert "七位的单号" in said
    assert desk.acts("console.failed") == [("console.failed", "code 1")]
    assert "是您本人" not in desk.talk.says("王阿姨", begun.code)
    assert "是您本人" not in desk.talk.says("陈桥甲", f"{begun.code}路灯坏了")


@pytest.mark.parametrize("answer", ["不是", "不是我", "不是我登录的！", "不行"])
def test_no_refuses_it_for_good(desk: Desk, answer: str) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    assert "已拦下" in desk.talk.says("陈桥甲", answer)
    with refused(REFUSED):
        finish(desk, begun)
    desk.talk.says("陈桥甲", "是")
    assert "没有这个数字" in desk.talk.says("陈桥甲", f"登录 {begun.code}")
    with refused(REFUSED):
        finish(desk, begun)
    assert desk.acts("console.refused") == [("console.refused", None)]


@SQLITE
@pytest.mark.parametrize("answer", ["好的", "行", "可以", "收到", "谢谢", "什么意思？", "楼道灯不亮"])
def test_nothing_but_a_clear_yes_confirms_it(desk: Desk, answer: str) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("陈桥甲", answer)
    assert finish(desk, begun) is None


def test_another_command_ends_the_question(desk: Desk) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("陈桥甲", "待派")
    desk.talk.says("陈桥甲", "是")
    assert finish(desk, begun) is None


def test_a_code_and_a_yes_each_last_three_minutes(desk: Desk) -> None:
    late, slow, forgotten = begin(desk), begin(desk), begin(desk)
    desk.talk.wait(minutes=2)
    desk.talk.says("陈桥甲", f"登录 {slow.code}")
    desk.talk.says("陈桥乙", f"登录 {forgotten.code}")
    desk.talk.says("陈桥乙", "是")
    desk.talk.wait(minutes=1)
    assert "没有这个数字" in desk.talk.says("兰天甲", f"登录 {late.code}")
    assert "已过了时间" in desk.talk.says("陈桥甲", "是")
    for begun in (late, slow):
        with refused(EXPIRED):
            finish(desk, begun)
    desk.talk.wait(minutes=2)
    with refused(EXPIRED):
        finish(desk, forgotten)


def test_only_the_browser_that_asked_is_let_in_and_only_from_where_it_asked(desk: Desk) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("陈桥甲", "是")
    for other in (replace(begun, browser_secret="x"), replace(begun, browser_secret=begun.code)):
        with refused(EXPIRED):
            finish(desk, other)
    with refused(EXPIRED):
        chat.finish_chat(desk.office, begun.browser_secret, ELSEWHERE, desk.talk.now)
    assert finish(desk, begun)


def test_a_code_is_one_persons_from_when_it_was_typed(desk: Desk) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    assert "没有这个数字" in desk.talk.says("陈桥乙", f"登录 {begun.code}")
    desk.talk.says("陈桥乙", "是")
    assert finish(desk, begun) is None
    desk.talk.says("陈桥甲", "是")
    opened = finish(desk, begun)
    assert opened is not None
    assert opened.person_id == desk.id_of("陈桥甲")


def test_a_stranger_confirms_nothing(desk: Desk) -> None:
    begun = begin(desk)
    assert "要有相应身份" in desk.talk.says("王阿姨", f"登录 {begun.code}")
    desk.talk.says("王阿姨", "是")
    assert finish(desk, begun) is None
    assert desk.rows(orders) == []


def test_five_wrong_codes_within_an_hour_stop_a_person_and_nobody_else(desk: Desk) -> None:
    begun = begin(desk)
    for _ in range(5):
        assert "没有这个数字" in desk.talk.says("陈桥甲", f"登录 {wrong(begun)}")
    assert "先停一小时" in desk.talk.says("陈桥甲", f"登录 {begun.code}")
    assert "是您本人" in desk.talk.says("陈桥乙", f"登录 {begun.code}")
    desk.talk.wait(minutes=61)
    again = begin(desk)
    assert "是您本人" in desk.talk.says("陈桥甲", f"登录 {again.code}")
    assert desk.acts("console.failed") == [("console.failed", f"code {n}") for n in range(1, 6)]


@pytest.mark.parametrize("name", ["办事处甲", "纪检甲"])
def test_administrators_and_discipline_staff_give_a_one_time_password_besides(desk: Desk, name: str) -> None:
    first = begin(desk)
    desk.talk.says(name, f"登录 {first.code}")
    desk.talk.says(name, "是")
    opened = finish(desk, first)
    assert opened is not None
    assert opened.must_enrol, "without a password, so that one-time passwords come first"
    app = desk.enrol(opened)
    begun = begin(desk)
    desk.talk.says(name, f"登录 {begun.code}")
    desk.talk.says(name, "是")
    with refused(chat.OTP_NEEDED):
        finish(desk, begun)
    with refused("accounts.chat.otp_wrong"):
        finish(desk, begun, "000000")
    code = app.at(desk.talk.now)
    again = finish(desk, begun, code)
    assert again is not None
    assert not again.must_enrol
    third = begin(desk)
    desk.talk.says(name, f"登录 {third.code}")
    desk.talk.says(name, "是")
    with refused("accounts.chat.otp_wrong"):
        finish(desk, third, code)


def test_guessing_one_time_passwords_stops_and_an_account_locked_from_outside_stops_nobody(desk: Desk) -> None:
    desk.has_password("办事处甲")
    app = desk.enrol(desk.sign_in("办事处甲"))
    for _ in range(5):
        assert desk.is_refused("办事处甲", "wrong password")
    begun = begin(desk)
    desk.talk.says("办事处甲", f"登录 {begun.code}")
    desk.talk.says("办事处甲", "是")
    for _ in range(4):
        with refused("accounts.chat.otp_wrong"):
            finish(desk, begun, "000000")
    assert finish(desk, begun, app.at(desk.talk.now))
    desk.talk.wait(minutes=61)
    begun = begin(desk)
    desk.talk.says("办事处甲", f"登录 {begun.code}")
    desk.talk.says("办事处甲", "是")
    for _ in range(5):
        with refused("accounts.chat.otp_wrong"):
            finish(desk, begun, "000000")
    with refused("accounts.chat.blocked"):
        finish(desk, begun, app.at(desk.talk.now))


def test_a_telephone_that_was_bound_anew_confirms_nothing_until_somebody_vouches_for_it(desk: Desk) -> None:
    older = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {older.code}")
    desk.talk.says("陈桥甲", "是")
    desk.talk.says("新手机", f"绑定 {bind_codes.issue_code(desk.office, '13800000101', desk.talk.now)}")
    with refused(REFUSED):
        finish(desk, older)
    begun = begin(desk)
    assert "新绑定的手机" in desk.talk.says("新手机", f"登录 {begun.code}")
    assert "要有相应身份" in desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("办事处甲", "确认换机 陈桥甲")
    desk.talk.says("新手机", f"登录 {begun.code}")
    desk.talk.says("新手机", "是")
    assert finish(desk, begun)


def test_who_left_meanwhile_is_not_let_in(desk: Desk) -> None:
    begun = begin(desk)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("陈桥甲", "是")
    bind_codes.leave(desk.office, "13800000101", desk.talk.now)
    with refused(EXPIRED):
        finish(desk, begun)


@pytest.mark.parametrize(
    ("words", "part", "lane", "danger"),
    [
        ("我不想活了", "12356", "restricted", "suicide"), ("家里着火了", "119", "emergency", "fire"),
        ("我要举报兰天甲收红包", "12388", "restricted", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["right", "wrong"])
def test_danger_and_restricted_words_behind_it_are_read(
    desk: Desk, words: str, part: str, lane: str, danger: str | None, code: str
) -> None:
    begun = begin(desk)
    said = desk.talk.says("陈桥甲", f"登录 {begun.code if code == 'right' else wrong(begun)} {words}")
    assert part in said
    assert [(order.lane, order.danger) for order in desk.rows(orders)] == [(lane, danger)]
    assert ("是您本人" in said) is (code == "right")


def test_an_ordinary_request_behind_it_is_asked_for_apart(desk: Desk) -> None:
    assert "请另外发一条" in desk.talk.says("陈桥甲", f"登录 {begin(desk).code} 路灯坏了")
    assert "请另外发一条" not in desk.talk.says("陈桥甲", f"登录 {begin(desk).code} 谢谢")


@SQLITE
@pytest.mark.parametrize("words", ["登录不了医保网站，怎么办", "登录医保账户总是失败", "台风登陆后树倒了"])
def test_ordinary_words_that_begin_alike_are_no_command(desk: Desk, words: str) -> None:
    for who in ("陈桥甲", "王阿姨"):
        said = desk.talk.says(who, words)
        assert "六位数字" not in said
        assert "要有相应身份" not in said


@SQLITE
def test_the_word_alone_tells_how(desk: Desk) -> None:
    assert "六位数字" in desk.talk.says("陈桥甲", "登录")


def test_neither_code_nor_browsers_secret_is_stored_and_an_address_that_asks_for_very_many_is_slowed_down(
    desk: Desk,
) -> None:
    begun = begin(desk)
    stored = str([(row.code_index, row.browser_index) for row in desk.rows(console_codes)])
    assert begun.code not in stored.split("'")
    assert begun.browser_secret not in stored
    for _ in range(chat.OPEN_MOST - 1):
        beginning.begin_chat(desk.office, CLIENT, desk.talk.now)
    with refused("accounts.chat.many"):
        for _ in range(20):  # one of them is the one of its second
            beginning.begin_chat(desk.office, CLIENT, desk.talk.now)
    time.sleep(1.1)
    begin(desk)
    beginning.begin_chat(desk.office, ELSEWHERE, desk.talk.now)
    assert desk.rows(accounts) == []
