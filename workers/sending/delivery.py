"""A rolling queue of sends: threads send, the caller's thread claims and records in groups, until nothing is due."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import ChannelError
from bot.services.notices import outbox
from bot.services.notices.outbox import Letter
from bot.services.notices.rules import rules
from bot.store.sending.attempts import Outcome
from bot.store.sending.notice_reports import Report
from config.logging import about
from workers.resources import Desk
from workers.sending.course import Course
from workers.sending.sending import send
from workers.sending.turns import Turns

log = logging.getLogger(__name__)

COMMIT_SECONDS = 0.05  # results are written down at least so often …
COMMIT_ROWS = 32  # … and when so many are there
AHEAD = 3  # times what is sent at once is in hand: as much is on its way, waits for the commit, and waits to be sent
COPY_SECONDS = 1.0  # between copies of SQLite's log, which a commit would else make while all writers wait
HELD = 2 / 3  # of a lease: a letter that waits longer for the one before it to the same person is given back
SETTLE_SECONDS = 1.0  # between looks for what killed workers left; far shorter than a lease
IDLE_SECONDS = 0.5  # while sends hang, new notices are looked for so often
BUSY = (OperationalError, InterfaceError, PoolTimeout, TimeoutError)  # a locked, full, restarting or absent database
BUSY_SECONDS = 0.3  # until it is asked again
SHORT_SECONDS = 4.0  # while nothing is in hand; the clock will wake another job
BROKEN_SECONDS = 30.0  # until a notice on which the program failed is tried again
PATIENCE_SECONDS = 240.0  # what was sent must be written down, or it would be sent again


class Delivery:
    """One run of one process over the outbox."""

    def __init__(
        self,
        desk: Desk,
        stop: Callable[[], bool],
        aside: Callable[[], None] = lambda: None,
        held_seconds: float | None = None,
    ) -> None:
        """`aside`: what cannot wait for the end of a long run; called again and again. `held_seconds`: how long a letter may
        wait in this process; None: HELD of a lease."""
        self._desk = desk
        self._aside = aside
        self._stop = stop
        self._parallel = desk.settings.send_parallel
        self._letters: SimpleQueue[Letter | None] = SimpleQueue()
        self._reports: SimpleQueue[Report] = SimpleQueue()
        self._turns = Turns()
        self._held_seconds = HELD * rules()["lease_seconds"] if held_seconds is None else held_seconds
        self._send_by: dict[int, float] = {}  # by letter: time.monotonic() after which it is given back
        self._in_hand = 0
        self._settle_at = 0.0
        self._copy_at = time.monotonic() + COPY_SECONDS

    def run(self, seconds: float) -> int:
        """Send what is due, for about `seconds` at most; how many notices were dealt with."""
        until = time.monotonic() + seconds
        done: list[Report] = []
        count, nudged, recorded, threads = 0, False, False, list[threading.Thread]()
        try:
            while True:
                self._desk.adjustable.look(datetime.now(UTC))
                ended = self._stop() or time.monotonic() > until or self._resting() or self._desk.journal.is_full
                wish = 0 if ended else AHEAD * self._parallel - self._in_hand
                claimed = self._exchange(done, wish)
                count, done = count + len(done), []
                self._aside()
                self._hand_out(claimed, threads)
                self._copy_log()
                if claimed and len(claimed) == wish and not nudged:
                    self._desk.nudge()  # there is more than this process takes at once
                    nudged = True
                if not self._in_hand:
                    recorded = True
                    break
                done = self._collect()
            if time.monotonic() > until or self._desk.journal.is_full:
                self._desk.nudge()  # the rest in another job
            with suppress(*BUSY):  # the clock does it too
                outbox.match_receipts(self._desk, datetime.now(UTC))
            return count
        finally:
            self._end(threads)
            self._desk.journal.end(recorded=recorded)

    def _end(self, threads: list[threading.Thread]) -> None:
        """Let what is on its way come home. After an error the rest must not go: nobody could write it down."""
        self._turns.drop()
        with suppress(Empty):
            while True:
                self._letters.get_nowait()
        for _ in threads:
            self._letters.put(None)
        for thread in threads:
            thread.join()
        self._desk.means.platform.quota.close()

    def _resting(self) -> bool:
        return self._desk.means.platform.quota.resting() > 0

    def _exchange(self, done: list[Report], wish: int) -> list[Letter]:
        """Written down and claimed in one transaction; a database that cannot is asked until it can."""
        until = time.monotonic() + (PATIENCE_SECONDS if done or self._in_hand else SHORT_SECONDS)
        while True:
            try:
                self._settle()
                return outbox.exchange(self._desk, done, wish, datetime.now(UTC))
            except BUSY as error:
                if time.monotonic() > until:
                    raise
                log.warning("the database is busy: %s", error)
                time.sleep(BUSY_SECONDS)

    def _settle(self) -> None:
        """What killed workers had been told counts before their leases have run out."""
        if time.monotonic() < self._settle_at:
            return
        self._settle_at = time.monotonic() + SETTLE_SECONDS
        try:
            with self._desk.journal.left() as noted:
                count = outbox.settle(self._desk, noted, datetime.now(UTC))
        except TimeoutError:  # another worker is recording them
            self._settle_at = 0.0
            raise
        except OSError as error:
            log.error("what killed workers left cannot be read, some people may be told twice: %s", error)
            return
        if noted:
            log.warning("%s answers of a killed worker are recorded, of %s that it had noted", count, len(noted))

    def _copy_log(self) -> None:
        if time.monotonic() >= self._copy_at:
            with suppress(*BUSY):
                self._desk.db.backend.copy_log()
            self._copy_at = time.monotonic() + COPY_SECONDS

    def _hand_out(self, claimed: list[Letter], threads: list[threading.Thread]) -> None:
        self._in_hand += len(claimed)
        self._send_by |= {letter.id: time.monotonic() + self._held_seconds for letter in claimed}
        for letter in claimed:
            if self._turns.enter(letter):
                self._letters.put(letter)
        while len(threads) < min(self._parallel, self._in_hand):
            threads.append(threading.Thread(target=self._work, daemon=True))
            threads[-1].start()

    def _collect(self) -> list[Report]:
        """The reports of the next moments: until the commit is due, or all is done. Empty while all sends hang."""
        try:
            done = [self._reports.get(timeout=IDLE_SECONDS)]
        except Empty:
            return []
        until = time.monotonic() + COMMIT_SECONDS
        while len(done) < min(COMMIT_ROWS, self._in_hand):
            try:
                done.append(self._reports.get(timeout=max(0.0, until - time.monotonic())))
            except Empty:
                break
        self._in_hand -= len(done)
        return done

    def _work(self) -> None:
        while (letter := self._letters.get()) is not None:
            while letter is not None:
                in_time = time.monotonic() < self._send_by.pop(letter.id)
                report = self._sent(letter) if in_time else _given_back(letter)
                self._desk.journal.note(letter.row.created_at, report)
                self._reports.put(report)
                letter = self._turns.leave(letter)

    def _sent(self, letter: Letter) -> Report:
        with about(letter.trace):
            try:
                report = send(self._desk.means, letter)
            except Exception as error:
                log.exception("notice %s could not be sent", letter.id)
                return _broken(letter, error)
            log.info("notice %s: %s", letter.id, report.state)
            return report


def _given_back(letter: Letter) -> Report:
    """Not sent, and due at once: when its lease had run out, another worker would send it too."""
    course = Course.begin(letter, datetime.now(UTC))
    course.again(0.0)
    return course.end("pending")


def _broken(letter: Letter, error: Exception) -> Report:
    """The program failed on a notice: again in a while, and after some times only with the next reply."""
    course = Course.begin(letter, datetime.now(UTC))
    course.note("", Outcome.BROKEN, ChannelError(type(error).__name__))
    course.reason, state = "broken", "pending" if course.tries < 3 else "waiting"
    course.tries += 1
    course.again(BROKEN_SECONDS)
    return course.end(state)
