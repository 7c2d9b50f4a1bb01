"""Requests to delete what is known of somebody. See `bot.dialogue.interface.ports.people.Deletion`."""

from dataclasses import dataclass

from bot.orders.order import Order
from bot.services.context.turn import Turn
from bot.services.deletion import requests


@dataclass(frozen=True, slots=True)
class Deletion:
    """What the speaker asks for, or confirms as an administrator."""

    turn: Turn

    def waiting(self) -> str | None:
        """The sentence about the speaker's request that waits already."""
        known = requests.waiting(self.turn.tx, self.turn.me.id)
        if known is None or known[0] is None:
            return None
        until = requests.local(self.turn.office, known[1])
        return self.turn.say("privacy.asked", code=known[0].code, until=until)

    def ask(self, order: Order) -> str:
        """The order stands for the speaker's request; the sentence that says what happens now."""
        turn = self.turn
        due_at = requests.ask(turn.office, turn.tx, turn.person, requests.CHAT, turn.now, order)
        return turn.say("privacy.asked", code=order.code, until=requests.local(turn.office, due_at))

    def confirm(self, code: str) -> None:
        """The clock carries it out. NotFound where no such request waits."""
        requests.confirm(self.turn.tx, code, self.turn.me.id, self.turn.now)
