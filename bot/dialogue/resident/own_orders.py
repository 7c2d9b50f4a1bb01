"""What anybody can say about an order of their own."""

from collections.abc import Sequence
from functools import partial

from bot.dialogue import relay
from bot.dialogue.choosing import choices, pages
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.pages import Position
from bot.dialogue.choosing.said_apart import by_order, one_by_one
from bot.dialogue.context import Context
from bot.dialogue.resident import about, emergency, requests, same_matter
from bot.errors import NotFound, NotUnderstood, Spoken
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody, is_restricted

MINE = "mine"
"""The list's name in the session."""
LISTED = 20
"""So many of one's own orders are looked for at a time."""


def progress(context: Context, code: str | None, rest: str) -> str:
    """All my orders, or the story of one; natural words about the only one are answered with how far it is."""
    if code is None:
        mine = context.orders.mine()
        if not mine:
            raise NotFound("progress.none")
        plain = [order for order in mine if order.state != "closed" and not is_restricted(order)]
        if len(mine) == len(plain) == 1 and context.meant.command is None:
            return about.answered("far", context, plain[0])
        return context.say("progress.list", orders=_page(context, mine))
    order = context.orders.by_code(code)
    if not context.orders.may_read(order):
        raise NotFound("refused.no_such_order", code=code)
    if is_restricted(order):  # somebody else may hold the telephone
        return context.say("progress.restricted", code=order.code, state=context.say(f"state.{order.state}"))
    return context.say(
        "progress.one",
        told=context.say("progress.told_own" if order.person_id == context.me.id else "progress.told_other"),
        line=context.wording.line(order),
        text=context.wording.words(order),
        history="\n".join(context.wording.history(order)),
    )


def further(context: Context, after: Position) -> str | None:
    """更多 behind 进度: older ones."""
    found = context.orders.mine(before=int(after[0]))
    return context.say("lists.next", words="") + "\n" + _page(context, found) if found else None


def _page(context: Context, mine: Sequence[Order]) -> str:
    return pages.page(context, MINE, mine, lambda order: [order.id], context.wording.line, LISTED)


def append(context: Context, code: str | None, rest: str) -> str:
    """More about an order of mine."""
    order = choose(context, "append", code)
    if not rest.strip():
        context.talk_about(order)
        return context.say("order.append_what", code=order.code)
    said = relay.moved(context.with_meaning(context.reading_of(rest)), order)
    return said if said is not None else requests.add(context, order, rest)


def withdraw(context: Context, code: str | None, rest: str) -> str:
    """What is not needed any more is withdrawn; what is done already is confirmed instead."""
    nothing_open = code is None and not context.orders.candidates("withdraw")
    waits = context.orders.candidates("confirm") if nothing_open else ()
    if nothing_open and not waits and (sealed := _alarm_in_box(context)) is not None:
        return requests.add(context, sealed, context.meant.text)
    order = choose(context, "confirm" if waits else "withdraw", code)
    over = emergency.is_over(context, order)
    if over is not None:
        return over
    if order.state == "done":
        return satisfied(context, order.code, rest)
    order = context.actions.perform(order, "withdraw", rest or None)
    if order.urgency == "U0":
        context.session.settle()
    return context.say("order.withdrawn", code=order.code)


def _alarm_in_box(context: Context) -> Order | None:
    """The restricted danger that is talked of, where nothing else can be withdrawn: whoever threatens somebody may hold the
    telephone, so that words that it is over stand with it and end nothing."""
    order = context.orders.focus() if context.session.order_id is not None else None
    held = order is not None and is_restricted(order) and order.urgency == "U0" and order.state != "closed"
    return order if held else None


def withdraw_all(context: Context) -> str | None:
    """Everything that is open and not done; None where there is nothing."""
    found = context.orders.candidates("withdraw")
    lines = [over for order in found if (over := emergency.is_over(context, order)) is not None]
    withdrawn = [order for order in found if context.session.data.get("needs_help") != order.code] if lines else found
    for order in withdrawn:
        context.actions.perform(order, "withdraw", context.meant.text)
    codes = "、".join(order.code for order in withdrawn)
    return "\n".join([*lines, *([context.say("order.withdrawn", code=codes)] if withdrawn else [])]) or None


def not_needed(context: Context) -> str | None:
    """Natural words: not needed any more, all of it, just no hurry, or how one would say so; None where they say none of these."""
    topic = context.reader.topic("withdraw", context.meant)
    mine = context.orders.candidates("append") if topic is not None else ()
    if topic is None or not mine or (topic.name == "mistaken" and context.meant.place.said):
        return None
    apart = _some_not_needed(context, mine)
    if apart is not None or context.meant.request_count > 1:
        return apart
    if topic.name == "how":
        return context.say("order.withdraw_how", code=mine[0].code)
    if topic.name == "keep":
        context.session.settle()
        return context.say("order.kept")
    if topic.name == "all":
        return withdraw_all(context)
    if topic.name == "no_hurry":
        return requests.add(context, choose(context, "append", None), context.meant.text)
    try:
        return withdraw(context, None, context.meant.text)
    except NotFound:
        return None


def _some_not_needed(context: Context, mine: Sequence[Order]) -> str | None:
    """灯泡那个不用了，手机还是要教的: withdraws what is not needed and leaves the others; None where nothing is said so."""
    of_each = [(said, said.topic("withdraw")) for said in by_order(context, mine)]
    over = [said for said, topic in of_each if topic is not None and topic.name == "one"]
    if not over or len(over) == len(of_each):
        return None
    doing = (partial(withdraw, context, said.order.code, said.context.meant.text) for said in over)
    return one_by_one(context, doing)


def satisfied(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "confirm", code), "confirm", rest or None)
    return context.say("rating.thanks", code=order.code)


def dissatisfied(context: Context, code: str | None, rest: str) -> str:
    """Reopens the order; who works on it and the staff are told the reason."""
    return _reopened(context, context.actions.perform(choose(context, "reopen", code), "reopen", rest or None))


def _reopened(context: Context, order: Order) -> str:
    """Words of what somebody does reach neither who helps nor the community."""
    apart = context.outcome.set_aside
    kept = apart is not None and comes_from_somebody(apart)
    if kept:
        return context.say("rating.reopened_apart", code=order.code)
    return context.say("rating.reopened" if order.handler_id is not None else "rating.reopened_staff", code=order.code)


def unhappy(context: Context) -> str | None:
    """What is wrong with the result, said while nobody asks for it: whoever has the order in hand hears it, else the order that
    was done lately is open again. None where the words tell of nothing wrong, or there is no such order."""
    topic = context.reader.topic("done", context.meant)
    if topic is None or topic.name != "unsolved":
        return None
    in_hand = [
        one for one in context.orders.candidates("relay") if one.person_id == context.me.id and one.state == "accepted"
    ]
    if in_hand:
        return relay.pass_on(context, choose(context, "relay", None), context.meant.text)
    return dissatisfied(context, None, context.meant.text) if context.orders.candidates("reopen") else None


def keep_refused(context: Context, refused: Spoken) -> str:
    """What a resident says with a command that the order does not take in its state (不满意 before it is done) is added to the order, so
    that who works on it and the staff read it; the line that says so, empty where nothing was said or it is no order of the speaker's."""
    command, code = context.meant.command, refused.facts.get("code")
    if command is None or not command.rest.strip() or not code or not refused.key.startswith(OF_STATE):
        return ""
    order = context.orders.by_code(str(code))
    if order.person_id != context.me.id:
        return ""
    said = requests.add(context, order, f"{command.words} {command.rest.strip()}")
    return f"\n{said}" if said else ""


OF_STATE = "refused.state."


def rated_late(context: Context) -> str | None:
    """Stars for what was confirmed already; None where the words name none, or nothing was closed lately."""
    given = choices.given_stars(context.meant.text)
    ended = context.orders.candidates("reopen") if given is not None else ()
    rateable = [order for order in ended if order.state == "closed"]
    return rate(context, rateable[0].code, f"{given[0]} {given[1]}") if given is not None and rateable else None


def late_answer(context: Context) -> str | None:
    """The answer to a question of staff that came after the order was closed for want of one: it is open again. None where
    nothing was closed so, where something is open, or where the words ask for something new."""
    meant = context.meant
    asks_anew = same_matter.names_house(meant) or context.reader.matches("asked", "wants", meant)
    if meant.intent not in MAY_ANSWER or asks_anew or context.orders.candidates("append"):
        return None
    ended = context.orders.candidates("reopen")
    lapsed = [order for order in ended if order.outcome == "no_reply" and order.handler_id is None]
    if not lapsed:
        return None
    order = context.actions.perform(lapsed[0], "reopen", meant.text)
    return context.say("order.answered_late", code=order.code)


MAY_ANSWER = frozenset({"request", "append", "chitchat"})


def rate(context: Context, code: str | None, rest: str) -> str:
    """1 to 5, and words: 3 and more confirms, less reopens. A closed order may still be rated."""
    given = choices.stars(rest)
    if given is None:
        raise NotUnderstood("rating.how")
    stars, words = given
    order = choose(context, "confirm", code)
    changes = {"rating": stars}
    if order.state == "closed":
        order = context.actions.perform(order, "rate", words or None, **changes)
    elif stars >= 3:
        order = context.actions.perform(order, "confirm", words or None, **changes)
    else:
        return _reopened(context, context.actions.perform(order, "reopen", words or None, **changes))
    return context.say("rating.thanks", code=order.code)
