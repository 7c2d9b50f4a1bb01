"""What who helps says about an order in hand: tell them that …, another time, done, where and when it was; and about an
open wish: I take it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.dialogue import appointment, relay, wrong_time
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.member import helping, invitations, orders_in_hand, wishes
from bot.errors import NotUnderstood
from bot.orders.order import Order
from bot.orders.rights import MEMBER
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses

OF_SEVERAL = frozenset({"replaced", "off", "away", "unfinished", "cannot", "news", "arrives"})
"""Topics that hold also where the words sound like several requests: they are said of work that was done in part."""
BY_NAME = 4  # ideographs from which words may name an open wish


def talk(context: Context) -> str | None:
    """The reply; None for whoever helps nobody, and for words about something else."""
    if context.me.roles.isdisjoint(helping.HELPERS):
        return None
    wrong = wrong_time.said(context)
    several = context.meant.request_count > 1 and not _only_reports(context) and not helping.is_unclear(context)
    if wrong is not None and not several and context.orders.in_hand():
        raise NotUnderstood(wrong.key)
    name = helping.topic(context) or (None if _rests_or_back(context) else _takes(context))
    if several and name not in OF_SEVERAL:
        return None
    if name is None:
        return _without_order(context)
    if name == "takes":
        return _take(context)
    in_hand = context.orders.in_hand()
    return SAID[name](context, in_hand) if in_hand else _without_order(context)


def unclear(context: Context) -> str | None:
    """What may be about an order in hand and is read as nothing sure: a question and a fault go to the resident where there is one
    order; else how it is said. None where it is a matter of the speaker's own."""
    if context.me.roles.isdisjoint(helping.HELPERS) or not helping.is_unclear(context):
        return None
    first, *others = context.orders.in_hand()
    of_them = helping.asks_them(context) or (context.meant.intent == "request" and context.meant.category != UNKNOWN)
    if of_them and not others and first.state == "accepted" and not context.me.rights.decides:
        return _passed_on(context, first)
    return context.say("member.about_in_hand", code=first.code, what=context.wording.line(first))


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
    shows = {"wants": wishes.wishes, "rests": orders_in_hand.rest, "back": orders_in_hand.on_duty}
    return shows.get(topic.name, orders_in_hand.my_orders)(context, None, "")


def _takes(context: Context) -> str | None:
    """Whether an open wish is taken."""
    takes = context.reader.topic("invitation", context.meant)
    yes = takes is not None and takes.name in ("yes", "surely", "denied")
    return "takes" if context.meant.intent == "accept" or yes else None


def _rests_or_back(context: Context) -> bool:
    topic = context.reader.topic("free", context.meant)
    return topic is not None and topic.name in ("rests", "back")


def _take(context: Context) -> str | None:
    """An open wish that the words name."""
    if not context.me.rights.holds(MEMBER):
        return None
    wish = named_by_words(context, context.orders.wishes()) if len(context.meant.folded) >= BY_NAME else None
    return invitations.accept(context, wish.code, "") if wish is not None else _without_order(context)


def _relay(context: Context, in_hand: Sequence[Order]) -> str:
    words = relay.words_for_other(context) or context.meant.text
    return relay.pass_on(context, _of(context, "relay", in_hand), words)


def _move(context: Context, in_hand: Sequence[Order]) -> str:
    return relay.move_time(context, _of(context, "reschedule", in_hand))


def _give_back(context: Context, in_hand: Sequence[Order]) -> str:
    return orders_in_hand.give_back(context, _of(context, "return", in_hand).code, context.meant.text)


def _off(context: Context, in_hand: Sequence[Order]) -> str:
    """Not on that day: the resident hears it, without the reason, and another time is asked for."""
    order, text = _of(context, "relay", in_hand), context.meant.text
    told = [
        each for each in clauses.by_marks(text) if context.reader.matches("helping", "off", context.reader.read(each))
    ]
    said = relay.pass_on(context, order, "，".join(told) or text)
    return f"{said}\n{context.say('reschedule.which')}{context.say('member.or_give_back', code=order.code)}"


def _unfinished(context: Context, in_hand: Sequence[Order]) -> str:
    """More is to be done: another time is told to the resident and the staff, all else is passed on."""
    order = _of(context, "relay", in_hand)
    when = appointment.new_time(context, order) if appointment.names_time(context) else None
    return relay.move_time(context, order) if when else _passed_on(context, order)


def _news(context: Context, in_hand: Sequence[Order]) -> str:
    return _passed_on(context, _of(context, "relay", in_hand))


def _passed_on(context: Context, order: Order) -> str:
    """The words go to the resident; the reply says what else can be done."""
    said = relay.pass_on(context, order, context.meant.text)
    return said + context.say("member.or_give_back", code=order.code)


def _finish(context: Context, in_hand: Sequence[Order]) -> str:
    if len(in_hand) > 1 and context.reader.matches("speaker", "both", context.meant):
        done = (partial(orders_in_hand.finish, context, order.code, context.meant.text) for order in in_hand)
        return one_by_one(context, done)
    return orders_in_hand.finish(context, _of(context, "finish", in_hand).code, context.meant.text)


def _details(context: Context, in_hand: Sequence[Order]) -> str:
    return orders_in_hand.my_orders(context, None, "")


def _of(context: Context, action: str, in_hand: Sequence[Order]) -> Order:
    """The one that is in hand; where there are several, the one that the words name or that is chosen."""
    if len(in_hand) == 1:
        return in_hand[0]
    return named_by_words(context, in_hand) or choose(context, action, None)


SAID: Mapping[str, Callable[[Context, Sequence[Order]], str]] = {
    "moves": _move, "relay": _relay, "finished": _finish, "details": _details, "arrives": _relay, "news": _news,
    "replaced": _give_back, "cannot": _give_back, "away": _give_back, "off": _off, "unfinished": _unfinished, "people": _news,
}  # fmt: skip
