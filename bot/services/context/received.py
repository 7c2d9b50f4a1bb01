"""What the speaker gets as one of many, and wishes to get. See `bot.dialogue.interface.ports.broadcasts.Received`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.interface import received
from bot.dialogue.interface.received import Wishes
from bot.messages import MESSAGE_WINDOW
from bot.services.broadcasts.recipients import acknowledging, answering, preferences, receiving
from bot.services.context.turn import Turn


@dataclass(frozen=True, slots=True)
class Received:
    """What the speaker may do with broadcasts that came."""

    turn: Turn

    def listed(self) -> Sequence[received.Received]:
        turn = self.turn
        return receiving.listed(turn.office, turn.tx, turn.me.id, turn.now)

    def one(self, number: int) -> received.Received | None:
        turn = self.turn
        return receiving.one(turn.office, turn.tx, turn.me.id, number, turn.now)

    def acknowledge(self, number: int | None) -> tuple[int, bool]:
        """(the broadcast's number, whether this is the first time)."""
        return acknowledging.acknowledge(self.turn.tx, self.turn.me.id, number, self.turn.now)

    def has_spoken_since(self, at: datetime) -> bool:
        """By the window that the message before this one opened, as the person's row was read before this one."""
        until = self.turn.person.chat_until
        return until is not None and until - MESSAGE_WINDOW[0] > at

    def meetings(self) -> Sequence[received.Received]:
        turn = self.turn
        return receiving.meetings(turn.office, turn.tx, turn.me.id, turn.now)

    def answer_meeting(self, number: int, *, coming: bool, reason: str) -> bool:
        turn = self.turn
        return answering.answer(turn.office, turn.tx, number, turn.me.id, turn.now, coming=coming, reason=reason)

    def ask_author(self, number: int, question: str) -> str | None:
        turn = self.turn
        return answering.ask_author(turn.office, turn.tx, number, turn.me.name or "", question, turn.now)

    def wishes(self) -> Wishes:
        known = preferences.of(self.turn.tx, self.turn.me.id)
        return Wishes(known.muted, known.digest, known.service)

    def mute(self, kind: str, *, muted: bool) -> None:
        preferences.mute(self.turn.tx, self.turn.me.id, kind, muted=muted)

    def collect(self, *, digest: bool) -> None:
        preferences.collect(self.turn.tx, self.turn.me.id, digest=digest)

    def agree(self, *, agreed: bool) -> None:
        preferences.agree(self.turn.tx, self.turn.me.id, self.turn.now, agreed=agreed)
