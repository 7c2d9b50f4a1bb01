"""Whom an order can be given to. See `bot.dialogue.interface.ports.people.People`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.dialogue.interface.order import Found
from bot.orders.order import Order
from bot.services.context.turn import Turn
from bot.services.orders import candidates
from bot.services.restricted import knowing
from bot.store import orders
from bot.store.persons import people
from bot.understanding.normalize import fold_name

HOUR = timedelta(hours=1)
GUESSES = 10
NAMES = (2, 3, 4)  # characters


@dataclass(frozen=True, slots=True)
class People:
    """Volunteers and staff for one order."""

    turn: Turn

    def volunteers_allowed(self, order: Order) -> bool:
        return candidates.volunteers_allowed(self.turn.office, order)

    def may_be_invited(self, order: Order) -> bool:
        return candidates.may_be_invited(self.turn.office, order)

    def best(self, order: Order) -> Sequence[Found]:
        """The three who fit best, with the reason."""
        return candidates.best(self.turn.office, self.turn.tx, orders.by_id(self.turn.tx, order.id))

    def named(self, order: Order, name: str) -> Sequence[Found]:
        """Who bears this name; 我 is whoever speaks."""
        turn = self.turn
        if fold_name(name) in {fold_name(turn.say("staff.me")), fold_name(turn.say("staff.myself"))}:
            found = self.of_id(order, turn.me.id)
            return [found] if found is not None else []
        return candidates.named(turn.office, turn.tx, order, name)

    def of_id(self, order: Order, person_id: int) -> Found | None:
        """Somebody of the roster, as what that person may be given this order; None where it is not for that person."""
        return candidates.of_id(self.turn.office, self.turn.tx, order, person_id)

    def colleagues(self, order: Order, named: Sequence[str]) -> list[int]:
        """Who decides on the order and bears one of these names; more characters may follow a name."""
        tx, forms = self.turn.tx, {fold_name(each[:length]) for each in named for length in NAMES}
        found = {row.id for row in people.with_names(tx) if fold_name(row.name or "") in forms}
        deciding = sorted(person for person in found if people.rights_of(tx, person).answers_for(order.community))
        return knowing.who_may_know(tx, order, deciding)

    def is_known(self, name: str) -> bool:
        """Whether somebody on the roster bears this name."""
        return bool(people.named(self.turn.tx, name))
