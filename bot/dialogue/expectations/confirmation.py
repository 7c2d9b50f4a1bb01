"""A finished order of the resident's: yes confirms it, no reopens it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.choosing.said_apart import by_order, one_by_one
from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.interface.waits import Waits
from bot.dialogue.resident import requests, same_matter
from bot.dialogue.resident.own import rating, satisfaction
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses

MOST_TURNS = 12  # of a text, behind which another request is looked for
GOOD = frozenset({"rate_good", "thanks"})
BAD = frozenset({"rate_bad"})


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words say nothing about whether it is solved."""
    orders = [context.orders.by_code(each.number) for each in waits]
    named = named_by_words(context, orders) if len(orders) > 1 else orders[0]
    given = choices.given_stars(context.meant.text)
    if given is not None:
        number, words = given
        return rating.rate(context, orders[0].code if len(orders) == 1 else None, f"{number} {words}")
    if len(orders) > 1 and context.reader.matches("of_work", "both", context.meant):
        return _satisfied_with_all(context, orders)
    apart = _each_apart(context, orders) or done_and_more(context, waits)
    if apart is not None:
        return apart
    found = context.reader.topic("done", context.meant)
    topic = found.name if found is not None else None
    if topic in WAITS:
        return WAITS[topic](context, (named or orders[0]).code, context.meant.text)
    praises = topic == "solved" and context.meant.lane == "feedback"
    of_work = topic == "unsolved" and _is_of_work(context)
    if not praises and not of_work and same_matter.is_matter_of_its_own(context, named or orders[0]):
        return None
    code = named.code if named is not None else None
    intent, said = context.meant.intent, yes_or_no.read(context)
    about = context.reader.topic("resident", context.meant)
    if about is not None and about.name == "no_show":
        topic = "unsolved"
    kind = intent in GOOD and context.reader.topic("kind", context.meant) is not None
    if topic == "solved" or (topic is None and (kind or said == yes_or_no.YES)):
        if code is None and context.reader.matches("invitation", "all", context.meant):
            return _satisfied_with_all(context, orders)
        return satisfaction.satisfied(context, code, context.meant.text)
    if topic == "unsolved" or intent in BAD or said == yes_or_no.NO:
        return satisfaction.dissatisfied(context, code, context.meant.text)
    return None


def _satisfied_with_all(context: Context, orders: Sequence[Order]) -> str:
    done = (partial(satisfaction.satisfied, context, order.code, context.meant.text) for order in orders)
    return one_by_one(context, done)


def _is_of_work(context: Context) -> bool:
    """Whether the words say first of all that what was done is not good (没修好，按开关没反应): whatever else they name is no other matter."""
    names_other = (
        same_matter.names_house(context.meant) or context.meant.urgency == "U0" or is_restricted(context.meant)
    )
    return not names_other and context.reader.matches("of_work", "bad", context.meant)


def _each_apart(context: Context, orders: Sequence[Order]) -> str | None:
    """灯亮了，手机还是不会用: what is said of each; None where not each part says whether its order is solved."""
    found = [(said, said.topic("done")) for said in by_order(context, orders)]
    if not found or any(topic is None for _, topic in found):
        return None
    doing = ((SAID[topic.name], said.order.code, said.context.meant.text) for said, topic in found if topic is not None)
    return one_by_one(context, (partial(do, context, code, words) for do, code, words in doing))


def _later(context: Context, code: str | None, rest: str) -> str:
    """还没看，晚上回去看: the question stays."""
    return context.say("rating.later", code=code)


WAITS = {"later": _later, "lukewarm": satisfaction.lukewarm}
SAID = {"solved": satisfaction.satisfied, "unsolved": satisfaction.dissatisfied, **WAITS}


def done_and_more(context: Context, waits: Sequence[Waits]) -> str | None:
    """灯泡好了谢谢，另外水龙头漏水: what is said of the finished order, and an order for the rest; None where it is not both."""
    if len(waits) != 1:
        return None
    for first, rest in islice(clauses.turns(context.meant.text), MOST_TURNS):
        said = context.reader.topic("done", context.reader.read(first)) if len(first) <= same_matter.STRETCH else None
        if said is None:
            continue
        more = context.reader.read(rest)
        order = context.orders.by_code(waits[0].number)
        if said.name == "later" and context.reader.matches("done", "later", more):
            continue
        elsewhere = said.name == "solved" and _is_of_another_room(context, order, more)
        if elsewhere or _asks_besides(context, more):
            told = SAID[said.name](context, order.code, first)
            return f"{told}\n{requests.place(context.with_meaning(_of_kind(order, more) if elsewhere else more))}"
    return None


def _is_of_another_room(context: Context, order: Order, more: Understanding) -> bool:
    """Whether a fault is told of a room that the order's words do not name (昨天换的灯泡不错，今天厨房的又不亮了): what was done stands."""
    room = context.reader.topic("another_room", more)
    if room is None or more.urgency == "U0" or is_restricted(more):
        return False
    faulty = any(context.reader.matches(*topic, more) for topic in (("asked", "fault"), ("done", "unsolved")))
    told = context.reader.read(context.wording.need(order))
    return faulty and (room.name == "other" or not context.reader.matches("another_room", room.name, told))


def _of_kind(order: Order, more: Understanding) -> Understanding:
    """The words as a request, of the order's kind where they tell none (厨房的又不亮了)."""
    if more.category != UNKNOWN and more.intent == "request":
        return more
    return replace(more, intent="request", category=order.category, lane=order.lane)


def _asks_besides(context: Context, more: Understanding) -> bool:
    """Whether the rest of the words asks for something else than what was done: it names a house, wants something, or is
    announced, and does not tell that the work is bad."""
    if more.intent != "request" or more.category == UNKNOWN or is_restricted(more):
        return False
    announced = clauses.besides(context.meant.text)[1] == more.text
    if announced:
        return True
    topic = context.reader.topic("done", more)
    bad = topic is not None and topic.name in ("unsolved", "later")
    wants = context.reader.matches("asked", "wants", more) or context.reader.matches("asked", "should", more)
    return not bad and (wants or same_matter.names_house(more))
