"""How far one notice has come: what its attempts so far mean for the next one, and what is written down of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.errors import ChannelError
from bot.services.notices.outbox import Letter
from bot.store.sending.attempts import TOOK, Attempt, Outcome
from bot.store.sending.notice_reports import Report
from workers.channels.channel import Sent

REFUSALS = (Outcome.REFUSED, Outcome.GONE, Outcome.FAILED, Outcome.BLOCKED)


@dataclass(slots=True)
class Tried:
    """What attempts, the oldest first, say of the channels."""

    taken: list[str] = field(default_factory=list)  # that took it, in turn
    passed: set[str] = field(default_factory=set)  # that will not carry it
    unanswered: set[str] = field(default_factory=set)  # that may have it: no answer came
    joined: set[str] = field(default_factory=set)  # in which it waits for others, to be sent with them

    @classmethod
    def of(cls, attempts: Iterable[Attempt]) -> "Tried":
        tried = cls()
        for attempt in attempts:
            tried.note(attempt.channel, attempt.outcome)
        return tried

    def note(self, channel: str, outcome: Outcome) -> None:
        if outcome in TOOK:
            self.taken.append(channel)
            self._settled(channel)
        elif outcome in REFUSALS:
            self.passed.add(channel)
            self._settled(channel)
        elif outcome in (Outcome.UNKNOWN, Outcome.ASKED):
            self.unanswered.add(channel)
        elif outcome is Outcome.JOINED:
            self.joined.add(channel)
        elif outcome is Outcome.LATER:  # also a channel that was passed over and is to be tried once more
            self.passed.discard(channel)

    def _settled(self, channel: str) -> None:
        self.unanswered.discard(channel)
        self.joined.discard(channel)

    @property
    def begun(self) -> set[str]:
        """The channels that are to be heard of before another one tells it."""
        return self.unanswered | self.joined


@dataclass(slots=True)
class Course:
    """One notice while its channels are tried."""

    letter: Letter
    now: datetime
    tried: Tried
    tries: int
    made: list[Attempt] = field(default_factory=list)
    reason: str | None = None
    due_at: datetime | None = None  # when a channel that may work again is to be tried again
    postponed: datetime | None = None  # the same, but hours away
    person: dict[str, Any] = field(default_factory=dict)
    spent: str | None = None
    messages: int = 1
    need: int | None = None  # as in Report
    refused_template: str | None = None

    @classmethod
    def begin(cls, letter: Letter, now: datetime) -> "Course":
        return cls(letter, now, Tried.of(letter.attempts), letter.row.tries)

    def note(
        self, channel: str, outcome: Outcome, error: ChannelError | None = None, message_id: str | None = None
    ) -> None:
        """One attempt was made."""
        code, detail = (error.code, error.reason) if error is not None else (None, None)
        self.made.append(Attempt(self.now, channel, outcome, code, message_id, detail))
        self.tried.note(channel, outcome)

    def again(self, seconds: float) -> None:
        at = self.now + timedelta(seconds=seconds)
        self.due_at = min(self.due_at or at, at)

    def took(self, channel: str, sent: Sent, *, to_be_whole: bool) -> None:
        self.note(channel, Outcome.TAKEN, message_id=sent.message_id)
        self.reason, self.due_at, self.postponed = None, None, None
        self.spent, self.messages = sent.spent, sent.messages
        if to_be_whole or (sent.points and self.letter.need == 1):
            self.need = 1 if sent.whole else 2  # the second is the reply that tells it whole

    @property
    def enough(self) -> bool:
        """Whether as many channels took it as are needed."""
        return bool(len(self.tried.taken) >= self.letter.need)

    def end(self, state: str) -> Report:
        row = self.letter.row
        return Report(
            row.id, row.person_id, state, len(self.tried.taken), self.tries, self.reason, self.due_at, self.made,
            self.person or None, self.spent, self.messages, self.need, self.refused_template, self.letter.is_digest,
        )  # fmt: skip
