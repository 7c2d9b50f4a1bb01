"""A template is used for a notice only if it carries something of it; a broadcast's body goes before its title."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from bot.services.notices.outbox import Letter, exchange
from bot.services.notices.reach import fields
from bot.store.sending import notices
from bot.store.tables import broadcasts
from config.settings import Template
from tests.workers.conftest import add_person, deliver, notice
from tests.workers.platform import FakePlatform
from workers.resources import Desk

BARE = {"character_string1": "code", "thing2": "what", "phrase3": "state", "name4": "who", "time5": "when"}
BODY = "请各位党员廉洁过节，不收受礼品礼金。"


@pytest.fixture(params=["template", "subscribe"])
def templates(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return {"*": {"id": "T", "kind": request.param, "fields": BARE}}


def tell(desk: Desk, person_id: int, **facts: str) -> None:
    with desk.db.transaction() as tx:
        notices.write(tx, [person_id], "late", now=datetime.now(UTC), facts=facts)


def broadcast(desk: Desk, person_id: int, kind: str, details: Mapping[str, str] | None = None) -> None:
    now = datetime.now(UTC)
    row = {
        "details": details,
        "kind": kind, "title": "提醒", "body": BODY, "audience": {}, "state": "sending", "author_id": person_id,
        "created_at": now, "is_demo": False,
    }  # fmt: skip
    with desk.db.transaction() as tx:
        key = tx.run(insert(broadcasts).values(**row)).inserted_primary_key
        assert key is not None
        notices.write(tx, [person_id], "broadcast", now=now, broadcast_id=key[0])


def test_the_card_of_a_meeting_says_when_and_where_it_is(desk: Desk, platform: FakePlatform) -> None:
    held = {"at": "2026-12-04T09:30:00+08:00", "place": "三楼会议室"}
    broadcast(desk, add_person(desk, "oA", chat=0), "meeting", held)
    deliver(desk)
    ((_, body),) = platform.sent
    assert body["data"]["time5"]["value"].startswith("2026-12-04 09:30")


def sent(platform: FakePlatform) -> list[str]:
    return [path.rsplit("/", 2)[1] for path, _ in platform.sent]


@pytest.mark.parametrize("facts", [{}, {"code": "", "title": ""}, {"what": " \n"}, {"title": "提醒"}, {"code": "编号"}])
@pytest.mark.parametrize("chat", [5, 0], ids=["window open", "window closed"])
def test_a_template_without_any_fact_of_the_notice_is_not_used(
    chat: int, facts: dict[str, str], desk: Desk, platform: FakePlatform
) -> None:
    tell(desk, add_person(desk, "oA", chat=chat), body="订单已收到", **facts)
    deliver(desk)
    assert sent(platform) == (["custom"] if chat else [])
    assert notice(desk).state == ("sent" if chat else "waiting")


@pytest.mark.parametrize("facts", [{"code": "1234567"}, {"what": "路灯不亮"}, {"when": "2026-11-24 12:00"}])
def test_a_template_that_carries_one_fact_is_used(facts: dict[str, str], desk: Desk, platform: FakePlatform) -> None:
    tell(desk, add_person(desk, "oA", chat=5), body="订单已收到", **facts)
    deliver(desk)
    assert [path for path in sent(platform) if path != "custom"] == sent(platform) != []


@pytest.mark.parametrize("kind", ["reminder", "bulletin", "meeting", "service"])
def test_the_body_of_a_broadcast_reaches_whom_a_channel_can_tell_it(
    kind: str, desk: Desk, platform: FakePlatform
) -> None:
    broadcast(desk, add_person(desk, "oA", chat=5), kind)
    deliver(desk)
    ((path, body),) = platform.sent
    assert path.endswith("/custom/send")
    assert BODY in body["text"]["content"]


def test_without_such_a_channel_number_and_title_of_a_broadcast_are_told(desk: Desk, platform: FakePlatform) -> None:
    broadcast(desk, add_person(desk, "oA"), "meeting")
    deliver(desk)
    ((path, body),) = platform.sent
    assert not path.endswith("/custom/send")
    assert body["data"]["thing2"] == {"value": "提醒"}


@pytest.mark.parametrize(
    ("field", "value", "carried"),
    [
        ("thing1", "字", True), ("thing1", " \t", False), ("phrase1", "abc", False), ("phrase1", "已办结", True),
        ("time1", "提醒", False), ("date1", "2026-11-24", True), ("character_string1", "编号", False),
        ("number1", "第 7 号", True), ("name1", "123", False),
    ],
)  # fmt: skip
def test_a_fact_of_which_the_field_admits_nothing_is_not_carried(
    field: str, value: str, carried: bool, desk: Desk
) -> None:
    tell(desk, add_person(desk, "oA"), title=value)
    (letter,) = exchange(desk, [], 1, datetime.now(UTC))
    assert isinstance(letter, Letter)
    template = Template(id="T", kind="template", fields={field: "title"})
    assert fields.carried(template, letter) == ({"title"} if carried else set())
