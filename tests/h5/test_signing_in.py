"""Signing in by the platform's OAuth, as the sandbox plays it: what is refused, what ends a session, where one goes on to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from redis import Redis
from rq import Queue
from sqlalchemy import select, update

from bot.h5.access import COOKIE
from bot.h5.signing_in import BROWSER
from bot.services.clock import clockwork
from bot.services.deletion import operator, proof
from bot.services.h5.signing_in import MOST_WAITING
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.persons import h5 as store
from bot.store.schema.h5 import h5_sessions, h5_sign_ins
from bot.store.tables import persons
from config.queues import SERIALIZER, SIGN_IN_JOB, SIGN_INS
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT
from tests.console.conftest import Browser
from tests.h5.conftest import World
from tests.listening import listening
from tests.sandbox import app as sandbox
from tests.sandbox.options import Options
from tests.talk import openid
from workers.resources import Desk, open_desk
from workers.wechat import signing_in
from workers.wechat.signing_in import SignIns

SECRET = ENVIRONMENT["WECHAT_APP_SECRET"]


@pytest.fixture(scope="session")
def platform() -> Iterator[str]:
    """The address of a sandbox."""
    made = sandbox.create_app(
        Options(app_id=ENVIRONMENT["WECHAT_APP_ID"], secret=SECRET, token=ENVIRONMENT["WECHAT_TOKEN"], port=0)
    )
    with listening(made) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def settings(database_url: str, redis_server: str, tmp_path: Path, platform: str) -> Settings:
    return load({
        **ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path),
        "WECHAT_API_URL": platform, "WECHAT_OPEN_URL": platform,
    })  # fmt: skip


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """A worker's."""
    with Redis.from_url(settings.redis) as redis:
        redis.flushdb()
    opened = open_desk(settings)
    yield opened
    opened.close()


@dataclass
class Phone:
    """Somebody's WeChat, and the browser in it."""

    world: World
    desk: Desk
    name: str = "王阿姨"
    browser: Browser = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.world.nobody()

    def asks(self, address: str = "/h5/my") -> str:
        """Where the platform is asked who this is."""
        found = self.browser.open(address)
        assert found.status_code == 303
        found = self.browser.open(found.location)
        assert found.status_code == 303
        return str(found.location)

    def comes_back(self, asked: str, **more: str) -> str:
        """The address to which the platform sends this person, with its code."""
        address = asked.split("#")[0] + "".join(f"&{name}={value}" for name, value in more.items())
        answer = requests.get(f"{address}&sandbox_openid={openid(self.name)}", allow_redirects=False, timeout=5)
        assert answer.status_code == 302
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def signs_in(self, address: str = "/h5/my") -> str:
        """All of it; the address in the end."""
        waits = self.browser.open(self.comes_back(self.asks(address)))
        assert waits.status_code == 303
        signing_in.answer(self.desk)
        return str(self.browser.open(waits.location).location)

    @property
    def is_signed_in(self) -> bool:
        return self.browser.open("/h5/my").status_code == 200


@pytest.fixture
def phone(world: World, desk: Desk) -> Phone:
    return Phone(world, desk)


def rows(office: Office, table: object) -> int:
    with office.db.reading() as tx:
        return len(tx.all(select(table)))  # type: ignore[call-overload]


def test_a_person_is_known_by_the_account_and_goes_on_to_the_page_that_was_asked_for(phone: Phone) -> None:
    code = phone.world.placed()
    assert phone.signs_in(f"/h5/orders/{code}") == f"/h5/orders/{code}"
    assert phone.browser.open(f"/h5/orders/{code}").status_code == 200


def test_the_platform_is_asked_for_the_openid_alone_with_a_state_it_admits(phone: Phone) -> None:
    query = parse_qs(urlsplit(phone.asks()).query)
    assert query["scope"] == ["snsapi_base"]
    assert query["state"][0].isalnum()
    assert len(query["state"][0]) <= 128
    assert query["redirect_uri"][0].startswith(phone.world.office.settings.public + "/h5/signed-in?")
    assert SECRET not in str(query)


def test_the_page_waits_for_a_worker_and_looks_again(phone: Phone) -> None:
    waits = phone.browser.open(phone.comes_back(phone.asks())).location
    answer = phone.browser.open(waits)
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "1")
    assert "正在用微信登录" in phone.browser.page
    with Redis.from_url(phone.world.office.settings.redis) as redis:
        jobs = Queue(SIGN_INS, connection=redis, serializer=SERIALIZER).get_jobs()
    assert [(job.func_name, list(job.args)) for job in jobs] == [(SIGN_IN_JOB, [])]
    busy = SignIns(phone.desk)
    busy()
    busy.wait()
    assert phone.browser.open(waits).location == "/h5/my"
    assert phone.is_signed_in


def test_the_cookie_is_of_this_path_and_no_script_reads_it(phone: Phone) -> None:
    waits = phone.browser.open(phone.comes_back(phone.asks())).location
    signing_in.answer(phone.desk)
    (cookie,) = [
        each for each in phone.browser.open(waits).headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}=")
    ]
    assert {"HttpOnly", "Path=/h5", "SameSite=Lax", "Max-Age=604800"} <= {part.strip() for part in cookie.split(";")}
    token = cookie.split("=", 1)[1].split(";")[0]
    with phone.world.office.db.reading() as tx:
        assert token not in str(tx.all(select(h5_sessions)))


@pytest.mark.parametrize("change", ["first", "last", "short", "none"])
def test_a_forged_state_is_refused(phone: Phone, change: str) -> None:
    back = phone.comes_back(phone.asks())
    state = parse_qs(urlsplit(back).query)["state"][0]
    other = {
        "first": "f" + state[1:],
        "last": state[:-1] + ("0" if state[-1] != "0" else "1"),
        "short": state[:-1],
        "none": "",
    }
    assert phone.browser.open(back.replace(state, other[change])).status_code == 403
    assert rows(phone.world.office, h5_sign_ins) == 0


def test_a_state_serves_once(phone: Phone) -> None:
    back = phone.comes_back(phone.asks())
    assert phone.browser.open(back).status_code == 303
    assert phone.browser.open(back).status_code == 403
    assert rows(phone.world.office, h5_sign_ins) == 1


def test_a_state_and_a_sign_in_are_of_one_browser(phone: Phone) -> None:
    """Whoever sends somebody the address with their own code signs nobody in to their own account."""
    other = Phone(phone.world, phone.desk, "李大爷")
    other.asks()
    back = phone.comes_back(phone.asks())
    assert other.browser.open(back).status_code == 403
    assert phone.world.nobody().open(back).status_code == 403
    waits = phone.browser.open(back).location
    signing_in.answer(phone.desk)
    assert other.browser.open(waits).status_code == 403
    assert not other.is_signed_in
    assert phone.browser.open(waits).status_code == 303


def test_a_state_is_of_the_page_that_was_asked_for(phone: Phone) -> None:
    back = phone.comes_back(phone.asks("/h5/my"))
    assert phone.browser.open(back.replace(quote("/h5/my", safe=""), quote("/h5/privacy", safe=""))).status_code == 403


def test_a_state_is_good_for_five_minutes(phone: Phone) -> None:
    from bot.services.h5 import signing_in as use

    office, now = phone.world.office, datetime.now(UTC)
    for age, is_good in ((timedelta(minutes=4, seconds=58), True), (timedelta(minutes=5, seconds=2), False)):
        state = use.new_state(office, "browser", "/h5/my", now - age)
        if is_good:
            assert use.came_back(office, state, "code", "browser", "/h5/my", now)
        else:
            with pytest.raises(Exception, match="again"):
                use.came_back(office, state, "code", "browser", "/h5/my", now)


def test_a_sign_in_opens_one_session(phone: Phone) -> None:
    waits = phone.browser.open(phone.comes_back(phone.asks())).location
    signing_in.answer(phone.desk)
    cookie = phone.browser.client.get_cookie(BROWSER, path="/h5")
    assert cookie is not None
    assert phone.browser.open(waits).status_code == 303
    phone.browser.client.set_cookie(BROWSER, cookie.value, path="/h5")
    assert phone.browser.open(waits).status_code == 403
    assert rows(phone.world.office, h5_sessions) == 1


def test_a_code_that_the_platform_refuses_signs_nobody_in(phone: Phone) -> None:
    back = phone.comes_back(phone.asks())
    code = parse_qs(urlsplit(back).query)["code"][0]
    waits = phone.browser.open(back.replace(code, "0" * 32)).location
    signing_in.answer(phone.desk)
    assert phone.browser.open(waits).status_code == 403
    assert "请再试一次" in phone.browser.page
    assert not phone.is_signed_in


def test_a_virtual_openid_is_bound_to_nobody(phone: Phone) -> None:
    people = rows(phone.world.office, persons)
    waits = phone.browser.open(phone.comes_back(phone.asks(), sandbox_snapshot="1")).location
    signing_in.answer(phone.desk)
    assert phone.browser.open(waits).status_code == 403
    assert "使用完整服务" in phone.browser.page
    assert rows(phone.world.office, persons) == people


def test_a_platform_that_does_not_answer_signs_nobody_in(world: World, settings: Settings) -> None:
    desk = open_desk(replace(settings, wechat_api_url="http://127.0.0.1:9"))
    phone = Phone(world, desk)
    waits = phone.browser.open(phone.comes_back(phone.asks())).location
    signing_in.answer(desk)
    assert phone.browser.open(waits).status_code == 403
    desk.close()


def test_a_flood_of_codes_is_refused_before_it_reaches_the_platform(phone: Phone) -> None:
    back, now = phone.comes_back(phone.asks()), datetime.now(UTC)
    with phone.world.office.db.transaction() as tx:
        for number in range(MOST_WAITING):
            store.ask(tx, f"state {number}", "browser", "code", now)
    assert phone.browser.open(back).status_code == 403
    assert rows(phone.world.office, h5_sign_ins) == MOST_WAITING


def test_nobody_waits_for_ever(phone: Phone) -> None:
    waits = phone.browser.open(phone.comes_back(phone.asks())).location
    with phone.world.office.db.transaction() as tx:
        tx.run(update(h5_sign_ins).values(created_at=datetime.now(UTC) - timedelta(seconds=21)))
    assert phone.browser.open(waits).status_code == 403
    assert "还没有回话" in phone.browser.page


@pytest.mark.parametrize(
    "after",
    [
        "https://evil.example/",
        "//evil.example/h5/",
        "/h5/../console/",
        "/console/",
        "/h5/\\evil.example",
        "/h5/\n",
        "h5/my",
        "/h5",
    ],
)
def test_one_goes_on_to_our_own_pages_alone(phone: Phone, after: str) -> None:
    asked = str(phone.browser.open(f"/h5/sign-in?after={quote(after, safe='')}").location)
    waits = phone.browser.open(phone.comes_back(asked)).location
    signing_in.answer(phone.desk)
    number = waits.split("?")[0]
    assert phone.browser.open(f"{number}?after={quote(after, safe='')}").location == "/h5/"


def test_who_has_never_written_may_sign_in_and_is_no_follower(phone: Phone) -> None:
    phone.name = "新来的"
    phone.signs_in()
    assert phone.is_signed_in
    with phone.world.office.db.reading() as tx:
        row = tx.first(select(persons).where(persons.c.openid == openid("新来的")))
    assert row is not None
    assert not row.subscribed


def test_signing_out_ends_the_session(phone: Phone) -> None:
    phone.signs_in()
    phone.browser.open("/h5/my")
    assert phone.browser.send("/h5/leave").status_code == 200
    assert rows(phone.world.office, h5_sessions) == 0


def test_a_session_lasts_seven_days(phone: Phone) -> None:
    phone.signs_in()
    for age, lasts in ((timedelta(days=6, hours=23), True), (timedelta(days=7, seconds=1), False)):
        with phone.world.office.db.transaction() as tx:
            tx.run(update(h5_sessions).values(created_at=datetime.now(UTC) - age))
        assert phone.is_signed_in is lasts
    for work in clockwork.sweep(phone.world.office, datetime.now(UTC)):
        work.do()
    assert rows(phone.world.office, h5_sessions) == 0


def test_unfollowing_ends_the_session(phone: Phone) -> None:
    phone.world.placed()
    phone.signs_in()
    phone.world.talk.says("王阿姨", "", kind="event", event="unsubscribe")
    assert not phone.is_signed_in


def test_a_deletion_ends_the_session_and_leaves_nothing_of_it(phone: Phone) -> None:
    phone.world.placed()
    phone.signs_in()
    operator.delete(phone.world.office, openid("王阿姨"), phone.world.talk.now)
    assert not phone.is_signed_in
    assert rows(phone.world.office, h5_sessions) == rows(phone.world.office, h5_sign_ins) == 0
    assert all(line.is_clean for line in proof.prove(phone.world.office, openid("王阿姨"), phone.world.talk.now))


def test_binding_another_device_ends_the_sessions_of_both(world: World, desk: Desk) -> None:
    old, new = Phone(world, desk, "党员一"), Phone(world, desk, "新手机")
    old.signs_in()
    new.signs_in()
    world.talk.says("新手机", f"绑定 {bind_codes.issue_code(world.office, '13800000111', world.talk.now)}")
    assert not old.is_signed_in
    assert not new.is_signed_in
    old.signs_in()  # as who it is now: nobody of the roster
    assert old.browser.open("/h5/tasks").status_code == 404
    new.signs_in()
    assert new.browser.open("/h5/tasks").status_code == 200


def test_the_web_process_works_without_the_app_secret(phone: Phone) -> None:
    office = phone.world.office
    bare = replace(office, settings=replace(office.settings, wechat_app_secret=""))
    phone.world.app.extensions["office"] = bare
    assert phone.signs_in() == "/h5/my"
