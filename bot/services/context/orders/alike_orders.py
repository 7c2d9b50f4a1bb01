"""Matters told before, by the same resident or by others. See `bot.dialogue.interface.ports.orders.AlikeOrders`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.dialogue.interface.order import Repeated
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.context.turn import Turn
from bot.services.orders import duplicates
from bot.services.restricted import knowing
from bot.store import orders, recurring
from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class AlikeOrders:
    """Orders that are there already."""

    turn: Turn

    def own(self, meant: Understanding) -> Order | None:
        """This person's own order about this very matter that is not closed yet."""
        turn = self.turn
        if turn.is_new and turn.session.order_id is None:  # there can be none
            return None
        return duplicates.own(turn.office, turn.tx, turn.me.id, meant, turn.now)

    def first(self, order: Order) -> Order | None:
        """The order that this one may be the same as, or what that was merged into; None where there is none any more, or this
        person may not know of it."""
        found = order
        while next_id := found.merged_into_id or found.alike_id:
            found = orders.by_id(self.turn.tx, next_id)
            if found.merged_into_id is None:
                break
        offered = found.id != order.id and found.state != "closed" and not is_restricted(found)
        return found if offered and knowing.may_know(self.turn.tx, found, self.turn.me.id) else None

    def repeated(self) -> Sequence[Repeated]:
        """What comes up again and again in the communities this person answers for."""
        turn, limits, reader = self.turn, self.turn.office.limits, self.turn.office.reader
        since = turn.midnight() - timedelta(days=limits.repeated_days)
        scope = turn.me.rights.scope()
        within = None if scope is None else sorted(scope)
        found = recurring.repeated(turn.tx, within, since, limits.repeated_least, limits.repeated_shown)
        return [
            Repeated(f"{row.community}{row.estate or ''}", reader.category(row.category).level2, row.number)
            for row in found
        ]
