"""Codes to set a password: once, for a day, for people of the roster; which passwords are taken; changing one."""

import re

import pytest

from bot.errors import NotFound, NotUnderstood
from bot.services.accounts import setting_up, setup_codes
from bot.store.persons import people
from bot.store.schema.accounts import accounts, console_codes
from tests.databases import SQLITE
from tests.services.accounts.desk import OTHER, PASSWORD, Desk, refused
from tests.talk import openid

UNKNOWN = "accounts.code.unknown"


def issue(desk: Desk, name: str = "陈桥甲") -> str:
    return setup_codes.issue_setup_code(desk.office, desk.id_of(name), None, desk.talk.now)


def use(desk: Desk, code: str, password: str = PASSWORD) -> None:
    setting_up.set_password(desk.office, code, password, desk.talk.now)


def test_a_code_serves_once_however_it_is_typed(desk: Desk) -> None:
    code = issue(desk)
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{12}", code)
    use(desk, f" {code[:4].lower()}-{code[4:8]} {code[8:]}")
    with refused(UNKNOWN):
        use(desk, code, OTHER)
    assert desk.sign_in("陈桥甲")
    assert desk.acts("console.failed") == [("console.failed", "setup code")]


def test_a_code_lasts_a_day_and_an_older_one_ends_with_the_next(desk: Desk) -> None:
    first, second = issue(desk), issue(desk)
    other = issue(desk, "陈桥乙")
    with refused(UNKNOWN):
        use(desk, first)
    desk.talk.wait(hours=23, minutes=59)
    use(desk, second)
    desk.talk.wait(minutes=1)
    with refused(UNKNOWN):
        use(desk, other)


def test_no_code_is_stored(desk: Desk) -> None:
    code = issue(desk)
    assert code not in str(desk.rows(console_codes))


def test_an_administrator_issues_codes_and_nobody_else(desk: Desk) -> None:
    now, person, admin = desk.talk.now, desk.id_of("陈桥甲"), desk.id_of("办事处甲")
    use(desk, setup_codes.issue_setup_code(desk.office, person, admin, now))
    for other in ("陈桥乙", "纪检甲", "党员甲"):
        with refused("accounts.code.admins"):
            setup_codes.issue_setup_code(desk.office, person, desk.id_of(other), now)
    assert desk.acts("console.code") == [("console.code", None)]


def test_who_is_not_on_the_roster_gets_no_code(desk: Desk) -> None:
    desk.talk.says("王阿姨", "你好")
    with desk.office.db.reading() as tx:
        resident = people.find(tx, openid("王阿姨"))
    assert resident is not None
    with pytest.raises(NotFound):
        setup_codes.issue_setup_code(desk.office, resident.id, None, desk.talk.now)


def test_a_code_resets_password_lock_one_time_passwords_and_sessions(desk: Desk) -> None:
    desk.has_password("办事处甲")
    opened = desk.sign_in("办事处甲")
    app = desk.enrol(opened)
    for _ in range(5):
        assert desk.is_refused("办事处甲", OTHER)
    use(desk, issue(desk, "办事处甲"), OTHER)
    assert desk.current(opened) is None
    assert desk.is_refused("办事处甲", PASSWORD, app.at(desk.talk.now))
    again = desk.sign_in("办事处甲", OTHER)
    assert again.must_enrol
    (account,) = desk.rows(accounts)
    assert (account.totp_sealed, account.totp_next_sealed, account.totp_last_step) == (None, None, None)


@SQLITE
@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("短密码123", "short"), ("九个字符的密码啊哈", "short"), ("长" * 129, "long"), ("陈桥甲最喜欢吃西瓜了", "own"),
        ("陳橋甲最喜歡吃西瓜了", "own"), ("13800000101abc", "own"), ("1234567890", "common"), ("１２３４５６７８９０", "common"),
        ("Password123", "common"), ("aaaaaaaaaaaa", "common"), ("ababababab", "common"), ("9876543210", "common"),
        ("QWERTYUIOP", "common"),
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_with_its_reason_and_the_code_stays_good(
    desk: Desk, password: str, key: str
) -> None:
    code = issue(desk)
    with pytest.raises(NotUnderstood, match=f"^accounts.password.{key}$") as found:
        use(desk, code, password)
    assert desk.office.say(found.value.key, **found.value.facts)
    use(desk, code)


@SQLITE
@pytest.mark.parametrize(
    "password", ["十个字的密码刚刚好吧！", "correct horse battery", "x7#" * 42 + "ab", "张三李四王五赵六孙七"]
)
def test_a_long_password_of_any_characters_is_taken(desk: Desk, password: str) -> None:
    use(desk, issue(desk), password)
    assert desk.sign_in("陈桥甲", password)


def test_a_changed_password_ends_the_other_sessions(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    here, there = desk.sign_in("陈桥甲"), desk.sign_in("陈桥甲")
    pending = issue(desk)
    setting_up.change_password(desk.office, here.person_id, PASSWORD, OTHER, desk.talk.now, here.session_id)
    assert desk.current(here) is not None
    assert desk.current(there) is None
    assert desk.is_refused("陈桥甲", PASSWORD)
    assert desk.sign_in("陈桥甲", OTHER)
    with refused(UNKNOWN):
        use(desk, pending)
    assert desk.acts("console.password") == [("console.password", "by code"), ("console.password", None)]


def test_a_wrong_old_password_changes_nothing_and_counts_as_a_failure(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    for password in [OTHER] * 5 + [PASSWORD]:
        with refused("accounts.password.wrong_old"):
            setting_up.change_password(
                desk.office, opened.person_id, password, "another good one", desk.talk.now, opened.session_id
            )
    assert desk.is_refused("陈桥甲")
    desk.talk.wait(minutes=15)
    assert desk.sign_in("陈桥甲")


def test_a_weak_new_password_is_refused(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    with pytest.raises(NotUnderstood):
        setting_up.change_password(desk.office, opened.person_id, PASSWORD, "short", desk.talk.now, opened.session_id)
