"""The statutory notice in writing. See `bot.dialogue.interface.ports.actions.Petitions`."""

from dataclasses import dataclass
from datetime import datetime

from bot.orders.order import Order
from bot.services.context.orders import words
from bot.services.context.turn import Turn
from bot.services.orders import petitions
from bot.store import orders


@dataclass(frozen=True, slots=True)
class Petitions:
    """What staff do about a petition."""

    turn: Turn

    def register(self, order: Order) -> datetime:
        """When the notice in writing is due, in the office's time."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id, lock=True)
        done = petitions.register(turn.office, turn.tx, row, turn.doer, turn.now)
        assert done.petition_due_at is not None
        return turn.local(done.petition_due_at)

    def give_notice(self, order: Order, note: str) -> None:
        """The notice in writing was given; the note says how."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id, lock=True)
        petitions.give_notice(turn.office, turn.tx, row, words.note(turn, row, note), turn.doer, turn.now)
