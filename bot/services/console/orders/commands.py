"""What this person can do with an order now."""

from bot.dialogue.context import Context
from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.order import Order
from bot.services.console.acts import ACTIONS, MERGED
from bot.services.console.seat import Seat
from bot.services.orders import undoing
from bot.store.database import Tx


def commands_for(tx: Tx, context: Context, seat: Seat, order: Order, known: set[Actor]) -> frozenset[str]:
    return frozenset(
        command
        for command, action in ACTIONS.items()
        if known & set(MAY[action])
        and (State(order.state), action) in LIFE
        and _fits(tx, context, seat, order, command)
    )


def _fits(tx: Tx, context: Context, seat: Seat, order: Order, command: str) -> bool:
    """What the table of the life does not say: of petitions, who volunteers for what, and whether there is something to take back."""
    if command == "undo":
        return bool(undoing.last(tx, seat.person_id, order.id))
    if command == "publish":
        return context.people.volunteers_allowed(order)
    if command == "separate":
        return order.outcome == MERGED
    if command == "register":
        return order.petition_at is None
    if command == "give_notice":
        return order.petition_at is not None and order.petition_told_at is None
    return True
