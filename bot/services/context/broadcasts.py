"""Reminders to many, written and watched in the chat. See `bot.dialogue.ports.Broadcasts`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.dialogue.ports import Audience
from bot.dialogue.staff.broadcast_draft import whole_name
from bot.dialogue.work import LastReminder
from bot.orders.rights import ADMIN, DISCIPLINE
from bot.services import broadcast_report, broadcasts
from bot.services.context.turn import Turn
from bot.store import broadcasts as store
from bot.store import people


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """What the speaker may do about broadcasts."""

    turn: Turn

    def audience_words(self) -> Mapping[str, Any]:
        words: Mapping[str, Any] = self.turn.office.texts.sentences["broadcast"]["audience"]
        return words

    def role_words(self) -> Mapping[str, str]:
        words: Mapping[str, str] = self.turn.office.texts.sentences["broadcast"]["roles"]
        return words

    def names_in(self, text: str) -> Sequence[str]:
        names = sorted({row.name for row in people.roster(self.turn.tx) if row.name}, key=len, reverse=True)
        found: dict[str, int] = {}
        for name in names:  # the longest first: nothing is read out of the middle of another name
            place = re.search(whole_name(name), text)
            if place is not None:
                found[name] = place.start()
                text = re.sub(whole_name(name), lambda met: " " * len(met[0]), text)
        return sorted(found, key=lambda name: found[name])

    def count_audience(self, audience: Audience) -> int:
        return broadcasts.count_audience(self.turn.tx, audience)

    def count_unbound(self, audience: Audience) -> int:
        return broadcasts.count_unbound(self.turn.tx, audience)

    def approvers(self) -> Sequence[tuple[int, str]]:
        return broadcasts.approvers(self.turn.tx, self.turn.me.id)

    def whole(self, number: int) -> str:
        """The whole of a broadcast: a card shows only its beginning."""
        found = broadcast_report.found(self.turn.tx, number)
        return self.turn.say("broadcast.whole", number=number, title=found.title, body=found.body)

    def create(self, title: str, body: str, audience: Audience, asked_id: int) -> int:
        turn = self.turn
        return broadcasts.submit(turn.tx, turn.me.id, "reminder", title, body, audience, None, asked_id, turn.now)

    def approve(self, number: int) -> None:
        broadcasts.approve_within(self.turn.tx, number, self.turn.me.id, self.turn.now)

    def reject(self, number: int, note: str) -> None:
        broadcasts.reject_within(self.turn.tx, number, self.turn.me.id, note, self.turn.now)

    def figures(self, number: int) -> Mapping[str, object]:
        found = broadcast_report.report(self.turn.tx, number, self.turn.now)
        return {"title": found.title, "state": found.state, **asdict(found.counts)}

    def newest(self) -> LastReminder | None:
        """The newest reminder that was approved: one's own; of administrators and the discipline staff anybody's."""
        turn = self.turn
        row = store.newest(turn.tx, None if turn.me.rights.holds(ADMIN, DISCIPLINE) else turn.me.id)
        if row is None:
            return None
        counts = broadcast_report.figures(turn.tx, row.id)
        return LastReminder(row.id, row.title, counts.recipients, counts.acked)

    def acknowledge(self, number: int | None) -> tuple[int, bool]:
        """(the broadcast's number, whether this is the first time)."""
        return broadcasts.acknowledge(self.turn.tx, self.turn.me.id, number, self.turn.now)
