"""What who helps says about an order in hand: tell them that …, another time, done."""

from collections.abc import Sequence

from bot.dialogue import relay
from bot.dialogue.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.member import invitations
from bot.orders.order import Order

HELPERS = frozenset({"member", "staff", "admin", "discipline", "mediator", "grid"})


def talk(context: Context) -> str | None:
    """The reply; None for whoever has no order in hand, and for words about something else."""
    if context.me.roles.isdisjoint(HELPERS) or context.meant.request_count > 1:
        return None
    passed_on, topic = context.reader.topic("relay", context.meant), context.reader.topic("member", context.meant)
    moves = context.meant.when is not None and _is(context, "resident", "change_time")
    finished = topic is not None and topic.name == "finished"
    if not (passed_on and passed_on.rest) and not moves and not finished:
        return None
    in_hand = context.orders.in_hand()
    if not in_hand:
        return None
    if passed_on and passed_on.rest:
        return relay.pass_on(context, _of(context, "relay", in_hand), passed_on.rest)
    if moves and context.meant.when is not None:
        return relay.change_time(context, _of(context, "reschedule", in_hand), context.meant.when)
    return invitations.finish(context, None, context.meant.text)


def _is(context: Context, group: str, name: str) -> bool:
    found = context.reader.topic(group, context.meant)
    return found is not None and found.name == name


def _of(context: Context, action: str, in_hand: Sequence[Order]) -> Order:
    """The one that is in hand; where there are several, the one that is chosen."""
    return in_hand[0] if len(in_hand) == 1 else choose(context, action, None)
