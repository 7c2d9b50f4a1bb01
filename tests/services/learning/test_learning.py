"""Learning from the office's own history: which orders teach, what is kept, and that every process reads with it."""

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import Row, select, update

from bot.services import intake
from bot.services.clock import clockwork, retention
from bot.services.learning import schedule, training
from bot.services.office import Office, no_nudge, open_office
from bot.services.reports import probing, queries
from bot.services.tokens import Caller
from bot.store import models as store
from bot.store.schema.installed import models
from bot.store.tables import orders
from config.queues import LEARNING, QUEUES, RETRAIN_JOB, SERIALIZER
from config.settings import Settings
from tests.databases import SQLITE
from tests.rosters import import_roster
from tests.services.history import LAMPS, NOISE, STREETS, settled, small
from tests.talk import NOON, Talk

NIGHT = date(2026, 11, 25)
THREE = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # 3 o'clock of that night in Shanghai
NOISY = "生活与商业噪声"
CODE = re.compile(r"单号[^\d]{0,3}(\d{6,8})")


@pytest.fixture
def redis(redis_server: str) -> Iterator["Redis"]:
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
        yield redis


@pytest.fixture
def taught(office: Office) -> Office:
    """Staff have sorted noisy stalls as noise, which the rules take for street trade; lamps were right."""
    settled(office, NOISE, "0702", by_staff=True)
    settled(office, LAMPS, "0603")
    return small(office)


def night(office: Office, number: int = 0) -> Row[object]:
    """Retrain on that night; the row about it."""
    training.retrain(office, NIGHT + timedelta(days=number), THREE + timedelta(days=number))
    with office.db.reading() as tx:
        found = store.newest(tx)
    assert found is not None
    return found


def in_use(office: Office) -> int | None:
    with office.db.reading() as tx:
        return store.in_use(tx)


def test_rows_come_from_what_people_settled_and_never_from_sealed_or_demo_matters(office: Office) -> None:
    settled(office, ["桥头那个摊子用喇叭喊"], "0503", by_staff=True, state="submitted", outcome=None)
    settled(office, ["老街的路灯不亮"], "0603", outcome="explained")
    settled(office, ["还没办的路灯"], "0603", state="accepted", outcome=None)
    settled(office, ["撤回了的路灯"], "0603", outcome="withdrawn", by_staff=True)
    settled(office, ["没人认得的事情"], "1608")
    settled(office, ["举报某人收红包"], "1604", by_staff=True)
    settled(office, ["举报某人却归错了类"], "0603", by_staff=True, lane="restricted")
    settled(office, ["演示里的路灯"], "0603", is_demo=True)
    assert schedule.history(small(office, least_per_label=1)) == [
        ("桥头那个摊子用喇叭喊", "0503"),
        ("老街的路灯不亮", "0603"),
    ]


def test_words_that_retention_removes_teach_no_longer(office: Office) -> None:
    settled(office, LAMPS, "0603")
    assert len(schedule.history(office)) == len(LAMPS)
    retention.purge(office, NOON + timedelta(days=1096))
    assert schedule.history(office) == []


def test_only_the_newest_orders_teach(office: Office) -> None:
    settled(office, LAMPS, "0603")
    assert [text for text, _ in schedule.history(small(office, most_rows=5))] == LAMPS[-5:]


def test_a_night_keeps_what_reads_better_and_says_so(taught: Office, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "bot.services.learning.training"):
        row = night(taught)
    assert (row.state, row.in_use, row.source, row.night) == ("kept", True, "nightly", NIGHT)
    assert row.accuracy > 0.95
    assert row.accuracy_rules < 0.7
    assert (row.accuracy_replaced, row.labels, row.rows + row.held) == (None, 2, 200)
    assert [record.getMessage() for record in caplog.records] == [
        f"learnt on 2026-11-25 from {row.rows} rows, 2 labels; of {row.held} held back {row.accuracy:.3f} right, "
        f"in use none, rules {row.accuracy_rules:.3f}: it is in use"
    ]


def test_the_same_history_teaches_nothing_better_and_the_old_one_stays(taught: Office) -> None:
    first = night(taught)
    second = night(taught, 1)
    assert (second.state, second.in_use, second.accuracy_replaced) == ("refused", None, first.accuracy)
    assert in_use(taught) == first.id


@SQLITE
def test_a_worse_model_is_refused_and_has_no_body(office: Office) -> None:
    settled(office, LAMPS, "0603")
    settled(office, [f"{street}我家楼上漏水" for street in STREETS[:5]], "0301", by_staff=True)
    row = night(small(office))
    assert (row.state, in_use(office)) == ("refused", None)
    with office.db.reading() as tx:
        assert store.content(tx, row.id) is None


def test_a_night_is_taken_once_and_the_next_one_is_another(taught: Office) -> None:
    first = night(taught)
    assert night(taught).id == first.id
    assert night(taught, 1).id != first.id


def test_two_that_train_at_the_same_time_make_one_model(taught: Office) -> None:
    runs = [threading.Thread(target=training.retrain, args=(taught, NIGHT, THREE)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    with taught.db.reading() as tx:
        assert [row.state for row in tx.all(select(models.c.state))] == ["kept"]


def test_too_few_rows_of_use_end_the_night_with_one_line(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    settled(office, LAMPS, "1608")
    with caplog.at_level(logging.INFO, "bot.services.learning.training"):
        assert night(small(office)).state == "few"
    assert [record.getMessage() for record in caplog.records] == ["nothing to learn on 2026-11-25: 0 rows of use"]


@SQLITE
def test_one_label_is_nothing_to_learn(office: Office) -> None:
    settled(office, LAMPS, "0603")
    assert night(small(office)).state == "few"


def test_bodies_of_old_models_go_and_their_figures_stay(taught: Office) -> None:
    for number in range(4):
        assert night(small(taught, margin=-1.0, kept_versions=2), number).state == "kept"
    with taught.db.reading() as tx:
        rows = tx.all(select(models).order_by(models.c.id))
    assert [row.body is not None for row in rows] == [False, False, True, True]
    assert [row.in_use for row in rows] == [None, None, None, True]
    assert all(row.accuracy for row in rows)


@SQLITE
def test_a_model_that_has_come_to_read_worse_than_the_rules_is_dropped(taught: Office) -> None:
    night(taught)
    with taught.db.transaction() as tx:
        right = [text for text in NOISE if taught.reader.understand(text).category == "0503"]
        tx.run(update(orders).where(orders.c.text.in_(right)).values(category="0503"))
        tx.run(update(orders).where(orders.c.category == "0702").values(outcome="rejected"))
    row = night(taught, 1)
    assert (row.state, in_use(taught)) == ("refused", None)
    assert row.accuracy_rules > row.accuracy_replaced


def category_of(talk: Talk, who: str, words: str) -> str:
    """The catalogue's name of the order's category; the receipt shows an everyday one."""
    placed = CODE.search(talk.says(who, words))
    assert placed
    with talk.office.db.reading() as tx:
        code = tx.value(select(orders.c.category).where(orders.c.code == placed[1]))
    return talk.office.reader.category(code).name


@SQLITE
def test_staff_who_sort_anew_change_how_a_like_message_is_read(office: Office, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "角色,姓名,手机号,社区,网格,支部,技能\n街道管理员,办事处甲,13800000105,,,,\n", "utf-8"
    )
    import_roster(office, tmp_path / "r.csv", NOON)
    settled(office, LAMPS[:30], "0603")
    talk = Talk(small(office))
    talk.bind("办事处甲", "13800000105")
    for number, words in enumerate(NOISE[:60:2]):
        placed = CODE.search(talk.says(f"居民{number}", words))
        assert placed
        assert NOISY in talk.says("办事处甲", f"归类 {placed[1]} {NOISY}")
    like = "车站前那个摊子用大鼓招揽客人"
    assert NOISY not in category_of(talk, "王阿姨", like)
    assert night(talk.office).state == "kept"
    talk.wait(minutes=2)
    talk.says("王阿姨", "你好")  # any message makes the process look
    assert office.learned.wait(10)
    assert NOISY in category_of(talk, "李大爷", like)


@SQLITE
def test_danger_is_heard_whatever_staff_sorted(office: Office) -> None:
    fires = [f"{text[:6]}着火了快来救火" for text in NOISE]
    settled(office, fires, "0805", by_staff=True)
    settled(office, LAMPS, "0603")
    taught = small(office, margin=-1.0)
    assert night(taught).state == "kept"
    with taught.db.reading() as tx:
        taught.learned.look(tx, THREE)
    assert taught.learned.wait(10)
    assert taught.learned.present is not None
    meant = taught.understand("桥头那边着火了快来救火")
    assert (meant.urgency, meant.lane, meant.category) == ("U0", "emergency", "0801")


def test_every_process_follows_the_database_within_a_minute(taught: Office, settings: Settings) -> None:
    other = open_office(settings, no_nudge)
    talk = Talk(other)
    talk.says("王阿姨", "你好")
    night(taught)
    talk.says("王阿姨", "你好")
    assert other.learned.wait(10)
    assert other.learned.present is None
    talk.wait(seconds=60)
    talk.says("王阿姨", "你好")
    assert other.learned.wait(10)
    assert other.learned.present is not None
    with taught.db.transaction() as tx:
        assert store.retire(tx)
    talk.wait(seconds=60)
    talk.says("王阿姨", "你好")
    assert other.learned.present is None
    other.db.close()


@SQLITE
def test_a_process_that_is_asked_whether_it_is_ready_follows_as_well(taught: Office) -> None:
    night(taught)
    assert probing.failing(taught, THREE) == {}
    assert taught.learned.wait(10)
    assert taught.learned.present is not None


@SQLITE
def test_a_matter_from_another_system_is_read_with_it_too(taught: Office) -> None:
    night(taught)
    probing.failing(taught, THREE)
    assert taught.learned.wait(10)
    matter = intake.Matter("车站前那个摊子用大鼓招揽客人", None, None, None, None, None, None, "hotline")
    code, _ = intake.take(taught, matter, NOON)
    assert queries.order(taught, Caller("test", frozenset(), None), code)["category"]["code"] == "0702"


@SQLITE
def test_a_model_that_cannot_be_read_leaves_the_reading_to_the_rules(
    taught: Office, caplog: pytest.LogCaptureFixture
) -> None:
    row = night(taught)
    talk = Talk(taught)
    with taught.db.transaction() as tx:
        store.finish(tx, row.id, body=b'{"format": 1}')
    said = talk.says("王阿姨", LAMPS[0])
    assert taught.learned.wait(10)
    assert "单号" in said
    assert taught.learned.present is None
    assert [record.levelname for record in caplog.records if record.name == "bot.services.learning.model_cache"] == [
        "ERROR"
    ]
    assert night(taught, 1).state == "kept"


@SQLITE
def test_an_office_that_does_not_want_it_neither_learns_nor_reads_with_it(taught: Office, redis: "Redis") -> None:
    night(taught)
    unwilling = replace(
        small(taught, use=False),
        learned=type(taught.learned)(
            taught.db,
            taught.reader,
            small(taught, use=False).training_settings,
            taught.written_answers,
            taught.adjustable,
        ),
    )
    schedule.send_for_it(unwilling, THREE + timedelta(days=1))
    Talk(unwilling).says("王阿姨", "你好")
    assert unwilling.learned.wait(10)
    assert unwilling.learned.present is None
    assert redis.keys("rq:*") == []


# the clock


def sweep(office: Office, now: datetime) -> None:
    for work in clockwork.sweep(office, now):
        work.do()


def test_two_clocks_put_one_job_in_the_last_queue_once_the_hour_has_come(taught: Office, redis: "Redis") -> None:
    queue = Queue(LEARNING, connection=redis, serializer=SERIALIZER)
    sweep(taught, THREE - timedelta(minutes=1))
    assert queue.count == 0
    clocks = [threading.Thread(target=sweep, args=(taught, THREE)) for _ in range(2)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    sweep(taught, THREE + timedelta(minutes=1))
    (job,) = queue.jobs
    assert (job.func_name, job.args) == (RETRAIN_JOB, ["2026-11-25"])
    assert QUEUES[-1] == LEARNING


def test_a_night_that_is_done_is_not_sent_for_again(taught: Office, redis: "Redis") -> None:
    night(taught)
    sweep(taught, THREE + timedelta(hours=2))
    assert Queue(LEARNING, connection=redis, serializer=SERIALIZER).count == 0


def test_the_clock_sends_for_nobody_where_there_is_little_and_says_so_once(
    office: Office, redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot.services.learning.schedule"):
        sweep(office, THREE)
        sweep(office, THREE + timedelta(minutes=1))
    assert [record.getMessage() for record in caplog.records] == [
        "nothing to learn on 2026-11-25: fewer than 300 orders decided"
    ]
    assert Queue(LEARNING, connection=redis, serializer=SERIALIZER).count == 0


def test_a_redis_that_is_away_is_asked_again(
    taught: Office, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    lost = replace(taught, settings=replace(settings, redis_url="redis://127.0.0.1:1/0"))
    with caplog.at_level(logging.WARNING, "bot.services.learning.schedule"):
        schedule.send_for_it(lost, THREE)
    assert "training cannot be queued now" in caplog.text
    with taught.db.reading() as tx:
        assert not store.was_tried(tx, NIGHT)
