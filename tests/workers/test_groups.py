"""A broadcast in a WeCom group: one post for everybody of a branch whom no personal channel reaches."""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from bot.services.notices import group_posts as group_post_of
from bot.services.notices import outbox
from bot.store.schema.sending import attempts, group_posts
from bot.store.sending import notices as written
from bot.store.tables import broadcasts, notices, roles
from config.settings import Settings
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.sandbox.faults import LOST
from tests.workers.conftest import add_person, deliver, person, told
from workers.resources import Desk, open_desk
from workers.sending.groups import LONGEST, fitting

API = "webhook/send"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
BODY = "请各位党员廉洁过节，不收受礼品礼金。"


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return {}


@pytest.fixture
def robots() -> Mapping[str, str]:
    return {"第一支部": f"{ADDRESS}one", "第二支部": f"{ADDRESS}two"}


@pytest.fixture
def environment(environment: dict[str, str], robots: Mapping[str, str], address: str) -> dict[str, str]:
    return {**environment, "WECOM_ROBOTS": json.dumps(robots), "WECOM_API_URL": address}


def add_member(desk: Desk, branch: str | None, openid: str | None = None, **values: Any) -> int:
    known = add_person(desk, openid, **values)
    with desk.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=known, role="member", branch=branch, skills=[]))
    return known


def broadcast(desk: Desk, *person_ids: int, body: str = BODY, audience: Any = None) -> int:
    now = datetime.now(UTC)
    row = {
        "kind": "reminder", "title": "中秋提醒", "body": body, "audience": audience or {}, "state": "sending",
        "author_id": person_ids[0], "created_at": now, "is_demo": False,
    }  # fmt: skip
    with desk.db.transaction() as tx:
        key = tx.run(insert(broadcasts).values(**row)).inserted_primary_key
        assert key is not None
        written.write(tx, person_ids, "broadcast", now=now, broadcast_id=key[0])
    return int(key[0])


def states(desk: Desk) -> list[str]:
    with desk.db.reading() as tx:
        return [row.state for row in tx.all(select(notices).order_by(notices.c.id))]


def posts(desk: Desk) -> list[Any]:
    with desk.db.reading() as tx:
        return list(tx.all(select(group_posts).order_by(group_posts.c.id)))


def made(desk: Desk) -> list[tuple[str, str]]:
    with desk.db.reading() as tx:
        return [(row.channel, row.outcome) for row in tx.all(select(attempts).order_by(attempts.c.id))]


def again(desk: Desk, seconds: float = 0) -> None:
    """What is put off is due now, as if so much time had passed for the posts."""
    long_ago, shift = datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=seconds)
    with desk.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.state == "pending").values(due_at=long_ago))
        for row in tx.all(select(group_posts)):
            tx.run(update(group_posts).where(group_posts.c.id == row.id).values(until=row.until - shift))
    deliver(desk)


def test_one_post_tells_everybody_of_a_branch_whom_nothing_else_reaches(desk: Desk, sandbox: Sandbox) -> None:
    members = [add_member(desk, "第一支部") for _ in range(30)]
    others = [add_member(desk, "第二支部") for _ in range(3)]
    number = broadcast(desk, *members, *others)
    deliver(desk)
    again(desk, 60)
    assert states(desk) == ["sent"] * 33
    (text,) = sandbox.group_posts("one")
    assert "中秋提醒\n" + BODY in text
    assert "在群里回复不算" in text
    assert len(sandbox.group_posts("two")) == 1
    assert made(desk) == [("wecom", "taken")] * 33
    assert [(row.broadcast_id, row.branch, row.round, row.state, row.message) for row in posts(desk)] == [
        (number, "第一支部", 0, "sent", text), (number, "第二支部", 0, "sent", text)
    ]  # fmt: skip


@SQLITE
def test_who_is_reached_personally_is_told_personally(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    broadcast(desk, add_member(desk, "第一支部", openid, chat=5))
    deliver(desk)
    assert (told(sandbox, openid), sandbox.group_posts()) == (["custom"], [])


@SQLITE
def test_only_broadcasts_go_into_a_group(desk: Desk, sandbox: Sandbox) -> None:
    known = add_member(desk, "第一支部")
    with desk.db.transaction() as tx:
        for event in ("late", "account_renew", "place_danger"):
            written.write(tx, [known], event, now=datetime.now(UTC), facts={"title": "x", "until": "y"})
    deliver(desk)
    assert (states(desk), sandbox.group_posts()) == (["waiting"] * 3, [])


@SQLITE
def test_who_is_of_no_branch_or_of_one_without_a_robot_waits(desk: Desk, sandbox: Sandbox) -> None:
    broadcast(desk, add_member(desk, None), add_member(desk, "第三支部"), add_person(desk, None))
    deliver(desk)
    assert (states(desk), sandbox.group_posts()) == (["waiting"] * 3, [])


class TestOneRobotForAll:
    @pytest.fixture
    def robots(self) -> Mapping[str, str]:
        return {"*": f"{ADDRESS}all"}

    @SQLITE
    def test_it_posts_once_for_all_branches(self, desk: Desk, sandbox: Sandbox) -> None:
        broadcast(desk, add_member(desk, "第一支部"), add_member(desk, "第二支部"), add_member(desk, None))
        deliver(desk)
        again(desk, 60)
        assert (states(desk), len(sandbox.group_posts("all"))) == (["sent", "sent", "waiting"], 1)


def test_two_workers_post_once(desk: Desk, settings: Settings, sandbox: Sandbox) -> None:
    broadcast(desk, *(add_member(desk, "第一支部") for _ in range(60)))
    sandbox.set_faults(latencies={API: 200})
    other = open_desk(settings)
    threads = [threading.Thread(target=deliver, args=(one,)) for one in (desk, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    again(desk, 60)
    assert (set(states(desk)), len(sandbox.group_posts("one"))) == ({"sent"}, 1)


@SQLITE
def test_each_broadcast_is_a_post_and_twenty_a_minute_are_the_most(desk: Desk, sandbox: Sandbox) -> None:
    known = add_member(desk, "第一支部")
    for _ in range(22):
        broadcast(desk, known)
    deliver(desk)
    assert len(sandbox.group_posts("one")) == 20
    assert sandbox.calls(API) == 20
    assert sorted(states(desk)) == ["pending"] * 2 + ["sent"] * 20


@pytest.mark.parametrize("code", [45009, -1, 45033])
@SQLITE
def test_what_the_platform_cannot_take_now_is_posted_later(code: int, desk: Desk, sandbox: Sandbox) -> None:
    sandbox.answer_next(API, code)
    broadcast(desk, add_member(desk, "第一支部"))
    deliver(desk)
    assert (states(desk), posts(desk)[0].state, posts(desk)[0].begun) == (["pending"], "due", 0)
    desk.redis.flushall()
    fresh = open_desk(desk.settings)
    again(fresh, 120)
    fresh.close()
    assert (states(desk), len(sandbox.group_posts("one"))) == (["sent"], 1)


@SQLITE
def test_an_error_with_http_200_is_no_success(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.answer_next(API, 40058)
    broadcast(desk, add_member(desk, "第一支部"), add_member(desk, "第一支部"))
    deliver(desk)
    again(desk, 60)
    assert (states(desk), sandbox.calls(API), posts(desk)[0].state) == (["waiting"] * 2, 1, "failed")
    assert made(desk) == [("wecom", "refused")] * 2


class TestUnknownRobot:
    @pytest.fixture
    def robots(self) -> Mapping[str, str]:
        return {"第一支部": f"{ADDRESS}unknown", "第二支部": f"{ADDRESS}two"}

    @SQLITE
    def test_a_robot_that_is_gone_rests_alone(self, desk: Desk, sandbox: Sandbox) -> None:
        broadcast(desk, add_member(desk, "第一支部"), add_member(desk, "第二支部"))
        deliver(desk)
        assert states(desk) == ["pending", "sent"]
        assert ("wecom", "misconfigured") in made(desk)
        broadcast(desk, add_member(desk, "第一支部"), add_member(desk, "第二支部"))
        deliver(desk)
        assert (sandbox.calls(API), len(sandbox.group_posts("two"))) == (3, 2)


@SQLITE
def test_after_a_lost_answer_it_is_posted_once_more_and_then_counts_as_sent(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.answer_next(API, LOST, LOST)
    broadcast(desk, add_member(desk, "第一支部"), add_member(desk, "第一支部"))
    deliver(desk)
    assert (states(desk), posts(desk)[0].state) == (["pending"] * 2, "unknown")
    again(desk)
    assert sandbox.calls(API) == 1  # not before the twenty seconds are over
    again(desk, 25)
    again(desk, 25)
    assert (states(desk), posts(desk)[0].state, sandbox.calls(API)) == (["sent"] * 2, "sent", 2)


def test_a_worker_that_was_killed_in_the_middle_leads_to_one_more_post_at_most(desk: Desk, sandbox: Sandbox) -> None:
    broadcast(desk, add_member(desk, "第一支部"))
    now = datetime.now(UTC)
    (letter,) = outbox.exchange(desk, [], 1, now)
    for begun in (1, 2):
        row, is_mine = group_post_of.begin(desk.db, letter, "第一支部", "text", now + timedelta(minutes=begun))
        assert (is_mine, row.begun) == (True, begun)
    with desk.db.transaction() as tx:
        tx.run(update(notices).values(state="pending"))
    again(desk, 3600)
    assert (states(desk), posts(desk)[0].state, sandbox.group_posts()) == (["sent"], "sent", [])


@SQLITE
def test_a_long_one_is_cut_and_told_whole_with_the_next_reply(desk: Desk, sandbox: Sandbox) -> None:
    known = add_member(desk, "第一支部")
    broadcast(desk, known, body="廉洁过节，" * 300)
    deliver(desk)
    (text,) = sandbox.group_posts("one")
    assert "…\n（发到群里的通知" in text
    with desk.db.transaction() as tx:
        waiting = outbox.reply_with_waiting(desk, tx, person(desk, known), 2000, datetime.now(UTC))
    assert waiting.ids


@given(st.text(max_size=900), st.text(max_size=40))
def test_no_post_is_longer_than_a_robot_may_post_and_none_ends_in_half_a_character(text: str, note: str) -> None:
    said, whole = fitting(text * 4, note)
    assert len(said.encode("utf-8", "surrogatepass")) <= LONGEST
    assert said.endswith("\n" + note)
    assert whole is (text * 4 in said and "…\n" not in said.removeprefix(text * 4)[:2])


class TestOff:
    @pytest.fixture
    def robots(self) -> Mapping[str, str]:
        return {}

    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in environment.items() if not name.startswith("WECOM_")}

    @SQLITE
    def test_without_robots_no_group_is_told(self, desk: Desk, sandbox: Sandbox) -> None:
        broadcast(desk, add_member(desk, "第一支部"))
        deliver(desk)
        assert (states(desk), sandbox.group_posts()) == (["waiting"], [])


@pytest.mark.parametrize(
    ("audience", "posted"),
    [
        ({"role": ["member"]}, 1),
        ({"branch": ["第一支部"]}, 1),
        ({"names": ["张三"]}, 0),
        ({"role": ["staff"]}, 0),
        ({"exclude": ["李四"]}, 0),
    ],
)
def test_a_group_reads_only_what_is_for_all_of_it(desk: Desk, audience: dict[str, Any], posted: int) -> None:
    broadcast(desk, add_member(desk, "第一支部"), audience=audience)
    deliver(desk)
    assert len(posts(desk)) == posted
