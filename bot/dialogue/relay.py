"""Words passed on between the resident and who helps, without telephone numbers; and what both may change about the time."""

from bot.dialogue import appointment, wrong_time
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.resident import about
from bot.dialogue.resident.receipts import TIMED
from bot.errors import NotAllowed, NotUnderstood
from bot.orders.lifecycle import LIFE, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding


def relay(context: Context, code: str | None, rest: str) -> str:
    """转告 CODE text: to the other side of the order."""
    order = choose(context, "relay", code)
    if not rest.strip():
        raise NotUnderstood("relay.what", code=order.code)
    return pass_on(context, order, rest.strip())


def pass_on(context: Context, order: Order, words: str) -> str:
    """Passes the words on; before anybody helps they stand with the order, where staff read them. Staff who answer for it speak to the
    resident."""
    if order.handler_id is None and order.person_id == context.me.id:
        context.actions.perform(order, "append", words)
        return context.say("relay.nobody_yet", code=order.code)
    is_theirs = context.me.id in (order.person_id, order.handler_id)
    context.actions.perform(order, "relay" if is_theirs else "tell", words)
    if context.outcome.set_aside is not None and not context.outcome.stands:
        return context.say("relay.not_passed_on", code=order.code)
    key = "relay.to_helper" if order.person_id == context.me.id else "relay.to_resident"
    return context.say(key, code=order.code)


def words_for_other(context: Context) -> str:
    """The words that the message asks to pass on; empty where it asks for nothing of the kind. A question is passed on whole."""
    found = context.reader.topic("relay", context.meant)
    if found is None:
        return ""
    return context.meant.text.strip() if found.name in ASKED else found.rest


def to_other_side(context: Context) -> str | None:
    """跟阿姨说一声晚到半小时: words that open with whom they are for, from either side of an order that somebody has in hand,
    whatever they might be read as by themselves; 让师傅直接进来 from the resident alone. None without such an order."""
    found = context.reader.topic("relay", context.meant)
    if found is None or found.name in ASKED or not found.rest or context.meant.command is not None:
        return None
    mine = [
        order for order in context.orders.candidates("relay") if order.person_id == context.me.id and order.handler_id
    ]
    fitting = mine if found.name == "tell" else [*context.orders.in_hand(), *mine]
    if not fitting:
        return None
    order = fitting[0] if len(fitting) == 1 else named_by_words(context, fitting) or choose(context, "relay", None)
    moved = appointment.new_time(context, order) if appointment.moves(context) else None
    return change_time(context, order, moved, found.rest) if moved else pass_on(context, order, found.rest)


def reschedule(context: Context, code: str | None, rest: str) -> str:
    """改时间 CODE time: whoever is concerned is told and may object."""
    order = choose(context, "reschedule", code)
    wrong_time.refuse(context, rest)
    when = context.reader.read(rest).when
    if when is None:
        raise NotUnderstood("reschedule.when", code=order.code)
    return change_time(context, order, when)


def change_time(context: Context, order: Order, when: str, words: str = "") -> str:
    """The order's time from now on; the reply repeats it. `words`: what else was said, for whoever is told."""
    context.actions.perform(order, "reschedule", words or when, wanted_when=when[:LONGEST_TIME])
    return time_changed(context, order, when)


def time_changed(context: Context, order: Order, when: str) -> str:
    """The reply that repeats the new time."""
    key = "reschedule.done" if order.handler_id is not None else "reschedule.noted"
    return context.say(key, code=order.code, when=when)


def moved(context: Context, order: Order) -> str | None:
    """The reply to words about another time for this order; None where they are about something else, or its time cannot change any
    more."""
    may_move = (State(order.state), "reschedule") in LIFE and not is_restricted(order) and order.lane not in NO_VISIT
    about_time = may_move and appointment.is_about(context, lambda: order)
    return another_time(context, order) if about_time else None


def another_time(context: Context, order: Order) -> str:
    """Words about the time of this order: whether the agreed one stays, or another one."""
    if appointment.stays(context, order):
        asks = context.reader.matches("appointment", "asks", context.meant)
        return about.answered("when", context, order) if asks else pass_on(context, order, context.meant.text)
    return move_time(context, order)


def time_told(context: Context, order: Order, meant: Understanding) -> str | None:
    """The time that an answer or a correction tells besides, where somebody comes at a time; None where it tells no other one."""
    may_move = (State(order.state), "reschedule") in LIFE and order.lane in TIMED
    when = appointment.new_time(context.with_meaning(meant), order) if may_move and meant.when is not None else None
    return when[:LONGEST_TIME] if when and when != order.wanted_when else None


def move_time(context: Context, order: Order) -> str:
    """Natural words about another time: the time they name, else they are passed on, and where they only give the present
    one up, it is asked which would suit."""
    words = context.meant.text
    when = appointment.new_time(context, order)
    if when:
        return change_time(context, order, when, "" if appointment.is_all_about_time(context) else words)
    said = pass_on(context, order, words)
    if not appointment.lacks_new_time(context, order):
        return said
    context.talk_about(order)
    return said + "\n" + context.say("reschedule.which")


def no_show(context: Context, code: str | None, rest: str) -> str:
    """Nobody came: who helps and the staff hear it; what was reported done is opened again."""
    order = choose(context, "no_show", code)
    if order.state == "done":
        context.actions.perform(order, "reopen", rest)
        return context.say("rating.reopened", code=order.code)
    if order.state == "closed":
        raise NotAllowed("refused.state.closed", code=order.code)
    context.actions.perform(order, "no_show", rest)
    return context.say("no_show.told" if order.handler_id is not None else "no_show.nobody", code=order.code)


ASKED = ("ask", "asks")
"""Topics of relaying that pass on a question, whole; the second names nobody who shall be asked."""
NO_VISIT = frozenset({"question", "feedback"})
"""Lanes in which nobody comes to anybody: a time that is named there is the speaker's own."""
LONGEST_TIME = 64  # characters of an order's time
