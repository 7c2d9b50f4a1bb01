"""Danger to life: whom to call first, then the place and whether the person is safe, by who speaks and what it is."""

from bot.dialogue import choices
from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.orders.restricted import is_restricted

ASKED_OTHERWISE = {"missing": "found", "fraud": "money"}
"""Kinds of danger of which something else is asked than whether the person is safe."""
QUIET = frozenset({("violence", "self"), ("child", "self")})
"""Of these nothing is asked: whoever threatens them may hold the telephone. Nor of those of whom nobody inside may hear."""


def placed(context: Context, order: Order) -> str:
    """The reply to a new order about danger to life."""
    first = _first(context, order)
    role = context.meant.danger_role or "self"
    if _is_quiet(context, order):
        context.session.settle()
        return first + "\n" + context.say("order.code", code=order.code)
    question = _question(order.danger, role)
    context.session.ask("safe", context.now, about=question)
    told = context.say("order.placed_u0", code=order.code)
    where = "" if context.meant.place.said else context.say(f"safe.{question}.where")
    return f"{first}\n{told}{where}{context.say(f'safe.{question}.ask')}"


def _first(context: Context, order: Order) -> str:
    """Whom to call first, for who speaks."""
    role = context.meant.danger_role
    return (
        context.restricted.door(order, role) if is_restricted(order) else context.wording.first_aid(order.danger, role)
    )


def _is_quiet(context: Context, order: Order) -> bool:
    """Whether nothing is asked, and nothing said that somebody else who holds the telephone could understand."""
    role = context.meant.danger_role
    quiet = (order.danger, role or "self") in QUIET
    return is_restricted(order) and (quiet or bool(context.restricted.left_alone(order, role)))


def _question(danger: str | None, role: str) -> str:
    """What is asked: of who is in danger whether they are safe, of others how that person is."""
    if danger == "missing" and role == "self":
        return role
    return ASKED_OTHERWISE.get(danger or "", "self" if role == "self" else "person")


def answer(context: Context) -> str | None:
    """The answer to that question, as number or in its words; None where it is none."""
    order, question = context.orders.focus(), context.session.question.get("about", "self")
    if order is None:
        return None
    said, options = context.meant.text, [context.say(f"safe.{question}.{option}") for option in ("yes", "no")]
    number = choices.picked(said, options)
    in_words = number is None and context.meant.intent != "withdraw"
    topic = context.reader.topic(f"safe_{question}", context.meant) if in_words else None
    if number not in (1, 2) and topic is None:
        return None
    found = topic.name if topic is not None else ("yes", "no")[(number or 1) - 1]
    context.session.ask("safe", context.now, about=question)  # it may become another one
    note = context.say(f"safe.{question}.note_{found}")
    whole = note if topic is None else context.say("safe.in_words", note=note, said=said)
    order = context.actions.enrich(order, "append", whole, context.reader.read(whole))
    return context.say(f"safe.{question}.reply_{found}", code=order.code)


def added(context: Context, order: Order, danger: str | None) -> str:
    """The reply to further words about it: no form now; where they name the same danger again, or that it gets worse, its number first."""
    alone = context.restricted.left_alone(order, context.meant.danger_role)
    said = context.say("order.appended_sealed" if _is_quiet(context, order) else "order.appended_u0", code=order.code)
    again = order.danger is not None and (
        order.danger == danger or context.reader.topic("danger", context.meant) is not None
    )
    if not again:
        return said + alone
    first = _first(context, order)
    return first + "\n" + said


def soon(context: Context, kind: str | None) -> str:
    """What to do about something that endangers somebody soon (U1)."""
    return context.say(f"soon.{kind or 'other'}")
