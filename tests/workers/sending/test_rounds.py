"""What a broadcast says in each round, and by which channel: the next one for who is reminded."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.broadcasts.life import State
from bot.store.broadcasts import recipients, written
from bot.store.tables import broadcasts, notices, persons, roles
from tests.workers.conftest import CARD, add_person, deliver
from tests.workers.platform import FakePlatform
from workers.resources import Desk

CHAT, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"
BODY = "请勿收受礼品礼金。"


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return CARD


def started(desk: Desk, kind: str = "reminder", **values: Any) -> Any:
    """A broadcast to everybody of the roster that goes out now."""
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        ids = [row.id for row in tx.all(select(persons.c.id))]
        tx.run(insert(roles), [{"person_id": one, "role": "member", "skills": []} for one in ids])
        row = written.add(
            tx, kind=kind, title="节前提醒", body=BODY, audience={"role": ["member"]}, state=State.SENDING,
            author_id=ids[0], created_at=now, due_from=now, is_demo=False, **values,
        )  # fmt: skip
        recipients.freeze(tx, row, now, now, now)
    return row


def remind(desk: Desk, row: Any, round_: int) -> None:
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        recipients.remind(tx, row, round_, now)
        tx.run(update(broadcasts).values(state=State.SENT, due_from=now, rounds=round_))
    deliver(desk)


def paths(platform: FakePlatform) -> list[str]:
    return [path for path, _ in platform.sent]


def said(platform: FakePlatform) -> list[str]:
    return [body["text"]["content"] for path, body in platform.sent if path == CHAT]


def test_each_round_goes_by_the_next_channel_and_by_the_same_where_there_is_one(
    desk: Desk, platform: FakePlatform
) -> None:
    add_person(desk, "oA", chat=5)
    row = started(desk)
    deliver(desk)
    remind(desk, row, 1)
    assert sorted(paths(platform)) == [CHAT, TEMPLATE]
    remind(desk, row, 2)
    assert len(paths(platform)) == 3
    add_person(desk, "oB")
    with desk.db.transaction() as tx:
        tx.run(update(notices).values(state="failed"))
    other = started(desk)
    platform.sent.clear()
    deliver(desk)
    remind(desk, other, 1)
    assert [path for path, body in platform.sent if body["touser"] == "oB"] == [TEMPLATE, TEMPLATE]


def test_a_reminder_says_that_it_is_one_and_a_bulletin_asks_for_no_answer(desk: Desk, platform: FakePlatform) -> None:
    add_person(desk, "oA", chat=9, channels="chat")
    row = started(desk)
    deliver(desk)
    remind(desk, row, 1)
    started(desk, "bulletin", year=2026, number=3)
    deliver(desk)
    started(
        desk,
        "meeting",
        details={"at": "2026-03-05T01:00:00+00:00", "until": "2026-03-05T02:30:00+00:00", "place": "二楼"},
    )
    deliver(desk)
    first, again, bulletin, meeting = said(platform)
    assert BODY in first
    assert again == f"【再次提醒】{first}"
    assert "2026年第3期 节前提醒" in bulletin
    assert "收到" not in bulletin
    assert "时间：2026-03-05 09:00 到 10:30\n地点：二楼" in meeting


def test_a_correction_says_what_is_wrong_and_not_the_text_again(desk: Desk, platform: FakePlatform) -> None:
    add_person(desk, "oA", chat=5, channels="chat")
    row, now = started(desk), datetime.now(UTC)
    deliver(desk)
    with desk.db.transaction() as tx:
        tx.run(update(broadcasts).values(state=State.RECALLED, due_from=now))
        assert recipients.correct(tx, row, "时间写错了，以新通知为准。", now, now) == 1
    deliver(desk)
    assert "时间写错了" in said(platform)[1]
    assert BODY not in said(platform)[1]


def test_a_paused_one_is_not_taken_by_a_worker(desk: Desk, platform: FakePlatform) -> None:
    add_person(desk, "oA", chat=5)
    started(desk)
    with desk.db.transaction() as tx:
        tx.run(update(broadcasts).values(state=State.PAUSED))
    assert (deliver(desk), platform.sent) == (0, [])
