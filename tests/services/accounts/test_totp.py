"""One-time passwords: required of administrators and discipline staff, each code serves once."""

from datetime import timedelta

import pyotp
import pytest

from bot.services.accounts import enrolling, setting_up, totp
from bot.store.schema.accounts import accounts
from bot.store.tables import roles
from tests.databases import SQLITE
from tests.services.accounts.desk import OTHER, PASSWORD, Desk, refused

STEP = timedelta(seconds=totp.STEP)


@pytest.mark.parametrize("name", ["办事处甲", "纪检甲"])
def test_without_one_time_passwords_the_session_is_good_for_setting_them_up_alone(desk: Desk, name: str) -> None:
    desk.has_password(name)
    opened = desk.sign_in(name)
    signed = desk.current(opened)
    assert opened.must_enrol
    assert signed is not None
    assert signed.must_enrol
    desk.enrol(opened)
    signed = desk.current(opened)
    assert signed is not None
    assert not signed.must_enrol
    assert desk.acts("console.totp") == [("console.totp", None)]


def test_staff_need_none(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    assert not desk.sign_in("陈桥甲").must_enrol


def test_once_set_up_nobody_signs_in_without_a_code(desk: Desk) -> None:
    for name in ("办事处甲", "陈桥甲"):
        desk.has_password(name)
        app = desk.enrol(desk.sign_in(name))
        assert desk.is_refused(name)
        assert desk.is_refused(name, PASSWORD, "000000")
        code = app.at(desk.talk.now)
        assert not desk.sign_in(name, PASSWORD, f" {code[:3]} {code[3:]} ").must_enrol


def test_a_code_serves_once_and_so_does_the_one_that_set_it_up(desk: Desk) -> None:
    desk.has_password("办事处甲")
    opened = desk.sign_in("办事处甲")
    begun = enrolling.begin_totp(desk.office, opened.session_id, desk.talk.now)
    code = pyotp.TOTP(begun.secret).at(desk.talk.now)
    enrolling.confirm_totp(desk.office, opened.session_id, code, PASSWORD, desk.talk.now)
    assert desk.is_refused("办事处甲", PASSWORD, code)
    desk.talk.wait(minutes=2)
    app = pyotp.TOTP(begun.secret)
    code = app.at(desk.talk.now)
    assert desk.sign_in("办事处甲", PASSWORD, code)
    assert desk.is_refused("办事处甲", PASSWORD, code)
    assert desk.is_refused("办事处甲", PASSWORD, app.at(desk.talk.now - STEP)), "an older one neither"


def test_a_step_before_and_after_is_taken_and_no_other(desk: Desk) -> None:
    desk.has_password("办事处甲")
    app = desk.enrol(desk.sign_in("办事处甲"))
    for offset, taken in ((-2, False), (2, False), (-1, True), (1, True)):
        desk.talk.wait(minutes=5)
        assert desk.is_refused("办事处甲", PASSWORD, app.at(desk.talk.now + offset * STEP)) is not taken


def test_wrong_codes_lock_as_wrong_passwords_do(desk: Desk) -> None:
    desk.has_password("办事处甲")
    app = desk.enrol(desk.sign_in("办事处甲"))
    for _ in range(5):
        assert desk.is_refused("办事处甲", PASSWORD, "123456")
    assert desk.is_refused("办事处甲", PASSWORD, app.at(desk.talk.now))
    desk.talk.wait(minutes=15)
    assert desk.sign_in("办事处甲", PASSWORD, app.at(desk.talk.now))


def test_the_secret_is_shown_again_until_it_is_confirmed_and_never_after(desk: Desk) -> None:
    desk.has_password("办事处甲")
    opened = desk.sign_in("办事处甲")
    first = enrolling.begin_totp(desk.office, opened.session_id, desk.talk.now)
    with refused("accounts.totp.wrong"):
        enrolling.confirm_totp(desk.office, opened.session_id, "000000", PASSWORD, desk.talk.now)
    assert enrolling.begin_totp(desk.office, opened.session_id, desk.talk.now) == first
    assert first.uri.startswith("otpauth://totp/")
    assert f"secret={first.secret}" in first.uri
    assert first.secret.encode() not in b"".join(
        each for row in desk.rows(accounts) for each in row if isinstance(each, bytes)
    )
    desk.enrol(opened)
    with refused("accounts.totp.there"):
        enrolling.begin_totp(desk.office, opened.session_id, desk.talk.now)
    with refused("accounts.totp.none"):
        enrolling.confirm_totp(
            desk.office, opened.session_id, pyotp.TOTP(first.secret).at(desk.talk.now), PASSWORD, desk.talk.now
        )


def test_what_another_session_was_shown_is_not_what_the_person_confirms(desk: Desk) -> None:
    desk.has_password("办事处甲")
    stolen, own = desk.sign_in("办事处甲"), desk.sign_in("办事处甲")
    seen = enrolling.begin_totp(desk.office, stolen.session_id, desk.talk.now)
    mine = enrolling.begin_totp(desk.office, own.session_id, desk.talk.now)
    assert mine.secret != seen.secret
    for session, begun in ((stolen, seen), (stolen, mine)):
        with refused("accounts.totp.none"):
            code = pyotp.TOTP(begun.secret).at(desk.talk.now)
            enrolling.confirm_totp(desk.office, session.session_id, code, PASSWORD, desk.talk.now)
    with refused("accounts.totp.wrong"):
        code = pyotp.TOTP(seen.secret).at(desk.talk.now)
        enrolling.confirm_totp(desk.office, own.session_id, code, PASSWORD, desk.talk.now)
    code = pyotp.TOTP(mine.secret).at(desk.talk.now)
    enrolling.confirm_totp(desk.office, own.session_id, code, PASSWORD, desk.talk.now)
    with refused("accounts.totp.none"):  # ended with it
        enrolling.begin_totp(desk.office, stolen.session_id, desk.talk.now)


def test_setting_up_ends_the_sessions_that_were_opened_by_the_password_alone(desk: Desk) -> None:
    desk.has_password("办事处甲")
    here, there = desk.sign_in("办事处甲"), desk.sign_in("办事处甲")
    desk.enrol(here)
    assert desk.current(here) is not None
    assert desk.current(there) is None


@SQLITE
def test_who_becomes_an_administrator_must_set_them_up_at_once(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    with desk.office.db.transaction() as tx:
        tx.run(roles.insert().values(person_id=opened.person_id, role="admin", skills=[]))
    signed = desk.current(opened)
    assert signed is not None
    assert signed.must_enrol


def test_an_open_session_sets_up_nothing_without_the_password(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    begun = enrolling.begin_totp(desk.office, opened.session_id, desk.talk.now)
    with refused("accounts.proof.wrong"):
        enrolling.confirm_totp(
            desk.office, opened.session_id, pyotp.TOTP(begun.secret).at(desk.talk.now), "guessed", desk.talk.now
        )
    assert ("console.failed", "failures 1") in desk.acts("console.failed")
    assert not desk.sign_in("陈桥甲").must_enrol  # the owner's password is enough as before
    assert "console.totp" not in [act for act, _ in desk.acts()]


def test_another_password_needs_a_one_time_password_too(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    app = desk.enrol(opened)
    with refused("accounts.password.wrong_old"):
        setting_up.change_password(desk.office, opened.person_id, PASSWORD, OTHER, desk.talk.now, opened.session_id)
    setting_up.change_password(
        desk.office, opened.person_id, PASSWORD, OTHER, desk.talk.now, opened.session_id, app.at(desk.talk.now)
    )
    desk.talk.wait(minutes=2)
    assert desk.current(opened) is not None
    assert desk.sign_in("陈桥甲", OTHER, app.at(desk.talk.now))
