"""What who helps says about an order in hand: tell them that …, another time, done, where and when it was; and about an
open wish: I take it."""

from collections.abc import Callable, Mapping, Sequence

from bot.dialogue import appointment, relay, wrong_time
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.member import invitations, orders_in_hand, wishes
from bot.errors import NotUnderstood
from bot.orders.order import Order
from bot.orders.rights import MEMBER
from bot.understanding.extract import clauses

HELPERS = frozenset({"member", "staff", "admin", "discipline", "mediator", "grid"})
BY_NAME = 4  # ideographs from which words may name an open wish


def talk(context: Context) -> str | None:
    """The reply; None for whoever helps nobody, and for words about something else."""
    if context.me.roles.isdisjoint(HELPERS) or (context.meant.request_count > 1 and not _only_reports(context)):
        return None
    wrong = wrong_time.said(context)
    if wrong is not None and context.orders.in_hand():
        raise NotUnderstood(wrong.key)
    name = _topic(context)
    if name is None:
        return _without_order(context)
    if name == "takes":
        return _take(context)
    in_hand = context.orders.in_hand()
    return SAID[name](context, in_hand) if in_hand else _without_order(context)


def _only_reports(context: Context) -> bool:
    """灯修好了，物业换了三个: several things were done and nothing more is wanted."""
    return context.reader.matches("member", "finished", context.meant) and not clauses.besides(context.meant.text)[1]


def _without_order(context: Context) -> str | None:
    """Is there anything to do; how much did I do."""
    if not context.me.rights.holds(MEMBER):
        return None
    topic = context.reader.topic("free", context.meant)
    if topic is None and appointment.is_all_about_time(context) and not context.orders.mine():
        return context.say("member.none_in_hand")  # a time of nothing
    if topic is None:
        about = context.reader.topic("member", context.meant)
        asks = about is not None and about.name in ("where", "contact") and context.orders.wishes()
        return wishes.wishes(context, None, "") if asks else None
    shows = {"wants": wishes.wishes, "rests": orders_in_hand.rest}
    return shows.get(topic.name, orders_in_hand.my_orders)(context, None, "")


def _topic(context: Context) -> str | None:
    reader, meant = context.reader, context.meant
    if appointment.nobody_opens(context):
        return "arrives"
    if appointment.names_time(context) and _moves_time(context):
        return "moves"
    if reader.matches("member", "finished", meant):
        return "finished"
    if relay.words_for_other(context):
        return "relay"
    in_hand = reader.topic("in_hand", meant)
    if in_hand is not None:
        return in_hand.name
    takes = reader.topic("invitation", meant)
    return (
        "takes"
        if meant.intent == "accept" or (takes is not None and takes.name in ("yes", "surely", "denied"))
        else None
    )


def _moves_time(context: Context) -> bool:
    moved = appointment.moves(context) or appointment.suits(context) or appointment.is_all_about_time(context)
    return moved or context.reader.matches("resident", "change_time", context.meant)


def _take(context: Context) -> str | None:
    """An open wish that the words name."""
    if not context.me.rights.holds(MEMBER) or len(context.meant.folded) < BY_NAME:
        return None
    wish = named_by_words(context, context.orders.wishes())
    return invitations.accept(context, wish.code, "") if wish is not None else None


def _relay(context: Context, in_hand: Sequence[Order]) -> str:
    words = relay.words_for_other(context) or context.meant.text
    return relay.pass_on(context, _of(context, "relay", in_hand), words)


def _move(context: Context, in_hand: Sequence[Order]) -> str:
    return relay.move_time(context, _of(context, "reschedule", in_hand))


def _finish(context: Context, in_hand: Sequence[Order]) -> str:
    return orders_in_hand.finish(context, _of(context, "finish", in_hand).code, context.meant.text)


def _details(context: Context, in_hand: Sequence[Order]) -> str:
    return orders_in_hand.my_orders(context, None, "")


def _of(context: Context, action: str, in_hand: Sequence[Order]) -> Order:
    """The one that is in hand; where there are several, the one that the words name or that is chosen."""
    if len(in_hand) == 1:
        return in_hand[0]
    return named_by_words(context, in_hand) or choose(context, action, None)


SAID: Mapping[str, Callable[[Context, Sequence[Order]], str]] = {
    "moves": _move, "relay": _relay, "finished": _finish, "details": _details, "arrives": _relay,
    "news": _relay,
}  # fmt: skip
