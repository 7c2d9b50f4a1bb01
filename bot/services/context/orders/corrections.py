"""What staff put right of an order. See `bot.dialogue.interface.ports.actions.Corrections`."""

from dataclasses import dataclass

from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.context.orders.actions import Actions
from bot.services.context.turn import Turn
from bot.services.orders import placement
from bot.services.orders.told import urgent_limits
from bot.services.restricted import sealing
from bot.store import orders
from bot.understanding import Category


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was understood of an order, as staff judge it."""

    turn: Turn
    actions: Actions

    def set_urgency(self, order: Order, urgency: str, note: str) -> Order:
        """As staff judge it, with the limits that go with it; danger is alarmed as when it comes in."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id, lock=True)
        limits = urgent_limits.limits_of_urgency(turn.office, row, urgency, turn.now)
        changed = self.actions.perform(row, "correct", note, urgency=urgency, **limits)
        if urgency == "U0":
            placement.announce(turn.office, turn.tx, changed, turn.doer, turn.now, f"v{changed.version}", note)
        return changed

    def leaves_box(self, order: Order, words: str) -> bool:
        """Whether a restricted matter would be an ordinary one in this category. NotFound where the words name none."""
        return is_restricted(order) and not is_restricted(self._category(words))

    def _category(self, words: str) -> Category:
        category = self.turn.office.reader.find_category(words)
        if category is None:
            raise NotFound("staff.no_category", words=words)
        return category

    def recategorise(self, order: Order, words: str) -> Order:
        """Into the category that these words name. NotFound where they name none."""
        turn, category = self.turn, self._category(words)
        if is_restricted(category) or is_restricted(order):
            return sealing.recategorise(turn.office, turn.tx, order.id, category, turn.doer, turn.now)
        due = turn.office.limits.due_at(
            category.sla, order.urgency, order.created_at, turn.office.calendar, other=order.external_due_at
        )
        columns = {"category": category.code, "lane": category.lane, "due_at": due}
        return self.actions.perform(order, "recategorise", category.level2, **columns)
