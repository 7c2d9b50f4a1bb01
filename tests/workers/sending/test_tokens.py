"""The access token: asked for rarely, by one process at a time, however many want it and whatever the platform says."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import func, select

from bot.errors import Misconfigured
from bot.store.tables import notices as table
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT
from tests.sandbox.client import Sandbox
from tests.workers.conftest import CARD, add_person, deliver, later, write
from workers.resources import Desk, open_desk
from workers.wechat.error_codes import NoToken
from workers.wechat.platform import Platform
from workers.wechat.quota import Quota

THREADS = 24


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return CARD


@pytest.fixture
def settings_without_database(sandbox: Sandbox, redis_url: str) -> Settings:
    return load({**ENVIRONMENT, "WECHAT_API_URL": sandbox.base_url, "REDIS_URL": redis_url})


def process(settings: Settings, **changed: str) -> Platform:
    """What one more process would have."""
    redis = Redis.from_url(settings.redis)
    platform = Platform(settings, redis, Quota(redis, {}), 60)
    for name, value in changed.items():
        setattr(platform, name, value)
    return platform


def asked(sandbox: Sandbox) -> int:
    """How often a token was asked for, also where the answer was a refusal."""
    return sum(exchange["path"] == "/cgi-bin/stable_token" for exchange in sandbox.wire())


def all_at_once(*platforms: Platform, rejected: str = "") -> set[str]:
    """What all threads of all processes get."""
    found: set[str] = set()

    def ask(platform: Platform) -> None:
        try:
            found.add(platform.tokens.after(rejected) if rejected else platform.access_token)
        except (NoToken, Misconfigured) as error:
            found.add(type(error).__name__)

    threads = [threading.Thread(target=ask, args=(platform,)) for platform in platforms for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for platform in platforms:
        platform.close()
    return found


def test_a_cold_start_of_two_processes_with_many_threads_asks_once(
    settings_without_database: Settings, sandbox: Sandbox
) -> None:
    known = settings_without_database
    assert len(all_at_once(process(known), process(known))) == 1
    assert asked(sandbox) == 1


def test_after_redis_was_wiped_a_new_process_gets_the_same_token(
    settings_without_database: Settings, sandbox: Sandbox
) -> None:
    known = settings_without_database
    before = all_at_once(process(known))
    Redis.from_url(known.redis).flushall()
    assert all_at_once(process(known)) == before
    assert asked(sandbox) == 2


def test_a_token_that_expired_early_is_replaced_once_for_all(
    settings_without_database: Settings, sandbox: Sandbox
) -> None:
    one, other = process(settings_without_database), process(settings_without_database)
    rejected = one.access_token
    assert other.access_token == rejected
    sandbox.set_faults(token_expired="once")
    (fresh,) = all_at_once(one, other, rejected=rejected)
    assert fresh != rejected
    assert asked(sandbox) == 2


def test_a_broken_token_call_is_not_repeated_by_every_thread(
    settings_without_database: Settings, sandbox: Sandbox
) -> None:
    sandbox.set_faults(http_500=1.0)
    assert all_at_once(process(settings_without_database)) == {"NoToken"}
    assert asked(sandbox) == 1


@pytest.mark.parametrize("secret", ["wrong"])
def test_a_wrong_secret_is_asked_about_once_and_called_a_misconfiguration(
    secret: str, settings_without_database: Settings, sandbox: Sandbox
) -> None:
    assert all_at_once(process(settings_without_database, secret=secret)) == {"Misconfigured"}
    assert asked(sandbox) == 1


def test_two_processes_that_send_while_the_token_ends_tell_each_once(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openids = sandbox.new_users(60)
    write(desk, *(add_person(desk, openid) for openid in openids))
    assert desk.means.platform.access_token
    sandbox.set_faults(token_expired="once")
    other = open_desk(settings)
    second = threading.Thread(target=deliver, args=(other,))
    second.start()
    deliver(desk)
    second.join()
    other.close()
    assert sorted(send["openid"] for send in sandbox.sent()) == sorted(openids)
    assert asked(sandbox) == 2


def test_a_platform_that_rejects_every_token_is_asked_for_a_handful_only(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    write(desk, *(add_person(desk, openid) for openid in sandbox.new_users(40)))
    sandbox.set_faults(token_expired=True)
    deliver(desk)
    for _ in range(4):
        later(desk, settings)
    assert asked(sandbox) <= 5
    with desk.db.reading() as tx:
        assert tx.value(select(func.count()).where(table.c.state == "pending", table.c.tries == 0)) == 40
