"""Danger to life: whom to call first, then the place and whether the person is safe, by who speaks and what it is."""

from dataclasses import replace

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.extract import clauses
from bot.understanding.result import is_floor

ASKED_OTHERWISE = {"missing": "found", "fraud": "money"}
"""Kinds of danger of which something else is asked than whether the person is safe."""
QUIET = frozenset({("violence", "self"), ("child", "self"), ("assault", "self")})
"""Of these nothing is asked: whoever threatens them may hold the telephone. Nor of those of whom nobody inside may hear."""


def placed(context: Context, order: Order) -> str:
    """The reply to a new order about danger to life."""
    first = _first(context, order)
    role = context.meant.danger_role or "self"
    if _is_quiet(context, order):
        context.session.settle()
        if role == "self" and context.reader.topic("beaten", context.meant) is not None:
            first = context.wording.first_aid("child", role) + context.say("safe.child_where")
        return first + "\n" + context.say("order.code", code=order.code)
    question = _question(order.danger, role)
    context.session.ask("safe", context.now, about=question)
    told = context.say("order.placed_u0", code=order.code)
    said = context.meant.place
    known = (said.said and not said.is_floor) or (not is_restricted(order) and _is_found(context, order))
    where = "" if known else context.say(f"safe.{question}.where")
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


def is_worse(context: Context, order: Order, meant: Understanding) -> bool:
    """Whether further words about it call for help again: the same danger or another one, a symptom, no way out, or that
    nobody has come."""
    topic, nobody_came = context.reader.topic("danger", meant), context.reader.matches("resident", "no_show", meant)
    return order.danger is not None and (meant.danger is not None or topic is not None or nobody_came)


def added(context: Context, order: Order, meant: Understanding, *, again: bool) -> str:
    """The reply to further words about it: no form now; where they call for help again, the numbers first, by what they
    tell; where nobody knows the place yet, it is asked for again."""
    context = _as_witness(context)
    role = context.meant.danger_role
    alone = context.restricted.left_alone(order, role)
    quiet = _is_quiet(context, order)
    if not again:
        said = context.say("order.appended_sealed" if quiet else "order.appended_u0", code=order.code)
        return said + _asked_where(context, order) + alone
    help_needed(context, order)
    if quiet:
        return f"{_first(context, order)}\n{context.say('order.appended_sealed', code=order.code)}"
    named = [] if is_restricted(order) else [name for name in CALLED_FOR if _tells(context, name, meant)]
    danger = meant.danger or (None if named else order.danger)
    known = danger is None or danger == order.danger
    first = _first(context, order) if known else context.wording.first_aid(danger, role)
    lines = [] if danger is None else [first]
    if not known and not is_restricted(order):  # it is one scene: what was told first still holds
        lines.append(context.wording.first_aid(order.danger, role))
    lines += [context.say(f"safe.{name}") for name in named if not lines or CALLED_FOR[name] not in first]
    told = context.say("safe.again", code=order.code) + _asked_where(context, order)
    return "\n".join([*lines, told])


def _as_witness(context: Context) -> Context:
    """A helper or staff who have told of somebody else's danger go on to speak of that person (头破了), not of themselves."""
    of_other = context.me.roles and context.session.question.get("about") == "person"
    if not of_other or context.meant.danger_role != "self" or context.reader.matches("speaker", "hurt", context.meant):
        return context
    return context.with_meaning(replace(context.meant, danger_role="bystander"))


def help_needed(context: Context, order: Order) -> None:
    """Somebody has asked for help: from now on one friendly sentence does not end it."""
    context.session.data["needs_help"] = order.code


def is_over(context: Context, order: Order) -> str | None:
    """The reply to everyday words that it is over, after somebody has asked for help: staff hear them and call, and the
    order stays. None where it may be withdrawn."""
    command = context.meant.command
    typed = command is not None and command.name == "withdraw"
    if typed or order.urgency != "U0" or context.session.data.get("needs_help") != order.code:
        return None
    context.actions.enrich(order, "append", context.say("safe.note_over", said=context.meant.text), context.meant)
    return context.say("safe.over", code=order.code)


def tells_end(context: Context) -> bool:
    """Whether words that withdraw something may be of an alarm: each piece of them names nothing (不用来了) or tells that the danger
    is over. What else is said besides (他自己走着去的) must not say of another thing that it is over."""
    if only_cancels(context):
        return False
    pieces = [replace(context.meant, text=piece) for piece in clauses.by_marks(context.meant.text)]
    told = [piece for piece in pieces if context.reader.matches("alarm", "over", piece)]
    others = [piece for piece in pieces if piece not in told and not context.reader.matches("alarm", "bare", piece)]
    if not told:
        return not others
    return not any(context.reader.topic("withdraw", piece) is not None for piece in others)


def only_cancels(context: Context) -> bool:
    """Whether staff say 取消 and nothing besides: a word of their work, that ends no alarm of theirs."""
    return context.me.rights.decides and context.reader.matches("alarm", "cancels", context.meant)


def _asked_where(context: Context, order: Order) -> str:
    """The question where it is, while the alarm's question is open and nobody knows."""
    if not context.session.is_alarmed or is_restricted(order) or _is_found(context, order):
        return ""
    return context.say(f"safe.{context.session.question.get('about', 'self')}.where")


def _is_found(context: Context, order: Order) -> bool:
    """Whether anybody could go there: a floor alone is in no building."""
    spot = context.orders.details(order)["spot"]
    return bool(spot) and not is_floor(spot)


def _tells(context: Context, name: str, meant: Understanding) -> bool:
    return context.reader.matches("danger", name, meant)


CALLED_FOR = {"ill": "120", "stuck": "119"}
"""Topics of danger that have a number of their own."""


SUPPLIES = {"0401": "water", "0402": "power", "0403": "gas"}
"""Categories of a supply, whose repair has a number of its own."""


def soon(context: Context, kind: str | None, order: Order) -> str:
    """What to do about something that endangers somebody soon (U1), in the words of its kind."""
    repair = context.say(f"soon.repair.{SUPPLIES.get(order.category, 'any')}")
    return context.say(f"soon.{kind or 'other'}", repair=repair)
