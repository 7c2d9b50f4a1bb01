"""What the platform allows a minute and a day, kept by all workers together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from redis import Redis

from bot.errors import RetryLater
from config.queues import EVERYTHING, connect
from workers.wechat.error_codes import UNTIL_MIDNIGHT, UsedUp
from workers.wechat.quota import BLOCK, Quota


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


def worker(redis: Redis, *, minute: int = 1000, day: int = 1000) -> Quota:
    return Quota(redis, {"card": {"minute": minute, "day": day}})


def sends(*quotas: Quota, tries: int = 200) -> int:
    """How many sends were allowed when all workers try in turn."""
    count = 0
    for number in range(tries):
        try:
            quotas[number % len(quotas)].take("card")
        except RetryLater:
            continue
        count += 1
    return count


def used_today(redis: Redis) -> int:
    return sum(int(redis.get(key) or 0) for key in redis.scan_iter("wutong:used:card:d*"))


@pytest.mark.parametrize("limit", [1, 24, 60])
@pytest.mark.parametrize("span", ["minute", "day"])
def test_all_workers_together_send_as_many_as_are_allowed(span: str, limit: int, redis: Redis) -> None:
    workers = [worker(redis, **{span: limit}) for _ in range(3)]
    assert sends(*workers) == limit


def test_what_the_day_allows_is_said_to_be_used_up_till_midnight(redis: Redis) -> None:
    quota = worker(redis, day=1)
    quota.take("card")
    with pytest.raises(UsedUp) as error:
        quota.take("card")
    assert 0 < error.value.seconds <= timedelta(days=1).total_seconds() + 1


def test_a_minute_that_is_full_does_not_use_up_the_day(redis: Redis) -> None:
    assert sends(worker(redis, minute=10)) == 10
    assert used_today(redis) == 10


def test_what_a_job_reserved_and_did_not_send_is_given_back(redis: Redis) -> None:
    for _ in range(5):
        quota = worker(redis)
        quota.take("card")
        quota.close()
    assert used_today(redis) == 5


def test_a_worker_whose_clock_is_wrong_counts_with_the_others(redis: Redis) -> None:
    assert sends(worker(redis, day=60), tries=2 * BLOCK) == 2 * BLOCK
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert sends(worker(redis, day=60)) == 60 - 2 * BLOCK


def test_a_pause_holds_for_a_worker_whose_clock_is_wrong(redis: Redis) -> None:
    worker(redis).pause(EVERYTHING, 60, "the configuration is wrong")
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert 50 < worker(redis).resting() <= 60.1


def test_an_api_whose_day_is_over_is_over_for_the_other_workers_too(redis: Redis) -> None:
    worker(redis).pause("card", UNTIL_MIDNIGHT, "45009")
    with pytest.raises(UsedUp):
        worker(redis).take("card")


def test_without_redis_nothing_is_held_back() -> None:
    assert sends(worker(connect("redis://127.0.0.1:1", timeout=0.1), minute=1), tries=30) == 30
