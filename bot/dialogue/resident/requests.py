"""A request: one message is an order; what is missing is asked afterwards, one question at a time."""

from collections.abc import Sequence

from bot.dialogue import wrong_time
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, receipts, same_matter
from bot.dialogue.wrong_time import WrongTime
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN

NEEDS_PLACE = frozenset({"wish", "matter", "mediation", "emergency"})
QUESTIONS = ("time", "community", "place", "phone", "about")
MEDIA = (
    "image",
    "voice",
    "video",
    "location",
    "link",
)  # the words that stand for them in a text are no words of the sender
COMFORTED = frozenset({"1204"})  # categories of grief: a warm word comes before the receipt


def place(context: Context, meant: Understanding | None = None) -> str:
    """Make the order and show what was understood; an emergency hears whom to call first."""
    order = context.actions.place(meant or context.meant)
    context.talk_about(order)
    first = first_of_all(context, order)
    if first is not None:
        return first
    asked = next_question(context, order)
    grieves = order.category in COMFORTED or context.reader.matches("small", "tears", meant or context.meant)
    if grieves and order.urgency != "U1":
        return context.say("order.comfort") + "\n" + receipts.receipt(context, order, meant) + asked
    if order.urgency == "U1":
        return (
            emergency.soon(context, (meant or context.meant).soon, order)
            + "\n"
            + receipts.receipt(context, order, meant)
            + asked
        )
    return receipts.receipt(context, order, meant) + receipts.second_line(context, order, asked)


def first_of_all(context: Context, order: Order) -> str | None:
    """The whole reply to a new order, however it came in, that is a danger or a restricted matter: whom to call, or the right door
    and who reads it. None for all others."""
    if order.urgency == "U0":
        return emergency.placed(context, order)
    if is_restricted(order):
        door = context.restricted.door(order, context.meant.danger_role)
        return f"{door}\n{context.say('order.code', code=order.code)}"
    return None


def unless_alone(context: Context, order: Order, told: str) -> str:
    """The reply once further words stand with the order at hand: `told`, unless nobody inside may read them."""
    alone = context.restricted.left_alone(order, context.meant.danger_role) if is_restricted(order) else ""
    return context.say("order.appended_sealed", code=order.code) + alone if alone else told


def ask_next(context: Context, orders: Sequence[Order]) -> str:
    """The next question about the first of these orders that lacks something; the talk is about that one then."""
    for order in orders:
        question = next_question(context, order)
        if question:
            context.talk_about(order)
            return question
    if orders:
        context.talk_about(orders[0])
    return ""


def next_question(context: Context, order: Order) -> str:
    """The next thing that is missing, as a question; empty when nothing is."""
    if context.session.is_alarmed:  # its question is replaced by no other one
        return ""
    if is_restricted(order):  # somebody else may hold the telephone: nothing is asked
        context.session.settle()
        return ""
    known = context.orders.details(order)
    asked = context.session.data.setdefault("asked", {})
    done = asked.setdefault(str(order.id), [])
    kind = _missing(context, order, known, done)
    if kind is None:
        context.session.settle()
        return ""
    done.append(kind)
    context.session.ask(kind, context.now)
    return question(context, order, kind)


def question(context: Context, order: Order, kind: str) -> str:
    """The sentence that asks for this kind of thing (one of QUESTIONS), on a line of its own."""
    wrong = _wrong_time(context, order) if kind == "time" else None
    if wrong is not None:
        return "\n" + context.say(wrong.key)
    names = "  ".join(f"{number} {name}" for number, name in enumerate(context.reader.communities(), 1))
    return "\n" + context.say(f"ask.{kind}", communities=names)


def _wrong_time(context: Context, order: Order) -> WrongTime | None:
    """The time that came in with the order and cannot be kept."""
    return wrong_time.find(order.text, context.broadcasts.local(order.created_at))


def _missing(context: Context, order: Order, known: dict[str, str], asked: list[str]) -> str | None:
    media = "".join(context.say(f"part.{kind}", label="") for kind in MEDIA)
    wanted: list[tuple[str, bool]] = [
        ("about", order.category == UNKNOWN and same_matter.says_little(order.text.strip(media))),
        ("time", order.lane in NEEDS_PLACE and _wrong_time(context, order) is not None),
        ("community", order.community is None),
        ("place", order.lane in NEEDS_PLACE and not known["spot"]),
        ("phone", order.lane in NEEDS_PLACE and not known["phone"]),
    ]
    return next((kind for kind, missing in wanted if missing and kind not in asked), None)
