"""What the preview of a broadcast promises is what sending then does: the same channel for everybody, and the same nobody."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import insert, select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.dialogue.interface.broadcast import MassSend, Preview
from bot.services.broadcasts.drafts import approving, writing
from bot.services.notices.reach.mass import month_of
from bot.services.office import Office, no_nudge, open_office
from bot.store.schema.sending import attempts
from bot.store.sending.attempts import TOOK
from bot.store.tables import notices, persons, roles
from config.queues import OTHERS, PAUSED_KEY
from config.settings import Settings
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.services.alone import preview
from tests.workers.conftest import add_person, deliver
from tests.workers.sms.conftest import add_staff, sms_environment
from tests.workers.test_groups import ADDRESS
from tests.workers.test_mass import ALL, again, switch
from workers.resources import Desk

NOW = datetime.now(UTC)
SUBSCRIBE = {"*": {"id": "S-any", "kind": "subscribe", "fields": {"thing1": "title", "thing2": "body"}}}
WORDS = Written("reminder", "节前提醒", "廉洁过节。", Audience(role=("member",)))
OPEN: dict[str, Any] = {"chat_until": NOW + timedelta(hours=1)}


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return SUBSCRIBE


@pytest.fixture
def environment(environment: dict[str, str], address: str) -> dict[str, str]:
    robots = {"WECOM_ROBOTS": json.dumps({"第一支部": f"{ADDRESS}one"}), "WECOM_API_URL": address}
    return {**environment, **sms_environment("tencent", address), **robots, "SEND_HOURS": "00:00-24:00"}


@pytest.fixture
def office(settings: Settings, desk: Desk) -> Iterator[Office]:
    opened = open_office(settings, no_nudge)
    yield opened
    opened.db.close()


def member(desk: Desk, known: int, branch: str | None = None, name: str = "") -> int:
    with desk.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=known, role="member", branch=branch, skills=[]))
        tx.run(update(persons).where(persons.c.id == known).values(name=name or f"党员{known}"))
    return known


def everybody(desk: Desk, sandbox: Sandbox) -> Mapping[int, str]:
    """By person, the channel that they are to be told by; empty: none."""
    found, month = dict[int, str](), month_of(NOW)
    refuses: dict[str, Any] = {"refused_templates": ["S-any"]}

    def add(way: str, *, window: str = "", branch: str | None = None, **values: Any) -> None:
        openid = sandbox.new_user(window=window)
        found[member(desk, add_person(desk, openid, **values), branch)] = way
        if way == "subscription":
            sandbox.consent(openid, "S-any")

    add("subscription")
    add("subscription", window="message", chat_left=5, **OPEN)
    add("chat", window="message", chat_left=3, **OPEN, **refuses)
    add("mass", window="message", chat_left=2, **OPEN, **refuses)  # the last two messages are kept
    add("mass", **refuses)
    add("mass", mass_month=month, mass_count=3, **refuses)
    add("mass", branch="第一支部", **refuses)
    add("wecom", mass_month=month, mass_count=4, branch="第一支部", **refuses)
    add("", mass_month=month, mass_count=4, branch="第二支部", **refuses)
    add("", subscribed=False)
    add("", unreachable="failed:user block")
    add(
        "chat",
        subscribed=False,
        unreachable="failed:user block",
        click_until=NOW + timedelta(hours=1),
        click_left=3,
        window="click",
    )
    add("chat", channels="chat,subscription", window="message", chat_left=5, **OPEN)
    found[member(desk, add_staff(desk, "13800000001"))] = "sms"
    found[
        member(desk, add_staff(desk, "13800000002", sandbox.new_user(), mass_month=month, mass_count=4, **refuses))
    ] = "sms"
    found[member(desk, add_person(desk, None), "第一支部")] = "wecom"
    found[member(desk, add_person(desk, None), "第二支部")] = ""
    return found


def told_by(desk: Desk) -> Mapping[int, str]:
    """By person, the channel that took it; empty: none."""
    took = [one.value for one in TOOK]
    with desk.db.reading() as tx:
        rows = tx.all(
            select(notices.c.person_id, attempts.c.channel)
            .select_from(
                notices.outerjoin(attempts, (attempts.c.notice_id == notices.c.id) & attempts.c.outcome.in_(took))
            )
            .where(notices.c.broadcast_id.is_not(None))
        )
    return {row.person_id: row.channel or "" for row in rows}


def approved(desk: Desk, office: Office, words: Written) -> None:
    author, chief, other = (add_person(desk, None, name=name) for name in ("甲", "钱主任", "周纪检"))
    with desk.db.transaction() as tx:
        for one, role in ((author, "staff"), (chief, "admin"), (other, "discipline")):
            tx.run(insert(roles).values(person_id=one, role=role, skills=[]))
    number = writing.create(office, author, words, NOW)
    for one in (chief, other):
        approving.approve(office, number, one, NOW)


def promised(office: Office, words: Written = WORDS) -> Preview:
    office.adjustable.load()
    return preview(office, words, NOW)


def test_everybody_is_told_by_the_channel_that_the_preview_promised(
    desk: Desk, office: Office, sandbox: Sandbox
) -> None:
    switch(desk, ALL)
    expected = everybody(desk, sandbox)
    found = promised(office)
    counted = Counter(expected.values())
    assert dict(found.ways) == {way: number for way, number in counted.items() if way}
    assert sum(one.number for one in found.not_reached) == counted[""]
    assert (found.people, found.mass) == (len(expected), MassSend(4, 4, 4))
    assert {name for one in found.not_reached for name in one.names} == {
        f"党员{known}" for known, way in expected.items() if not way
    }
    approved(desk, office, WORDS)
    deliver(desk)
    again(desk)
    again(desk)
    again(desk)
    assert told_by(desk) == expected


@SQLITE
def test_where_one_alone_is_left_for_a_mass_send_the_next_channel_is_promised(
    desk: Desk, office: Office, sandbox: Sandbox
) -> None:
    switch(desk, ALL)
    known = member(desk, add_staff(desk, "13800000003", sandbox.new_user(), refused_templates=["S-any"]))
    assert (promised(office).ways, promised(office).mass) == ({"sms": 1}, None)
    approved(desk, office, WORDS)
    deliver(desk)
    again(desk)
    assert told_by(desk) == {known: "sms"}


@SQLITE
def test_no_channel_is_promised_that_rests_for_hours(
    desk: Desk, office: Office, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    known = member(desk, add_person(desk, openid, chat=5))
    assert promised(office).ways == {"subscription": 1}
    with Redis.from_url(settings.redis) as redis:
        redis.set(f"{PAUSED_KEY}:subscription", f"{OTHERS}45009", px=3_600_000)
        redis.set(f"{PAUSED_KEY}:chat", "45011 this minute", px=60_000)  # what waits a minute goes by the same channel
    fresh = replace(office, resting=type(office.resting)(settings.redis, ("subscription", "chat")))
    fresh.resting.now()
    sandbox.wait_until(lambda: promised(fresh).ways == {"chat": 1})
    with Redis.from_url(settings.redis) as redis:
        redis.delete(f"{PAUSED_KEY}:chat")
    approved(desk, office, WORDS)
    deliver(desk)
    assert told_by(desk) == {known: "chat"}


@SQLITE
def test_without_redis_a_preview_comes_all_the_same(desk: Desk, office: Office, sandbox: Sandbox) -> None:
    member(desk, add_person(desk, sandbox.new_user()))
    away = type(office.resting)("redis://127.0.0.1:1", ("subscription",))
    assert promised(replace(office, resting=away)).ways == {"subscription": 1}
