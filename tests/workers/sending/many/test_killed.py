"""Workers that are killed between the platform's answer and the commit: who was told is not told again."""

import signal
import stat
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from bot.services.notices import outbox
from bot.store.schema.sending import attempts as attempts_table
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notice_reports import Report
from bot.store.tables import notices as table
from bot.store.tables import persons
from tests.databases import SQLITE
from tests.workers.conftest import LONG_AGO, add_person, attempts, deliver, notice, person, write
from tests.workers.platform import FakePlatform
from tests.workers.sending.many.test_many import start, states
from workers.resources import Desk
from workers.sending.journal import ENDING, FOLDER, Journal

COUNT, AT_ONCE = 120, 96  # a worker with 32 connections has 96 in hand


def files(desk: Desk) -> list[Path]:
    return sorted((desk.settings.var_dir / FOLDER).glob(f"*{ENDING}"))


def noted(desk: Desk) -> int:
    """Lines of all files."""
    return sum(path.read_bytes().count(b"\n") for path in files(desk))


def wait_until(count: int, found: object) -> None:
    assert callable(found)
    until = time.monotonic() + 30
    while found() < count:
        assert time.monotonic() < until, found()
        time.sleep(0.005)


def kill(worker: "subprocess.Popen[bytes]") -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait(5)


@contextmanager
def nobody_can_write(desk: Desk) -> Iterator[None]:
    with desk.db.transaction() as tx:
        if tx.dialect == "postgresql":
            tx.run(text("LOCK TABLE notices IN SHARE ROW EXCLUSIVE MODE"))
        yield


def chatting(desk: Desk, count: int) -> list[int]:
    """People who are told by a message without an id: the platform does not know a second copy."""
    return [add_person(desk, f"o{n:027}", chat=5, channels="chat") for n in range(count)]


def leases_end(desk: Desk) -> None:
    with desk.db.transaction() as tx:
        tx.run(table.update().where(table.c.state == "sending").values(lease_until=LONG_AGO))


def test_answers_that_came_before_a_kill_and_were_not_committed_count(
    desk: Desk, environment: dict[str, str], platform: FakePlatform
) -> None:
    write(desk, *chatting(desk, COUNT))
    platform.latency = 1.0  # time to lock the database
    worker = start(environment)
    try:
        wait_until(2, lambda: platform.connections)  # the first is for the token
        with nobody_can_write(desk):
            platform.latency = 0.05
            wait_until(AT_ONCE, lambda: noted(desk))
            kill(worker)
    finally:
        kill(worker)
    assert len(platform.sent) == AT_ONCE
    assert states(desk) == {"sending": AT_ONCE, "pending": COUNT - AT_ONCE}
    leases_end(desk)
    platform.latency = 0.0
    workers = [start(environment) for _ in range(2)]
    assert [each.wait(60) for each in workers] == [0, 0]
    assert states(desk) == {"sent": COUNT}
    assert Counter(body["touser"] for _, body in platform.sent) == Counter({f"o{n:027}": 1 for n in range(COUNT)})
    with desk.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(attempts_table)) == COUNT
        assert {row.chat_left for row in tx.all(select(persons.c.chat_left))} == {4}
    assert noted(desk) == 0


def a_report(desk: Desk, **values: object) -> tuple[datetime, Report]:
    """Of the only notice, which a worker has in hand: it went out as a message of the conversation."""
    row = notice(desk)
    made = Attempt(datetime(2026, 11, 30, 8, 0, 0, 123456, UTC), "chat", Outcome.TAKEN)
    report = Report(row.id, row.person_id, "sent", 1, 0, attempts=[made], spent="chat")
    return row.created_at, report if not values else Report(**{**_fields(report), **values})  # type: ignore[arg-type]


def _fields(report: Report) -> dict[str, object]:
    return {name: getattr(report, name) for name in Report.__slots__}


def leave(desk: Desk, *reports: tuple[datetime, Report]) -> None:
    """As a killed process leaves them."""
    journal = Journal(desk.settings.var_dir / FOLDER)
    for written_at, report in reports:
        journal.note(written_at, report)
    journal.end(recorded=False)


def in_hand(desk: Desk) -> None:
    assert len(outbox.exchange(desk, [], 10, datetime.now(UTC))) == 1


def test_what_was_recorded_before_the_kill_changes_nothing(desk: Desk, platform: FakePlatform) -> None:
    who = add_person(desk, "o1", chat=5, channels="chat")
    write(desk, who)
    in_hand(desk)
    written_at, report = a_report(desk)
    outbox.exchange(desk, [report], 0, datetime.now(UTC))
    before = notice(desk)
    leave(desk, (written_at, report))
    deliver(desk)
    assert (notice(desk), attempts(desk), person(desk, who).chat_left) == (before, [("chat", "taken")], 4)
    assert (files(desk), platform.sent) == ([], [])


def test_a_try_that_was_recorded_before_the_next_one_changes_nothing(desk: Desk, platform: FakePlatform) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels="chat"))
    in_hand(desk)
    lost = Attempt(datetime(2026, 11, 30, 8, 0, 0, 1, UTC), "chat", Outcome.UNKNOWN)
    report = a_report(desk, state="pending", taken=0, attempts=[lost], spent=None, due_at=LONG_AGO)
    outbox.exchange(desk, [report[1]], 0, datetime.now(UTC))
    in_hand(desk)  # the second try, which another worker has in hand
    leave(desk, report)
    deliver(desk)
    assert (notice(desk).state, attempts(desk), platform.sent) == ("sending", [("chat", "unknown")], [])


def test_of_a_notice_that_is_gone_or_another_one_by_now_nothing_is_recorded(desk: Desk, platform: FakePlatform) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels="chat"))
    in_hand(desk)
    written_at, report = a_report(desk)
    leave(desk, (written_at - timedelta(days=1), report), a_report(desk, notice_id=report.notice_id + 1))
    deliver(desk)
    assert (notice(desk).state, attempts(desk), files(desk)) == ("sending", [], [])


def test_a_notice_deleted_while_it_is_in_hand_keeps_no_other_from_being_recorded(desk: Desk) -> None:
    write(desk, add_person(desk, "o1"), add_person(desk, "o2"))
    letters = outbox.exchange(desk, [], 10, datetime.now(UTC))
    made = [Attempt(datetime.now(UTC), "chat", Outcome.TAKEN)]
    with desk.db.transaction() as tx:
        tx.run(delete(table).where(table.c.id == letters[0].id))
    reports = [Report(one.id, one.row.person_id, "sent", 1, 0, attempts=made) for one in letters]
    outbox.exchange(desk, reports, 0, datetime.now(UTC))
    assert (notice(desk).id, notice(desk).state, attempts(desk)) == (letters[1].id, "sent", [("chat", "taken")])


@SQLITE
def test_a_line_that_was_broken_off_spoils_no_other_one(desk: Desk, platform: FakePlatform) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels="chat"))
    in_hand(desk)
    folder = desk.settings.var_dir / FOLDER
    leave(desk, a_report(desk))
    (path,) = files(desk)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + whole + whole[:20])
    deliver(desk)
    assert (notice(desk).state, attempts(desk), platform.sent) == ("sent", [("chat", "taken")], [])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@SQLITE
def test_the_file_of_a_worker_that_lives_is_left_alone_and_nobody_else_may_read_it(desk: Desk) -> None:
    write(desk, add_person(desk, "o1"))
    living, other = (Journal(desk.settings.var_dir / FOLDER) for _ in range(2))
    living.note(*a_report(desk))
    with other.left() as found:
        assert list(found) == []
    (path,) = files(desk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    living.end(recorded=True)
    assert path.read_bytes() == b""
    living.close()
    other.close()
    assert files(desk) == []


def breaks_off(journal: Journal, other: Journal) -> None:
    """In the middle of recording, while another worker wants to."""
    with journal.left() as found:
        assert [report.state for _, report in found] == ["sent"]
        with pytest.raises(TimeoutError), other.left():
            pass
        raise ZeroDivisionError


@SQLITE
def test_what_cannot_be_recorded_yet_is_kept_and_others_wait_for_their_turn(desk: Desk) -> None:
    write(desk, add_person(desk, "o1"))
    in_hand(desk)
    leave(desk, a_report(desk))
    first, second = (Journal(desk.settings.var_dir / FOLDER) for _ in range(2))
    second._turn._seconds = 0.05
    with pytest.raises(ZeroDivisionError):
        breaks_off(first, second)
    with second.left() as found:
        assert list(found) == [a_report(desk)]
    assert files(desk) == []


@SQLITE
def test_people_are_told_also_where_answers_cannot_be_noted(
    desk: Desk, platform: FakePlatform, caplog: pytest.LogCaptureFixture
) -> None:
    (desk.settings.var_dir / FOLDER).write_text("a file where the folder should be")
    write(desk, *chatting(desk, 3))
    deliver(desk)
    assert (states(desk), len(platform.sent)) == ({"sent": 3}, 3)
    assert [line.levelname for line in caplog.records if "answers are not noted" in line.message] == ["ERROR"]
