"""A request: one message is an order; what is missing is asked afterwards, one question at a time."""

from collections.abc import Sequence

from bot.dialogue import relay, wrong_time
from bot.dialogue.context import Context
from bot.dialogue.interface.order import Correction
from bot.dialogue.resident import emergency, receipts, same_matter
from bot.dialogue.wrong_time import WrongTime
from bot.orders.order import Order
from bot.orders.restricted import is_restricted, must_be_set_aside
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
    question = next_question(context, order)
    grieves = order.category in COMFORTED or context.reader.matches("small", "tears", meant or context.meant)
    if grieves and order.urgency != "U1":
        return context.say("order.comfort") + "\n" + receipts.receipt(context, order, meant) + question
    if order.urgency == "U1":
        return (
            emergency.soon(context, (meant or context.meant).soon, order)
            + "\n"
            + receipts.receipt(context, order, meant)
            + question
        )
    return receipts.receipt(context, order, meant) + receipts.second_line(context, order, question)


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


def about_order_at_hand(context: Context) -> str | None:
    """Words that correct or continue what was just said; None where they are a matter of their own."""
    order, corrected = context.orders.focus(), context.reader.correction(context.meant)
    if order is None or order.state == "closed":
        return None
    if (
        corrected is not None
        and context.meant.urgency != "U0"
        and not same_matter.is_sealed_anew(order, context.meant, corrected.right)
    ):
        return put_right(context, order, corrected)
    calm = order.urgency != "U0" or same_matter.is_another_matter(context)
    if is_restricted(order) and calm and context.reader.is_harmless_request(context.meant):
        return _beside_sealed(context)
    if same_matter.is_new_request(context, order):
        if same_matter.is_sealed_anew(order, context.meant):
            answer_besides(context, order)
        return None
    return add(context, order, context.meant.text)


def _beside_sealed(context: Context) -> str:
    """An ordinary request while the talk is of a restricted matter: an order of its own, of which nothing is asked, since
    what is said next still belongs to that matter."""
    order = context.actions.place(context.meant)
    return receipts.receipt(context, order) + receipts.second_line(context, order, "")


def answer_besides(context: Context, order: Order | None) -> None:
    """What a message with restricted words answers to a question of staff goes to the order that waits for it."""
    answer = context.reader.harmless_in(context.meant)
    if order is not None and order.state == "needs_info" and answer:
        context.actions.enrich(order, "append", answer, context.reader.read(answer), overrides=True)


def put_right(context: Context, order: Order, corrected: Correction) -> str:
    """What a correction tells replaces what was understood: another time, place or thing. All that it does not name stays."""
    right = context.with_meaning(corrected.right)
    said = relay.moved(right, order)
    return said if said is not None else learn(context, order, corrected.right, wrong=corrected.wrong)


def learn(
    context: Context, order: Order, meant: Understanding, community: str | None = None, spot: str | None = None,
    *, wrong: str | None = None, ask: bool = True,
) -> str:  # fmt: skip
    """What an answer or a correction tells replaces what was known; the reply shows it. `wrong`: see `Correction`; None where nothing
    is corrected."""
    when = relay.time_told(context, order, meant)
    action = "append" if order.state == "needs_info" else "detail"  # staff wait for it
    order = context.actions.enrich(
        order, "reschedule" if when else action, context.meant.text, meant, overrides=True, community=community, spot=spot,
        when=when, wrong=wrong,
    )  # fmt: skip
    facts = receipts.understood(context, order)
    own = receipts.matter_as_told(context, order) if wrong is not None else ""
    shown = context.say("order.noted", code=order.code, **(facts | {"what": own} if own else facts))
    return shown + next_question(context, order) if ask else shown


def add(context: Context, order: Order, note: str) -> str:
    """Something more about an order that is there already."""
    meant = context.reading_of(note)
    if same_matter.is_sealed_anew(order, meant) and not must_be_set_aside(meant):
        return place(context, meant)
    again = order.urgency == "U0" and emergency.is_worse(context, order, meant)
    when = relay.time_told(context, order, meant) if not order.wanted_when else None
    order = context.actions.enrich(order, "reschedule" if when else "append", note, meant, alarms=again, when=when)
    if context.outcome.set_aside is not None:  # its door is all that is said
        return ""
    if order.urgency == "U0":
        return emergency.added(context, order, meant, again=again)
    if is_restricted(order):
        told = context.say("order.appended_sealed", code=order.code)
    else:
        told = relay.time_changed(context, order, when) if when else context.say("order.appended", code=order.code)
    return unless_alone(context, order, told) + next_question(context, order)
