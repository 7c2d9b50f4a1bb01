"""What a resident reads when a request has come in: what was understood, its number, and what comes next."""

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding

NEXT = frozenset({"wish", "matter", "question", "mediation", "feedback"})  # lanes that have a word on what comes next
TIMED = frozenset({"wish"})  # lanes in which somebody comes when it suits the resident
LONGEST_PLACE = 24  # characters of a place in a receipt


def receipt(context: Context, order: Order, meant: Understanding | None = None) -> str:
    """One line: that it has come in, what was understood, and its number. In the sender's own words where the category is
    wider than what was said."""
    facts = understood(context, order)
    named = order.urgency == "U0" or order.lane in TIMED  # a wish's everyday name says what is to be done
    own = "" if named else context.reader.telling_clause(meant or context.meant)
    return context.say("order.placed", code=order.code, **(facts | {"what": own} if own else facts))


def matter_as_told(context: Context, order: Order) -> str:
    """The clause that tells the matter in the words that the order holds by now; empty without a short one of its category."""
    said = context.reader.read(context.wording.words(order))
    return context.reader.telling_clause(said) if said.category == order.category and not is_restricted(order) else ""


def second_line(context: Context, order: Order, question: str) -> str:
    """Below the receipt: when somebody looks at it, where the office is closed now, and the question; else what comes next."""
    then = context.say(f"order.next.{order.lane if order.lane in NEXT else 'matter'}")
    return "\n" + (after_hours(context) + question.lstrip("\n") or then)


def after_hours(context: Context) -> str:
    """When somebody looks at a new order; empty in the office's working hours."""
    opens = context.wording.looked_at()
    return context.say("order.after_hours", opens=opens) if opens else ""


def understood(context: Context, order: Order) -> dict[str, str]:
    """What the reply shows of the reading, in a resident's words: what it is, and in brackets where and when, if said."""
    known = context.orders.details(order)
    found = [_short(_place(order, known["spot"])), order.wanted_when if order.lane in TIMED else None]
    said = context.say("order.and").join(part for part in found if part)
    return {"what": known["category"], "where": context.say("order.where", said=said) if said else ""}


def _place(order: Order, spot: str) -> str:
    """Estate, building and room as they were said; the community where that says too little."""
    area = order.community or ""
    return spot if area in spot or (order.estate and order.estate in spot) else f"{area}{spot}"


def _short(place: str) -> str:
    return place if len(place) <= LONGEST_PLACE else place[: LONGEST_PLACE - 1] + "…"
