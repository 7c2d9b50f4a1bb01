"""What residents send: fetched while the platform keeps it, kept only if it is what it says, and never for ever in between."""

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import Row, insert, select

from bot.services.files import fetching
from bot.services.notices.rules import rules
from bot.store.tables import attachments, orders
from config.queues import MEDIA, SERIALIZER
from config.settings import Settings
from tests.databases import SQLITE
from tests.sandbox.account.media import SAMPLE_VIDEO, SAMPLE_VOICE, sample_picture
from tests.workers.conftest import add_person
from tests.workers.platform import Answer, FakePlatform
from workers.resources import Desk
from workers.wechat.fetching import enqueue, fetch

PICTURE = sample_picture(8, 8)
EXPIRED = {"errcode": 40007, "errmsg": "invalid media_id"}


@pytest.fixture
def attach(desk: Desk) -> Callable[..., int]:
    """Writes a file that waits to be fetched; its id."""
    now = datetime.now(UTC)
    person = add_person(desk, "o1")
    row = {
        "code": "100007", "lane": "matter", "category": "1608", "urgency": "U3", "state": "submitted",
        "person_id": person, "text": "t", "text_sealed": b"", "round": 0, "ring": 0, "source": "wechat", "version": 1,
        "created_at": now, "updated_at": now, "is_demo": False,
    }  # fmt: skip
    with desk.db.transaction() as tx:
        order = tx.run(insert(orders).values(**row)).inserted_primary_key
    assert order is not None

    def write(kind: str = "image", **values: object) -> int:
        now = datetime.now(UTC)
        row = {
            "order_id": order[0], "person_id": person, "kind": kind, "media_id": "M1", "state": "pending",
            "attempts": 0, "due_at": now, "created_at": now, **values,
        }  # fmt: skip
        with desk.db.transaction() as tx:
            key = tx.run(insert(attachments).values(**row)).inserted_primary_key
        assert key is not None
        return int(key[0])

    return write


def found(desk: Desk, number: int) -> Row[Any]:
    with desk.db.reading() as tx:
        row = tx.first(select(attachments).where(attachments.c.id == number))
    assert row is not None
    return row


def fetched(desk: Desk, number: int, *, after: timedelta = timedelta(0)) -> Row[Any]:
    fetch(desk, number, datetime.now(UTC) + after)
    return found(desk, number)


@pytest.mark.parametrize(
    ("kind", "content", "mime"),
    [
        ("image", PICTURE, "image/png"), ("voice", SAMPLE_VOICE, "audio/amr"), ("voice", b"\x02#!SILK_V3" + bytes(9), "audio/speex"),
    ],
    ids=["image", "voice", "voice in the platform's own form"],
)  # fmt: skip
def test_a_file_is_kept_as_it_came_for_nobody_else_to_read(
    kind: str, content: bytes, mime: str, desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    platform.media["M1"] = content
    row = fetched(desk, attach(kind))
    path = desk.settings.var_dir / row.path
    assert (row.state, row.mime, row.size, row.reason) == ("stored", mime, len(content), None)
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.is_relative_to(desk.settings.var_dir / "media")


def test_a_video_is_fetched_from_where_the_platform_says_it_is(
    desk: Desk, platform: FakePlatform, address: str, attach: Callable[..., int]
) -> None:
    platform.media |= {"M1": {"video_url": f"{address}/files/1"}, "/files/1": SAMPLE_VIDEO}
    row = fetched(desk, attach("video"))
    assert (row.state, row.mime) == ("stored", "video/mp4")


@SQLITE
@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("image", EXPIRED, "40007 invalid media_id"), ("image", b"MZ" + bytes(60), "not image: application/x-msdownload"),
        ("image", SAMPLE_VOICE, "not image: audio/amr"), ("voice", PICTURE, "not voice: image/png"),
        ("image", PICTURE + bytes(10485760), "too large"), ("image", PICTURE + bytes(14 << 20), "too large"),
        ("voice", SAMPLE_VOICE + bytes(2097152), "too large"), ("image", b"hello", "not image: unknown content"),
    ],
    ids=["expired", "a program", "a voice", "a picture", "large", "huge", "a long voice", "a text"],
)  # fmt: skip
def test_what_will_never_be_what_it_should_be_fails_at_once_and_is_not_kept(
    kind: str, answer: Answer, reason: str, desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    platform.media["M1"] = answer
    row = fetched(desk, attach(kind))
    assert (row.state, row.reason, row.due_at, row.path) == ("failed", reason, None, None)
    assert not (desk.settings.var_dir / "media").exists()


@SQLITE
@pytest.mark.parametrize(
    "answer",
    [
        b"<html>busy</html>", b"", 500, 404, {"errcode": -1, "errmsg": "system error"}, {"errcode": 40164, "errmsg": "ip"},
        {"video_url": "file:///etc/passwd"}, {"errcode": 45009, "errmsg": "daily"}, b'{"vid',
    ],
    ids=["a page", "nothing", "500", "404", "-1", "address not allowed", "no address", "daily quota", "half an answer"],
)  # fmt: skip
def test_what_may_work_later_is_asked_for_as_long_as_the_platform_keeps_it(
    answer: Answer, desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    platform.media["M1"] = answer
    number = attach()
    for hours in range(0, 70, 10):
        row = fetched(desk, number, after=timedelta(hours=hours) if hours else timedelta(0))
        assert row.state == "pending"
        with desk.db.transaction() as tx:
            tx.run(attachments.update().values(due_at=datetime.now(UTC)))
    platform.media["M1"] = PICTURE
    assert fetched(desk, number).state == "stored"


def test_attempts_are_at_most_an_hour_apart_and_end_when_the_platform_has_forgotten_the_file(
    desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    platform.media["M1"] = 500
    number = attach(attempts=60)
    before = datetime.now(UTC)
    assert fetched(desk, number).due_at - before < timedelta(hours=1, seconds=5)
    row = fetched(desk, number, after=timedelta(days=3, minutes=1))
    assert (row.state, row.reason, row.due_at) == ("failed", "HTTP 500", None)


def test_an_answer_that_breaks_off_is_asked_for_again(
    desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    number = attach()
    assert desk.means.platform.access_token
    platform.media["M1"] = PICTURE
    platform.breaks_off = True
    assert fetched(desk, number).state == "pending"
    platform.breaks_off = False
    assert fetched(desk, number, after=timedelta(minutes=1)).state == "stored"


def test_a_disk_that_takes_nothing_loses_no_file(
    desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    platform.media["M1"] = PICTURE
    number = attach()
    (desk.settings.var_dir / "media").write_text("in the way")
    assert str(fetched(desk, number).reason).startswith("cannot be kept")
    (desk.settings.var_dir / "media").unlink()
    assert fetched(desk, number, after=timedelta(minutes=1)).state == "stored"


def test_two_jobs_for_one_file_fetch_it_once(desk: Desk, platform: FakePlatform, attach: Callable[..., int]) -> None:
    platform.media["M1"] = 500
    number = attach()
    for _ in range(2):
        fetched(desk, number)
    assert platform.calls["/cgi-bin/media/get"] == 1


def test_more_than_an_order_may_hold_is_not_fetched(
    desk: Desk, platform: FakePlatform, attach: Callable[..., int]
) -> None:
    for _ in range(rules()["media"]["order_items"]):
        attach(state="stored", path="media/1/1.png", size=1)
    assert fetched(desk, attach()).reason == "too many files"
    assert platform.calls["/cgi-bin/media/get"] == 0


def test_a_job_that_died_with_its_worker_does_not_lock_its_file_out(
    desk: Desk, settings: Settings, attach: Callable[..., int]
) -> None:
    number = attach()
    with Redis.from_url(settings.redis) as redis:
        queue = Queue(MEDIA, connection=redis, serializer=SERIALIZER)
        for _ in range(2):
            enqueue(desk, datetime.now(UTC))
        assert queue.count == 1
        queue.pop_job_id()  # taken by a worker
        assert fetching.begin(desk, number, datetime.now(UTC)) is not None  # which is killed now
        enqueue(desk, datetime.now(UTC))
        assert queue.count == 0
        enqueue(desk, datetime.now(UTC) + timedelta(seconds=fetching.LEASE_SECONDS + 1))
        assert queue.count == 1


def test_a_file_whose_workers_never_come_back_is_given_up_after_three(desk: Desk, attach: Callable[..., int]) -> None:
    number, now = attach(), datetime.now(UTC)
    for _ in range(3):
        assert fetching.begin(desk, number, now) is not None  # which is killed now
        now += timedelta(seconds=fetching.LEASE_SECONDS + 1)
    assert fetching.begin(desk, number, now) is None
    row = found(desk, number)
    assert (row.state, row.reason, row.due_at) == ("failed", "its workers never came back", None)
    assert fetching.due(desk, now) == []


@SQLITE
def test_attempts_that_ended_with_a_reason_do_not_count_as_lost_workers(desk: Desk, attach: Callable[..., int]) -> None:
    number, now = attach(), datetime.now(UTC)
    for _ in range(5):
        row = fetching.begin(desk, number, now)
        assert row is not None
        fetching.postpone(desk, row, "no network", now)
        now += timedelta(hours=1)
    assert found(desk, number).state == "pending"
