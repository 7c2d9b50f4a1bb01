"""The one message a day: several broadcasts of no duty in one message, by whatever channel carries it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.broadcasts.life import State
from bot.services.notices import outbox, receipts
from bot.store.broadcasts import digests, preferences, recipients, written
from bot.store.persons import people
from bot.store.sending import notice_queue, withdrawals
from bot.store.sending import notices as store
from bot.store.sending.attempts import Outcome
from bot.store.tables import broadcasts, notices, persons, roles
from tests.workers.conftest import CARD, LONG_AGO, add_person, attempts, deliver, sent_as
from tests.workers.platform import FakePlatform
from workers.resources import Desk

CHAT, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return CARD


def collector(desk: Desk, openid: str | None, **values: Any) -> int:
    """A member who wishes one message a day."""
    person = add_person(desk, openid, **values)
    with desk.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=person, role="member", skills=[]))
        preferences.put(tx, person, digest=True)
    return person


def start(desk: Desk, title: str, body: str = "正文。", kind: str = "bulletin") -> Any:
    """A broadcast to all members that goes out now; who collects gets it in the message of now."""
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        author = tx.value(select(func.min(persons.c.id)))
        row = written.add(
            tx, kind=kind, title=title, body=body, audience={"role": ["member"]}, state=State.SENDING,
            author_id=author, created_at=now, due_from=now, is_demo=False,
        )  # fmt: skip
        recipients.freeze(tx, row, now, now, now)
    return row


def gather(desk: Desk, day: str = "2026-03-02") -> int:
    with desk.db.transaction() as tx:
        return digests.gather(tx, day, datetime.now(UTC))


def of(desk: Desk, *rows: Any) -> list[tuple[str, bool]]:
    """(state, whether it is in a digest) of the notices of these broadcasts."""
    query = select(notices).where(notices.c.broadcast_id.in_([row.id for row in rows])).order_by(notices.c.id)
    with desk.db.reading() as tx:
        return [(row.state, row.digest_id is not None) for row in tx.all(query)]


def the_digest(desk: Desk) -> Any:
    with desk.db.reading() as tx:
        (found,) = tx.all(select(notices).where(notices.c.event == digests.EVENT))
    return found


def change(desk: Desk, row: Any, **values: Any) -> None:
    with desk.db.transaction() as tx:
        tx.run(update(broadcasts).where(broadcasts.c.id == row.id).values(**values))


def chats(platform: FakePlatform) -> list[str]:
    return [body["text"]["content"] for path, body in platform.sent if path == CHAT]


def cards(platform: FakePlatform) -> list[dict[str, Any]]:
    return [body for path, body in platform.sent if path == TEMPLATE]


def test_all_of_a_day_go_in_one_message_with_their_words(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=5, channels="chat")
    rows = [start(desk, "防汛"), start(desk, "停水", kind="service"), start(desk, "检查")]
    assert (deliver(desk), platform.sent) == (0, [])  # not before its time
    assert gather(desk) == 1
    deliver(desk)
    (text,) = chats(platform)
    assert all(word in text for word in ("共 3 条", "防汛", "停水", "检查", "正文。"))
    assert of(desk, *rows) == [("sent", True)] * 3
    assert the_digest(desk).state == "sent"


def test_a_duty_is_never_in_it(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    start(desk, "通报一")
    start(desk, "通报二")
    duty = start(desk, "廉洁过节", kind="reminder")
    with desk.db.transaction() as tx:
        store.write(tx, [the_person(desk)], "late", now=datetime.now(UTC), facts={"body": "您的单", "title": "单"})
    deliver(desk)
    assert [("廉洁过节" in text, "您的单" in text) for text in chats(platform)].count((False, False)) == 0
    assert of(desk, duty) == [("sent", False)]
    gather(desk)
    deliver(desk)
    assert "廉洁过节" not in chats(platform)[-1]
    assert "共 2 条" in chats(platform)[-1]


def the_person(desk: Desk) -> int:
    with desk.db.reading() as tx:
        return int(tx.value(select(func.min(persons.c.id))) or 0)


def test_one_alone_is_the_plain_notice_and_nobody_gets_two_messages_on_a_day(
    desk: Desk, platform: FakePlatform
) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    row = start(desk, "防汛")
    assert gather(desk) == 0
    deliver(desk)
    assert chats(platform) == [f"【第 {row.id} 号】防汛\n正文。"]
    late = start(desk, "停水")
    assert gather(desk) == 0
    deliver(desk)
    assert of(desk, row, late) == [("sent", False), ("pending", False)]
    gather(desk, "2026-03-03")
    deliver(desk)
    assert len(chats(platform)) == 2


def test_what_is_recalled_before_or_meanwhile_is_not_in_it(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    kept, before, meanwhile = start(desk, "留下"), start(desk, "先撤回"), start(desk, "后撤回")
    recall(desk, before)
    gather(desk)
    recall(desk, meanwhile)
    deliver(desk)
    (text,) = chats(platform)
    assert ("留下" in text, "撤回" in text) == (True, False)
    assert [state for state, _ in of(desk, kept, before, meanwhile)] == ["sent", "failed", "failed"]


def recall(desk: Desk, row: Any) -> None:
    change(desk, row, state=State.RECALLED)
    with desk.db.transaction() as tx:
        withdrawals.withdraw_broadcast(tx, row.id, "recalled", 3)


def test_nothing_is_sent_where_all_were_recalled(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    rows = [start(desk, "一"), start(desk, "二")]
    gather(desk)
    for row in rows:
        recall(desk, row)
    deliver(desk)
    assert platform.sent == []
    assert the_digest(desk).state == "failed"


def test_what_is_paused_waits_for_another_day(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    going, more, paused = start(desk, "一"), start(desk, "二"), start(desk, "三")
    gather(desk)
    change(desk, paused, state=State.PAUSED)
    deliver(desk)
    assert of(desk, going, more, paused) == [("sent", True), ("sent", True), ("pending", False)]
    gather(desk, "2026-03-03")
    change(desk, paused, state=State.SENDING)
    assert gather(desk) == 0  # not again on the same day
    assert of(desk, paused) == [("pending", False)]
    gather(desk, "2026-03-03")
    deliver(desk)
    assert of(desk, paused) == [("sent", False)]


def test_a_worker_killed_between_send_and_record_sends_the_same_card_again(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA")
    rows = [start(desk, "一"), start(desk, "二")]
    gather(desk)
    (letter,) = outbox.exchange(desk, [], 5, datetime.now(UTC))
    with desk.db.transaction() as tx:  # it was sent, and nobody wrote that down
        tx.run(update(notices).where(notices.c.id == letter.id).values(lease_until=LONG_AGO))
    assert of(desk, *rows) == [("sending", True)] * 2
    late = start(desk, "三")
    deliver(desk)
    (card,) = cards(platform)
    assert card["client_msg_id"] == letter.key
    assert card["data"]["thing2"]["value"] == "一；二"
    assert of(desk, *rows, late) == [("sent", True), ("sent", True), ("pending", False)]


def test_a_second_clock_makes_no_second_message(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    start(desk, "一")
    start(desk, "二")
    assert [gather(desk), gather(desk)] == [1, 0]
    deliver(desk)
    assert len(chats(platform)) == 1


def test_too_long_a_text_says_how_to_read_the_rest(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    rows = [start(desk, f"通报{n}", "内容很长。" * 100) for n in range(3)]
    gather(desk)
    deliver(desk)
    (text,) = chats(platform)
    assert len(text.encode()) <= 2048
    for row in rows:
        assert f"回复“我的提醒 {row.id}”" in text


def test_a_card_that_the_platform_does_not_bring_is_tried_again_with_all_that_is_in_it(
    desk: Desk, platform: FakePlatform
) -> None:
    collector(desk, "oA")
    rows = [start(desk, "一"), start(desk, "二")]
    gather(desk)
    deliver(desk)
    for row in rows:
        change(desk, row, state=State.SENT, due_from=None)
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        receipts.template_finished(tx, sent_as(desk), "failed: system failed", now)
    assert of(desk, *rows) == [("pending", True)] * 2
    with desk.db.reading() as tx:
        assert [written.by_id(tx, row.id).state for row in rows] == [State.SENDING] * 2  # type: ignore[union-attr]
    assert attempts(desk)[0] == ("template", Outcome.FAILED)


def test_a_receipt_of_the_card_is_one_of_all_that_is_in_it(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA")
    rows = [start(desk, "一"), start(desk, "二")]
    gather(desk)
    deliver(desk)
    with desk.db.transaction() as tx:
        receipts.template_finished(tx, sent_as(desk), "success", datetime.now(UTC))
    assert of(desk, *rows) == [("delivered", True)] * 2


def test_the_next_reply_tells_the_words_that_a_card_did_not_hold(desk: Desk, platform: FakePlatform) -> None:
    person = collector(desk, "oA")
    rows = [start(desk, "一", "第一条的话。"), start(desk, "二", "第二条的话。")]
    gather(desk)
    deliver(desk)
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        told = outbox.reply_with_waiting(desk, tx, people.by_id(tx, person), 1800, now)
    assert ("第一条的话" in told.text, "第二条的话" in told.text) == (True, True)
    assert of(desk, *rows) == [("delivered", True)] * 2


def test_where_no_channel_takes_it_its_broadcasts_wait_each_for_the_next_reply(
    desk: Desk, platform: FakePlatform
) -> None:
    person = collector(desk, None)
    rows = [start(desk, "一"), start(desk, "二")]
    gather(desk)
    deliver(desk)
    deliver(desk)
    assert of(desk, *rows) == [("waiting", False)] * 2
    assert (the_digest(desk).state, the_digest(desk).reason) == ("failed", digests.SEPARATED)
    with desk.db.transaction() as tx:
        told = outbox.reply_with_waiting(desk, tx, people.by_id(tx, person), 1800, datetime.now(UTC))
    assert told.text.count("正文。") == 2


def test_a_digest_keeps_to_the_hours(desk: Desk, platform: FakePlatform) -> None:
    collector(desk, "oA", chat=9, channels="chat")
    start(desk, "一")
    start(desk, "二")
    gather(desk)
    now = datetime.now(UTC)
    with desk.db.transaction() as tx:
        assert notice_queue.claim(tx, 5, now, 30, hours_open=False) == []
        assert not notice_queue.due_exists(tx, now, hours_open=False)
        (one,) = notice_queue.claim(tx, 5, now, 30)
        assert notice_queue.claim(tx, 5, now + timedelta(minutes=2), 30, hours_open=False) == []
    assert len(one.parts) == 2
