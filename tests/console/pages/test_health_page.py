"""运行: the state of the service with and without Redis, and failed notices that are sent again where that makes sense."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import select, update

from bot.services.console import retrying
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.migrate import newest
from bot.store.persons import people
from bot.store.schema.records import audit
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.tables import notices, persons
from config.queues import PAUSED_KEY, TOKEN_KEY
from tests.console.conftest import World

ODD = "43004 <b>require</b> subscribe"


def failed(world: World, reason: str = ODD, event: str = "place_staff", **values: Any) -> list[int]:
    """The notices of an event are failed now; their ids."""
    with world.office.db.transaction() as tx:
        now = datetime.now(UTC)
        found = [row.id for row in tx.all(select(notices.c.id).where(notices.c.event == event).order_by(notices.c.id))]
        given = {"state": "failed", "reason": reason, "created_at": notices.c.created_at, "due_at": now, **values}
        tx.run(update(notices).where(notices.c.id.in_(found)).values(**given))
    assert found
    return found


def states(world: World, ids: list[int]) -> list[str]:
    with world.office.db.reading() as tx:
        return [
            row.state for row in tx.all(select(notices.c.state).where(notices.c.id.in_(ids)).order_by(notices.c.id))
        ]


def test_the_page_tells_how_the_service_is(world: World) -> None:
    key = f"{TOKEN_KEY}:{world.office.settings.wechat_app_id}"
    with Redis.from_url(world.office.settings.redis) as redis:
        redis.set(key, "secret-token", ex=3600)
        redis.set(f"{PAUSED_KEY}:chat", "45009 reach max", ex=60)
    browser = world.at("办事处甲")
    assert browser.open("/console/health").status_code == 200
    with Redis.from_url(world.office.settings.redis) as redis:
        redis.delete(key, f"{PAUSED_KEY}:chat")
    assert "<h1>运行</h1>" in browser.page
    for shown in (
        "在干活的进程：0 个",
        "客服消息",
        "45009 reach max",
        "还有约 60 分钟有效",
        newest(),
        "还没有备份过",
        "3.1",
    ):
        assert shown in browser.page
    assert "secret-token" not in browser.page


def test_the_page_works_without_redis(world: World) -> None:
    dead = replace(world.office.settings, redis_url="redis://127.0.0.1:1/0")
    world.app.extensions["office"] = replace(world.office, settings=dead)
    browser = world.at("办事处甲")
    assert browser.open("/console/health").status_code == 200
    assert "Redis 没有应答" in browser.page


def test_failed_notices_stand_by_reason_and_one_is_sent_again(world: World) -> None:
    world.placed()
    ids = failed(world)
    browser = world.at("办事处甲")
    browser.open("/console/health")
    assert "43004 &lt;b&gt;require" in browser.page
    assert "2 条" in browser.page
    assert browser.send("/console/health/retry", notice=str(ids[0])).status_code == 303
    assert states(world, ids) == ["pending", "failed"]
    with world.office.db.reading() as tx:
        (row,) = tx.all(select(audit).where(audit.c.act == "notice.retry"))
    assert (row.who_id, row.detail) == (world.person("办事处甲"), f"notice {ids[0]}")
    browser.open("/console/health")
    assert "1 条通知已重新排队" in browser.page


def test_all_alike_are_sent_again_also_by_channels_that_refused(world: World) -> None:
    world.placed()
    ids = failed(world)
    now = datetime.now(UTC)
    with world.office.db.transaction() as tx:
        attempts.add(
            tx, [(ids[0], Attempt(now, "template", Outcome.REFUSED)), (ids[1], Attempt(now, "chat", Outcome.TAKEN))]
        )
    browser = world.at("办事处甲")
    browser.open("/console/health")
    browser.send("/console/health/retry", reason=ODD)
    assert states(world, ids) == ["pending", "pending"]
    with world.office.db.reading() as tx:
        made = attempts.of(tx, ids)
    assert [one.outcome for one in made[ids[0]]] == [Outcome.REFUSED, Outcome.LATER]
    assert [one.outcome for one in made[ids[1]]] == [Outcome.TAKEN]


def test_what_was_taken_back_is_no_failure(world: World) -> None:
    world.placed()
    ids = failed(world, reason="withdrawn", facts_sealed=None)
    browser = world.at("办事处甲")
    browser.open("/console/health")
    assert "没有失败的通知" in browser.page
    for fields in ({"reason": "withdrawn"}, {"notice": str(ids[0])}, {"notice": "9" * 30}, {}):
        browser.send("/console/health/retry", **fields)
    assert set(states(world, ids)) == {"failed"}


def test_what_says_nothing_any_more_is_not_sent_again(world: World) -> None:
    world.placed()
    ids = failed(world, facts_sealed=None)
    browser = world.at("办事处甲")
    browser.open("/console/health")
    browser.send("/console/health/retry", reason=ODD)
    browser.open("/console/health")
    assert "还有 2 条没有重发" in browser.page
    assert set(states(world, ids)) == {"failed"}


def test_what_is_too_old_is_not_sent_again(world: World) -> None:
    world.placed()
    ids = failed(world)
    found = retrying.retry(world.office, _admin(world), datetime.now(UTC) + timedelta(days=16), reason=ODD)
    assert found.done == 0
    assert set(states(world, ids)) == {"failed"}


def test_what_somebody_has_dealt_with_meanwhile_is_not_sent_again(world: World) -> None:
    code = world.placed()
    ids = failed(world)
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    assert retrying.retry(world.office, _admin(world), datetime.now(UTC) + timedelta(hours=1), reason=ODD).done == 0
    assert set(states(world, ids)) == {"failed"}


def test_who_left_is_told_nothing(world: World) -> None:
    world.placed()
    ids = failed(world)
    office, now = world.office, datetime.now(UTC)
    bind_codes.leave(office, "13800000102", now)
    found = retrying.retry(office, _admin(world), now, reason=ODD)
    assert found.done == 1
    with office.db.reading() as tx:
        left = [row.id for row in tx.all(select(notices.c.id).where(notices.c.person_id == world.person("陈桥乙")))]
    assert "pending" not in states(world, [one for one in ids if one in left])


def test_an_order_that_is_withdrawn_is_told_to_nobody(world: World) -> None:
    code = world.placed()
    ids = failed(world)
    world.talk.says("王阿姨", f"撤单 {code}")
    world.talk.says("王阿姨", "是")
    retrying.retry(world.office, _admin(world), datetime.now(UTC), reason=ODD)
    assert "pending" not in states(world, ids)


def _admin(world: World) -> Seat:
    with world.office.db.reading() as tx:
        return Seat(world.person("办事处甲"), "办事处甲", people.rights_of(tx, world.person("办事处甲")))


@pytest.mark.parametrize("name", ["陈桥甲", "纪检甲", "党员一"])
def test_others_do_not_see_it(world: World, name: str) -> None:
    browser = world.at(name)
    assert browser.open("/console/health").status_code == 404
    browser.open("/console/account")
    assert browser.send("/console/health/retry", reason=ODD).status_code == 404


def test_names_of_residents_are_not_known_to_the_page(world: World, office: Office) -> None:
    code = world.placed()
    with office.db.transaction() as tx:
        person = tx.value(select(persons.c.id).where(persons.c.name.is_(None)))
        tx.run(
            update(notices)
            .where(notices.c.event == "place_staff")
            .values(person_id=person, state="failed", reason=None, due_at=datetime.now(UTC))
        )
    browser = world.at("办事处甲")
    browser.open("/console/health")
    assert "居民" in browser.page
    assert code in browser.page
    assert "13900001234" not in browser.page
