"""Every route with every role: what is not in the table is refused; forms need their token; nobody is led elsewhere."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.console.access import COOKIE, HOMES, ROUTES
from bot.services.accounts import clients, rate, setting_up, setup_codes
from bot.services.accounts.clients import Client
from config.queues import connect
from tests.console.conftest import Browser, World
from tests.databases import SQLITE

pytestmark = SQLITE  # what is tested is nothing of the database's

PEOPLE = {"staff": "陈桥甲", "admin": "办事处甲", "discipline": "纪检甲", "member": "党员一"}
FIRST = {"discipline": "/console/broadcasts", "member": "/console/account"}
"""The first page of whoever has no board."""
ARGUMENTS = {"code": "1234567", "command": "publish", "number": 1, "unknown": "nothing"}


def rules(world: World) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every route of the console."""
    for rule in world.app.url_map.iter_rules():
        if not rule.rule.startswith("/console"):
            continue
        address = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: str(ARGUMENTS.get(found[1], 1)), rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address


def test_every_route_has_its_line_in_the_table_and_every_line_its_route(world: World) -> None:
    assert {endpoint for endpoint, _, _ in rules(world)} == set(ROUTES)


def test_without_signing_in_only_the_way_in_is_open(world: World) -> None:
    for endpoint, method, address in rules(world):
        browser = world.nobody()
        browser.open("/console/login")
        answer = browser.client.get(address) if method == "GET" else browser.send(address)
        if not ROUTES[endpoint]:
            assert answer.status_code in (200, 303, 404), endpoint  # 404: a file of the static folder that is none
        else:
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/console/login"), endpoint


@pytest.mark.parametrize("role", PEOPLE)
def test_a_role_opens_what_the_table_says_and_nothing_else(world: World, role: str) -> None:
    for endpoint, method, address in rules(world):
        if endpoint in ("console.sign_in.leave", "console.sign_in.missing", "console.static"):
            continue
        browser = world.at(PEOPLE[role])
        browser.open("/console/account")
        answer = browser.client.get(address) if method == "GET" else browser.send(address)
        if endpoint == HOMES[0] and role not in ROUTES[endpoint]:
            assert (answer.status_code, answer.location) == (302, FIRST[role]), endpoint
        elif ROUTES[endpoint] and role not in ROUTES[endpoint]:
            assert answer.status_code == 404, endpoint
        else:
            assert answer.status_code < 500, endpoint


def test_a_form_without_its_token_is_refused_and_does_nothing(world: World) -> None:
    code = world.placed()
    for endpoint, method, address in rules(world):
        if method != "POST":
            continue
        answer = world.at("陈桥甲").client.post(
            address.replace("1234567", code), data={"words": "转物业", "version": "1"}
        )
        assert answer.status_code == 400, endpoint
    assert "待受理" in world.at("陈桥甲").open(f"/console/orders/{code}").get_data(as_text=True)


@pytest.mark.parametrize(
    "after",
    [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "/console/..//example.com\n",
        "/wechat",
        "javascript:alert(1)",
        "/console/%2e%2e/wechat",
        "/console/%252e%252e/wechat",
        "/console/.%2e/wechat",
        "/console/..%2fwechat",
        "/console/%5c..%5cwechat",
        "/console//example.com",
        "/console/%2f/example.com",
        "/console/./../wechat",
    ],
)
def test_nobody_is_led_to_another_place(world: World, after: str) -> None:
    browser = world.nobody()
    browser.open(f"/console/login?next={after}")
    assert "example.com" not in browser.page
    assert 'name="next"' not in browser.page
    code = world.placed()
    staff = world.at("陈桥甲")
    staff.open(f"/console/orders/{code}")
    assert staff.send(f"/console/orders/{code}/publish", back=after).location == f"/console/orders/{code}"


@pytest.mark.parametrize("address", ["/console/", "/console/login", "/console/static/console.js", "/console/nothing"])
def test_every_answer_keeps_to_our_own_host(world: World, address: str) -> None:
    browser = world.at("陈桥甲")
    headers = browser.open(address, buffered=True).headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Referrer-Policy"] == "same-origin"


PASSWORD = "长一点的密码 2026"
TOO_MANY = "输错太多，请过"


def has_password(world: World, name: str) -> None:
    now = datetime.now(UTC)
    code = setup_codes.issue_setup_code(world.office, world.person(name), None, now)
    setting_up.set_password(world.office, code, PASSWORD, now)


def stranger(world: World, address: str) -> Browser:
    """A browser that nobody knows at an address that no other test has."""
    browser = world.nobody()
    browser.client.environ_base["REMOTE_ADDR"] = address
    with connect(world.office.settings.redis, timeout=5) as redis:
        for key in redis.scan_iter(f"wutong:sign_in:*{address}*"):
            redis.delete(key)
    return browser


def again(world: World, browser: Browser) -> Browser:
    """Another browser at the same address."""
    other = world.nobody()
    other.client.environ_base["REMOTE_ADDR"] = browser.client.environ_base["REMOTE_ADDR"]
    return other


def typed(browser: Browser, who: str, password: str) -> str:
    browser.open("/console/login")
    return str(browser.send("/console/login", who=who, password=password).get_data(as_text=True))


def test_one_name_is_guessed_at_one_address_for_a_while_alone_and_its_neighbours_sign_in(world: World) -> None:
    browser = stranger(world, "10.9.0.1")
    for _ in range(rate.OF_NAME - 1):
        rate.failed(world.office, Client("10.9.0.1", "test"), "nobody")
    assert TOO_MANY not in typed(browser, "nobody", "guess")
    assert TOO_MANY in typed(browser, "nobody", "guess")
    has_password(world, "陈桥甲")
    for _ in range(3):  # who signs in counts for nothing
        neighbour = again(world, browser)
        typed(neighbour, "陈桥甲", PASSWORD)
        assert neighbour.client.get("/console/account").status_code == 200


def test_where_very_much_fails_an_address_is_slowed_down_and_not_blocked(world: World) -> None:
    has_password(world, "陈桥甲")
    known = stranger(world, "10.9.0.2")
    typed(known, "陈桥甲", PASSWORD)
    for number in range(rate.OF_ADDRESS):
        rate.failed(world.office, Client("10.9.0.2", "test"), f"guess {number}")
    answers = [typed(again(world, known), f"other {number}", "guess") for number in range(3)]
    assert any(TOO_MANY in answer for answer in answers)
    known.open("/console/account")
    known.send("/console/logout")
    typed(known, "陈桥甲", PASSWORD)  # a browser that is known does not wait
    assert known.client.get("/console/account").status_code == 200
    time.sleep(1.1)
    new = again(world, known)
    typed(new, "陈桥甲", PASSWORD)
    assert new.client.get("/console/account").status_code == 200


def test_who_locks_a_name_from_outside_does_not_lock_its_own_browser_out(world: World) -> None:
    has_password(world, "陈桥甲")
    own, outsider = stranger(world, "10.9.0.3"), stranger(world, "10.9.0.4")
    typed(own, "陈桥甲", PASSWORD)
    own.open("/console/account")
    own.send("/console/logout")
    for _ in range(5):
        typed(outsider, "陈桥甲", "guess")
    typed(outsider, "陈桥甲", PASSWORD)
    assert outsider.client.get("/console/account").status_code == 303
    typed(own, "陈桥甲", PASSWORD)
    assert own.client.get("/console/account").status_code == 200
    for _ in range(rate.OF_DEVICE):  # but it may not guess on and on either
        typed(own, "陈桥甲", "guess")
    own.client.delete_cookie(COOKIE, path="/console")
    typed(own, "陈桥甲", PASSWORD)
    assert own.client.get("/console/account").status_code == 303


def test_a_mark_of_a_browser_is_of_its_person_and_cannot_be_made(world: World) -> None:
    first, other = world.person("陈桥甲"), world.person("陈桥乙")
    with world.office.db.reading() as tx:
        mark = clients.remembered(tx, Client("a", "b"), first)
        both = clients.remembered(tx, Client("a", "b", mark), other)
        assert clients.is_known(tx, Client("a", "b", both), first)
        assert clients.is_known(tx, Client("a", "b", both), other)
        assert not clients.is_known(tx, Client("a", "b", mark), other)
        forged = mark.replace(f"{first}.", f"{other}.", 1)
        assert not clients.is_known(tx, Client("a", "b", forged), other)


def test_the_session_that_was_there_before_signing_in_is_another_one_afterwards(world: World) -> None:
    now = datetime.now(UTC)
    setting_up.set_password(
        world.office,
        setup_codes.issue_setup_code(world.office, world.person("陈桥甲"), None, now),
        "长一点的密码 2026",
        now,
    )
    browser = world.nobody()
    browser.client.set_cookie("wutong_console", "chosen-by-somebody-else", path="/console")
    browser.open("/console/login")
    answer = browser.send("/console/login", who="陈桥甲", password="长一点的密码 2026")
    assert (answer.status_code, answer.location) == (303, "/console/")
    cookie = browser.client.get_cookie("wutong_console", path="/console")
    assert cookie is not None
    assert cookie.value != "chosen-by-somebody-else"
    assert cookie.http_only
    assert browser.open("/console/").status_code == 200
    browser.send("/console/logout")
    assert browser.open("/console/").status_code == 303


@pytest.mark.parametrize("role", PEOPLE)
def test_from_a_page_that_is_none_one_goes_to_a_page_that_the_role_may_open(world: World, role: str) -> None:
    browser = world.at(PEOPLE[role])
    assert browser.open("/console/nothing").status_code == 404
    back = re.search(r'<p><a href="([^"]+)">', browser.page)
    assert back
    assert browser.open(back[1]).status_code == 200
    assert browser.open("/console/", follow_redirects=True).status_code == 200
