"""What the flows may ask about matters told before, and about several told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Row

from bot.dialogue.context import Order, Repeated
from bot.services.context.answers import QuestionDesk
from bot.services.orders import duplicates
from bot.store import orders
from bot.store.reads import alike
from bot.understanding import Understanding

FAULTS = ("matter", "mediation", "emergency")


@dataclass(slots=True)
class EarlierDesk(QuestionDesk):
    """See `bot.dialogue.context.Desk`."""

    def said_before(self, meant: Understanding) -> Order | None:
        """This person's own order about this very matter that is not closed yet."""
        return cast(Order | None, duplicates.own(self.office, self.tx, self.me.id, meant, self.now))

    def alike(self, order: Order) -> Order | None:
        """The order that this one may be the same as, or what that was merged into; None where there is none any more."""
        row = cast(Row[Any], order)
        while next_id := row.merged_into_id or row.alike_id:
            row = orders.by_id(self.tx, next_id)
            if row.merged_into_id is None:
                break
        offered = row.id != order.id and row.state != "closed" and row.lane != "restricted"
        return cast(Order, row) if offered else None

    def repeated(self) -> Sequence[Repeated]:
        """What comes up again and again in the communities this person answers for."""
        limits, reader = self.office.limits, self.office.reader
        since = self.now - timedelta(days=limits.repeated_days)
        within = None if "admin" in self.me.roles else sorted(self.me.communities)
        found = alike.repeated(self.tx, within, FAULTS, since, limits.repeated_least, limits.repeated_shown)
        return [
            Repeated(f"{row.community}{row.estate or ''}", reader.category(row.category).level2, row.number)
            for row in found
        ]
