"""Mass sends: one call of the platform brings a broadcast to everybody whom no template and no window reaches."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater
from bot.services.notices import mass_results, mass_sends
from bot.services.notices.words.letter import Letter
from bot.store.database import Database
from bot.store.sending.mass_sends import FEWEST
from workers.sending import followers
from workers.wechat.error_codes import BACKOFF, Joined, Unknown, UsedUp, backoff, error_of
from workers.wechat.platform import Platform

log = logging.getLogger(__name__)

API = "mass"
PATH = "/cgi-bin/message/mass/send"
GATHER_SECONDS = 3.0  # until those who wait look again whether anybody else is to come
AGAIN_SECONDS = 65.0  # after a lost answer: the same clientmsgid within a minute is refused (45066)
ASKING_SECONDS = 20.0  # for whom the platform does not know: less than a lease; more are found after the next call
ASKING_LEASE = timedelta(seconds=ASKING_SECONDS + 15)
LOOK_SECONDS = 45.0  # a notice waits no longer at once, so that no reply tells it meanwhile


@dataclass(slots=True)
class Mass:
    """Safe for threads."""

    platform: Platform
    db: Database
    _not_before: dict[tuple[int, int], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, letter: Letter, now: datetime) -> str:
        """The id of the send that told this person. Gone where the send cannot name this person. Joined where it is the first
        time that this channel is tried; RetryLater while others are still to come, or somebody is sending it; Refused where this
        person is not to be in one."""
        if mass_sends.joined_at(letter) is None:
            raise Joined("waits for the others of the mass send", GATHER_SECONDS)
        key = (int(letter.row.broadcast_id), int(letter.row.round))
        if self._not_before.get(key, 0.0) > time.monotonic():
            raise _waits(GATHER_SECONDS)
        try:
            with self._lock:  # what one finds out, the others need not
                turn = mass_sends.begin(self.db, letter, now)
            if turn.waits:
                self._not_before[key] = time.monotonic() + GATHER_SECONDS
                raise _waits(GATHER_SECONDS)
            if turn.row is None:
                raise Refused("fewer than two people, or this month's mass messages are used")
            if turn.left_out is not None:
                raise error_of({"errcode": turn.left_out}) or Refused("left out")
            return self._through(turn, now)
        except (SQLAlchemyError, TimeoutError) as error:
            raise RetryLater(f"the database is away: {type(error).__name__}", BACKOFF) from error

    def _through(self, turn: mass_sends.Turn, now: datetime) -> str:
        row = turn.row
        assert row is not None
        if turn.openids is not None:
            self._send(row, turn.openids, now)
        elif row.state == mass_sends.FAILED:
            raise Refused(row.reason or "refused")
        elif row.state != mass_sends.SENT:
            raise _waits(min(LOOK_SECONDS, max(GATHER_SECONDS, (row.until - now).total_seconds())))
        return f"m{row.id}"

    def _send(self, row: Row[Any], openids: Sequence[str], now: datetime) -> None:
        """Make the call and write down what came of it. It may be made again: the platform knows its id."""
        if len(openids) < FEWEST:
            raise self._failed(row, Refused("fewer than two people"), now)
        body = {
            "touser": list(openids), "msgtype": "text", "text": {"content": row.message}, "clientmsgid": client_id(row),
        }  # fmt: skip
        try:
            answer = self.platform.send(API, PATH, body)
        except Gone as error:
            raise self._without_lost(row, openids, error, now) from error
        except ChannelError as error:
            raise self._failed(row, error, now) from error
        mass_results.end(self.db, row, mass_sends.SENT, now, message_id=str(answer.get("msg_id") or "") or None)

    def _failed(self, row: Row[Any], error: ChannelError, now: datetime) -> ChannelError:
        """Write down what it means for the send; what it means for the notice in hand."""
        state, seconds = _meaning(error, row.begun)
        mass_results.end(self.db, row, state, now, seconds=seconds, reason=error.reason)
        return _for_one(error, state, seconds)

    def _without_lost(self, row: Row[Any], openids: Sequence[str], error: Gone, now: datetime) -> ChannelError:
        """As `_failed`, where somebody cannot be named: it is due again for the others."""
        mass_results.keep(self.db, row, now + ASKING_LEASE)
        try:
            lost = followers.lost(self.platform, openids, ASKING_SECONDS)
        except Unknown as unanswered:  # nothing was sent by that
            return self._failed(row, RetryLater(unanswered.reason, BACKOFF), now)
        except (RetryLater, Misconfigured) as later:
            return self._failed(row, later, now)
        except ChannelError as refused:
            log.error("mass send %s: the platform does not say whom it does not know: %s", row.id, refused.reason)
            lost = {}
        if not lost:
            return self._failed(row, error, now)
        mass_results.leave_out(self.db, row, lost, now)
        mass_results.end(self.db, row, mass_sends.DUE, now, reason=error.reason)
        return _waits(GATHER_SECONDS)


def client_id(row: Row[Any]) -> str:
    """Under which the platform sends it once within a day: at most 32 bytes; also different where a database was made anew,
    and for other people."""
    fewer = f".{row.left_out}" if row.left_out else ""
    return f"m{row.id}{fewer}-{int(row.created_at.timestamp() * 1000)}"[:32]


def _waits(seconds: float) -> RetryLater:
    return RetryLater("waits for the mass send", seconds, whole_api=True)


def _meaning(error: ChannelError, begun: int) -> tuple[str, float]:
    """(state of the send, seconds until it is made again)."""
    if isinstance(error, Unknown):
        return mass_sends.UNKNOWN, AGAIN_SECONDS
    if isinstance(error, UsedUp) and begun < 2:  # all calls of the day: others tell it sooner
        return mass_sends.FAILED, 0.0
    if isinstance(error, RetryLater):
        return mass_sends.DUE, error.seconds if error.seconds > 0 else backoff(begun)
    if isinstance(error, Misconfigured):
        return mass_sends.DUE, AGAIN_SECONDS
    return mass_sends.FAILED, 0.0


def _for_one(error: ChannelError, state: str, seconds: float) -> ChannelError:
    """What it means for the notice in hand. Nothing that the platform says of a call is true of one of its people."""
    if state != mass_sends.FAILED:
        return error if isinstance(error, Misconfigured) else _waits(min(LOOK_SECONDS, seconds))
    if isinstance(error, Gone | UsedUp):
        made = Refused(error.reason)
        made.code, made.answered = error.code, error.answered
        return made
    return error
