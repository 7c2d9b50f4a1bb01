"""The telephone number of an order at hand: another one, digits of it put right, or one told for an order beside a report."""

from dataclasses import replace

from bot.dialogue.choosing.naming import named_by_words, points
from bot.dialogue.choosing.said_apart import by_order
from bot.dialogue.context import Context
from bot.dialogue.resident import further_words, same_matter
from bot.orders.order import Order
from bot.orders.restricted import DOORS, is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract.people.phone import corrects, is_of_others, is_own_alone, put_right
from bot.understanding.normalize import simplify


def change(context: Context) -> str | None:
    """The new number stands with the order, or none any more; None where the words change none, or there is no order that it can be of.
    Somebody else's number that has changed stands with the order as words."""
    meant = context.meant
    if (said := erase(context)) is not None:
        return said
    another, last = (context.reader.matches("number", name, meant) for name in ("another", "last"))
    if not (another or last or corrects(meant.text)) or same_matter.asks_anew(meant, numbers=True):
        return None
    order = _at_hand(context)
    if order is None or context.reader.matches("all_of_them", "said", meant):
        return None
    if context.reader.topic("withdraw", meant) is not None and by_order(context, context.orders.candidates("append")):
        return None  # one order is not needed any more, the number is another one's
    if is_of_others(simplify(meant.text).text):
        return _of_somebody_else(context, order) if another else None
    if meant.phone is not None:
        return noted(context, order, meant.phone) if another else None
    for each in [order] if last else [order, *_others(context, order)]:
        known = context.orders.details(each)["phone"]
        if known and (number := put_right(known, meant.text, last=last)) is not None:
            return noted(context, each, number)
    return None


def erase(context: Context) -> str | None:
    """把我电话删掉: the number goes out of one's open ordinary orders and out of what is remembered for the next one. A danger's stays: somebody
    must be able to call. None where the number is just being asked for, and where all that is known shall go (删除我的信息)."""
    meant = context.meant
    if (
        meant.command is not None
        or context.session.asked == "phone"
        or not context.reader.matches("number", "erase", meant)
    ):
        return None
    if context.session.is_alarmed or same_matter.is_sealed(context):
        return None
    mine = [each for each in context.orders.candidates("append") if each.person_id == context.me.id]
    ordinary = [each for each in mine if each.urgency != "U0" and not is_restricted(each)]
    numbers = [(each, context.orders.details(each)["phone"]) for each in ordinary]
    held = [each for each, number in numbers if number and meant.phone in (None, number)]
    if meant.phone is not None and not held:
        return None  # of another number staff must know
    for order in held:
        context.actions.forget_number(order, meant.text)
    context.account.forget_number()
    if not held:
        return context.say("number.of_roster" if context.me.roles else "number.none")
    return context.say("number.erased", codes="、".join(order.code for order in held))


def _others(context: Context, order: Order) -> list[Order]:
    """The other ordinary ones of one's own, of which digits may be as well."""
    mine = context.orders.candidates("append")
    return [each for each in mine if each.id != order.id and each.urgency != "U0" and not is_restricted(each)]


def _of_somebody_else(context: Context, order: Order) -> str:
    """房东的号码换了: the words stand with the order, whose own number stays."""
    context.actions.perform(order, "append", context.meant.text)
    return context.say("order.appended", code=order.code)


def noted(context: Context, order: Order, number: str) -> str:
    """The number stands with the order; the reply shows its end."""
    told: Understanding = replace(context.meant, intent="append", category=UNKNOWN, phone=number)
    shown = further_words.learn(context, order, told, ask=False)
    return shown + context.say("order.number_noted", tail=number[-TAIL:])


TAIL = 4
"""So many digits of the number are shown."""


def _at_hand(context: Context) -> Order | None:
    """The ordinary order that the words point at, else the one talked of, else the only one of one's own that is open."""
    mine = [order for order in context.orders.candidates("append") if not is_restricted(order)]
    if len(mine) > 1 and points(context) and (named := named_by_words(context, mine)) is not None:
        return named if named.urgency != "U0" else None
    focus = context.orders.focus()
    if focus is not None and focus.state != "closed":
        own = focus.person_id == context.me.id and not is_restricted(focus) and focus.urgency != "U0"
        return focus if own else None
    return mine[0] if len(mine) == 1 else None


def remember_beside(context: Context, report: Understanding, order: Order) -> str:
    """An ordinary order came in with a report: how its number is told, which goes to it and not into the box. Empty where a number
    is known, or where the report is of somebody who may hold the telephone."""
    context.session.data.pop(further_words.BESIDE, None)
    focus = context.orders.focus()
    if focus is None or report.danger is not None or report.category not in DOORS or order.lane not in CALLED:
        return ""
    context.session.data[further_words.BESIDE] = {"code": order.code, "report": focus.id}
    return (
        "" if context.orders.details(order)["phone"] else "\n" + context.say("several.besides_number", code=order.code)
    )


def beside(context: Context) -> str | None:
    """The sender's own number alone, said behind a report with a request: it is of the order of that request. None for all other
    words, and once the talk is of another matter."""
    told, phone = context.session.data.get(further_words.BESIDE), context.meant.phone
    if told is None or phone is None or not is_own_alone(simplify(context.meant.text).text):
        return None
    focus = context.orders.focus()
    if focus is None or focus.id != told["report"]:
        return None
    order = context.orders.by_code(str(told["code"]))
    if order.person_id != context.me.id or order.state == "closed":
        return None
    del context.session.data[further_words.BESIDE]
    said = noted(context, order, phone)
    context.talk_about(focus)  # what is said next is still of the report
    return said


CALLED = frozenset({"wish", "matter", "mediation"})
"""Lanes in which somebody calls or comes."""
