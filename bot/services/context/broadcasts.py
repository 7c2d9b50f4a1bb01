"""Reminders to many, written and watched in the chat. See `bot.dialogue.ports.Broadcasts`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.broadcasts.audience import Audience, whole_name
from bot.broadcasts.written import Written
from bot.dialogue import ports
from bot.dialogue.work import LastReminder
from bot.orders.rights import ADMIN, DISCIPLINE
from bot.services.broadcasts import acknowledging, approving, preview, report, writing
from bot.services.broadcasts.found import found as found_broadcast
from bot.services.context.turn import Turn
from bot.store import people
from bot.store.broadcasts import written as store


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

    def count_audience(self, audience: ports.Audience) -> int:
        return preview.count_audience(self.turn.tx, Audience.of(audience))

    def count_unbound(self, audience: ports.Audience) -> int:
        return preview.count_unbound(self.turn.tx, Audience.of(audience))

    def approvals_needed(self, audience: ports.Audience) -> int:
        return Audience.of(audience).approvals_needed(self.turn.office.reader.communities())

    def approvers(self) -> Sequence[tuple[int, str]]:
        return approving.possible(self.turn.tx, self.turn.me.id)

    def whole(self, number: int) -> str:
        """The whole of a broadcast: a card shows only its beginning."""
        found = found_broadcast(self.turn.tx, number)
        return self.turn.say("broadcast.whole", number=number, title=found.title, body=found.body)

    def create(self, title: str, body: str, audience: ports.Audience, asked_id: int) -> int:
        turn, new = self.turn, Written("reminder", title, body, Audience.of(audience))
        return writing.create_within(turn.office, turn.tx, turn.me.id, new, turn.now, asked_id=asked_id)

    def approve(self, number: int) -> None:
        approving.approve_within(self.turn.office, self.turn.tx, number, self.turn.me.id, self.turn.now)

    def reject(self, number: int, note: str) -> None:
        approving.reject_within(self.turn.tx, number, self.turn.me.id, note, self.turn.now)

    def figures(self, number: int) -> Mapping[str, object]:
        found = report.report(self.turn.tx, number, self.turn.now)
        return {"title": found.title, "state": found.state, **asdict(found.counts)}

    def newest(self) -> LastReminder | None:
        """The newest reminder that was approved: one's own; of administrators and the discipline staff anybody's."""
        turn = self.turn
        row = store.newest(turn.tx, None if turn.me.rights.holds(ADMIN, DISCIPLINE) else turn.me.id)
        if row is None:
            return None
        counts = report.figures(turn.tx, row)
        return LastReminder(row.id, row.title, counts.recipients, counts.acked)

    def acknowledge(self, number: int | None) -> tuple[int, bool]:
        """(the broadcast's number, whether this is the first time)."""
        return acknowledging.acknowledge(self.turn.tx, self.turn.me.id, number, self.turn.now)
