"""What the reminder flows may ask, answered from the message's own transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from bot.dialogue.context import Me
from bot.dialogue.staff.broadcast_draft import Audience
from bot.services import broadcasts
from bot.services.office import Office
from bot.store.database import Tx


@dataclass(slots=True)
class ReminderDesk:
    """See `bot.dialogue.staff.broadcast_draft.BroadcastDesk`."""

    office: Office
    tx: Tx
    me: Me
    now: datetime

    def say(self, key: str, **facts: object) -> str:
        return self.office.say(key, **facts)

    def communities(self) -> Sequence[str]:
        return self.office.reader.communities()

    def audience_words(self) -> Mapping[str, Any]:
        return cast(Mapping[str, Any], self.office.texts.sentences["broadcast"]["audience"])

    def role_words(self) -> Mapping[str, str]:
        return cast(Mapping[str, str], self.office.texts.sentences["broadcast"]["roles"])

    def count_audience(self, audience: Audience) -> int:
        return broadcasts.count_audience(self.tx, audience)

    def count_unbound(self, audience: Audience) -> int:
        return broadcasts.count_unbound(self.tx, audience)

    def approvers(self) -> Sequence[tuple[int, str]]:
        return broadcasts.approvers(self.tx, self.me.id)

    def reminder(self, number: int) -> str:
        """The whole of a broadcast: a card shows only its beginning."""
        found = broadcasts.whole(self.tx, number)
        return self.say("broadcast.whole", number=number, title=found.title, body=found.body)

    def create(self, title: str, body: str, audience: Audience, asked_id: int) -> int:
        return broadcasts.submit(self.tx, self.me.id, "reminder", title, body, audience, None, asked_id, self.now)

    def approve(self, number: int) -> None:
        broadcasts.approve_within(self.tx, number, self.me.id, self.now)

    def reject(self, number: int, note: str) -> None:
        broadcasts.reject_within(self.tx, number, self.me.id, note, self.now)

    def figures(self, number: int) -> Mapping[str, object]:
        found = broadcasts.report(self.tx, number, self.now)
        return {"title": found.title, "state": found.state, **asdict(found.counts)}
