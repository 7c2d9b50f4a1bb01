"""What waits for an answer of the speaker. See `bot.dialogue.interface.ports.orders.Waiting`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.broadcasts.life import APPROVERS
from bot.dialogue.interface.waits import Waits
from bot.services.context.turn import Turn
from bot.store.reads import waiting


@dataclass(frozen=True)
class Waiting:
    """What waits, read once a message and only when it is asked for."""

    turn: Turn

    def items(self) -> Sequence[Waits]:
        """In no order; at most five of each kind. As it was when it was first asked for."""
        return self._items

    @cached_property
    def _items(self) -> Sequence[Waits]:
        turn = self.turn
        if turn.is_new:
            return ()
        rows = waiting.of(turn.tx, turn.me.id, turn.now, approves=not turn.me.roles.isdisjoint(APPROVERS))
        return [Waits(row.kind, row.number, row.at) for row in rows]
