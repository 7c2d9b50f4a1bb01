"""Signing in to the console by the account's QR code: who scans it has typed the number under it, and nothing else is true of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import select

from bot.console.access import COOKIE
from bot.services.accounts.by_chat import beginning, chat, pictures
from bot.services.accounts.by_chat.pictures import SCENE
from bot.services.accounts.clients import Client
from bot.store.schema.accounts import console_codes
from config.queues import SERIALIZER, SIGN_IN_JOB, SIGN_INS
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT
from tests.console.conftest import Browser, World
from tests.databases import SQLITE
from tests.listening import listening
from tests.sandbox import app as sandbox
from tests.sandbox.options import Options
from workers.resources import Desk, open_desk
from workers.wechat import signing_in

NUMBER = re.compile(r"登录 (\d{6})")
CLIENT = Client("127.0.0.1", "Werkzeug")


@pytest.fixture(scope="module")
def platform() -> Iterator[str]:
    options = Options(
        app_id=ENVIRONMENT["WECHAT_APP_ID"],
        secret=ENVIRONMENT["WECHAT_APP_SECRET"],
        token=ENVIRONMENT["WECHAT_TOKEN"],
        port=0,
    )
    with listening(sandbox.create_app(options)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def settings(database_url: str, redis_server: str, tmp_path: Path, platform: str) -> Settings:
    with Redis.from_url(redis_server) as redis:
        redis.flushdb()
    return load({
        **ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path),
        "WECHAT_API_URL": platform,
    })  # fmt: skip


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """A worker's."""
    opened = open_desk(settings)
    yield opened
    opened.close()


def begun(world: World) -> Browser:
    browser = world.nobody()
    browser.open("/console/login/chat?new=1")
    return browser


def number(browser: Browser) -> str:
    found = NUMBER.search(browser.page)
    assert found
    return found[1]


def scans(world: World, name: str, scene: str, event: str = "scan") -> str:
    return world.talk.says(name, "", kind="event", event=event, event_key=scene)


def signed_in(browser: Browser) -> bool:
    return browser.client.get_cookie(COOKIE, path="/console") is not None


def test_the_page_waits_for_a_worker_and_draws_the_code_itself(world: World, desk: Desk) -> None:
    browser = world.nobody()
    answer = browser.open("/console/login/chat?new=1")
    assert answer.headers["Refresh"] == "1; url=/console/login/chat"
    code = number(browser)
    with Redis.from_url(world.office.settings.redis) as redis:
        jobs = Queue(SIGN_INS, connection=redis, serializer=SERIALIZER).get_jobs()
    assert [job.func_name for job in jobs] == [SIGN_IN_JOB]
    signing_in.answer(desk)
    answer = browser.open("/console/login/chat")
    assert "Refresh" not in answer.headers
    assert 'src="data:image/svg+xml' in browser.page
    assert "登录用的微信二维码" in browser.page
    assert number(browser) == code  # the same sign-in, and the way without a scan
    with world.office.db.reading() as tx:
        row = tx.run(select(console_codes).where(console_codes.c.kind == "chat")).one()
    assert row.code_sealed is None
    assert row.picture.startswith("http://weixin.qq.com/q/")
    assert "weixin.qq.com" not in browser.page  # drawn, not fetched


@pytest.mark.parametrize("event", ["scan", "subscribe"])
def test_who_scans_is_asked_and_yes_signs_in(world: World, event: str) -> None:
    browser = begun(world)
    scene = ("qrscene_" if event == "subscribe" else "") + SCENE + number(browser)
    asked = scans(world, "陈桥甲", scene, event)
    assert "有人要登录工作台" in asked
    assert "127.0.0.1" in asked
    browser.send("/console/login/chat")
    assert not signed_in(browser)
    assert "马上打开" in world.talk.says("陈桥甲", "是")
    assert browser.send("/console/login/chat").status_code == 303
    assert signed_in(browser)
    assert browser.open("/console/").status_code == 200
    assert "没有这个数字" in scans(world, "陈桥甲", scene, event)  # it serves once


@SQLITE
def test_a_code_that_was_scanned_is_one_persons(world: World) -> None:
    browser = begun(world)
    scene = SCENE + number(browser)
    scans(world, "陈桥甲", scene)
    assert "没有这个数字" in scans(world, "陈桥乙", scene)
    assert "有人要登录工作台" in scans(world, "陈桥甲", scene)  # looked away and scanned again
    world.talk.says("陈桥乙", "是")
    browser.send("/console/login/chat")
    assert not signed_in(browser)


@SQLITE
def test_whoever_is_not_on_the_roster_signs_in_nowhere(world: World) -> None:
    browser = begun(world)
    assert "要有相应身份" in scans(world, "王阿姨", SCENE + number(browser))
    world.talk.says("王阿姨", "是")
    browser.send("/console/login/chat")
    assert not signed_in(browser)


@SQLITE
def test_no_and_three_minutes_end_it(world: World) -> None:
    refused, late = begun(world), begun(world)
    scans(world, "陈桥甲", SCENE + number(refused))
    assert "已拦下" in world.talk.says("陈桥甲", "不是")
    refused.send("/console/login/chat")
    assert "没有登录" in refused.page
    world.talk.wait(minutes=4)
    assert "没有这个数字" in scans(world, "陈桥甲", SCENE + number(late))


@SQLITE
def test_another_browser_gets_nothing_of_it(world: World) -> None:
    mine = beginning.begin_chat(world.office, CLIENT, world.talk.now)
    scans(world, "陈桥甲", SCENE + mine.code)
    world.talk.says("陈桥甲", "是")
    theirs = begun(world)
    theirs.send("/console/login/chat")
    assert not signed_in(theirs)
    assert chat.finish_chat(world.office, mine.browser_secret, CLIENT, world.talk.now)


@SQLITE
def test_a_platform_that_makes_no_code_leaves_the_number(world: World, desk: Desk) -> None:
    broken = open_desk(replace(desk.settings, wechat_api_url="http://127.0.0.1:9"))
    browser = begun(world)
    signing_in.answer(broken)
    broken.close()
    assert not pictures.take(world.office, world.talk.now)  # it is not asked for again
    browser.open("/console/login/chat")
    assert "data:image/svg+xml" not in browser.page
    assert number(browser)
