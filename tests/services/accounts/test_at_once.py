"""Several tries in the same instant: each counts, and what serves once serves one of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.errors import Spoken
from bot.services.accounts import setting_up, setup_codes, signing_in
from bot.services.accounts.by_chat import beginning, chat
from bot.store.schema.accounts import accounts
from tests.services.accounts.desk import CLIENT, OTHER, PASSWORD, Desk


def done(number: int, do: Callable[[], object]) -> int:
    """How many of so many at once are not refused."""

    def is_done(_: int) -> bool:
        try:
            return do() is not False
        except Spoken:
            return False

    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(is_done, range(number)))


def test_guesses_at_once_are_five_failures_and_one_lock(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    now = desk.talk.now
    assert done(8, lambda: signing_in.sign_in(desk.office, "陈桥甲", OTHER, "", CLIENT, now)) == 0
    assert desk.rows(accounts)[0].failures == 5
    assert desk.acts("console.locked") == [("console.locked", "minutes 15")]


def test_a_one_time_password_serves_one_of_them(desk: Desk) -> None:
    desk.has_password("办事处甲")
    code, now = desk.enrol(desk.sign_in("办事处甲")).at(desk.talk.now), desk.talk.now
    assert done(4, lambda: signing_in.sign_in(desk.office, "办事处甲", PASSWORD, code, CLIENT, now)) == 1


def test_a_code_to_set_a_password_serves_one_of_them(desk: Desk) -> None:
    code = setup_codes.issue_setup_code(desk.office, desk.id_of("陈桥甲"), None, desk.talk.now)
    assert done(4, lambda: setting_up.set_password(desk.office, code, PASSWORD, desk.talk.now)) == 1


def test_a_confirmed_browser_gets_one_session(desk: Desk) -> None:
    begun = beginning.begin_chat(desk.office, CLIENT, desk.talk.now)
    desk.talk.says("陈桥甲", f"登录 {begun.code}")
    desk.talk.says("陈桥甲", "是")
    assert done(4, lambda: chat.finish_chat(desk.office, begun.browser_secret, CLIENT, desk.talk.now)) == 1
    assert len(desk.acts("console.in")) == 1
