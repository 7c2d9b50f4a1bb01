"""Whether what is said belongs to the matter at hand, or is a matter of its own."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.orders.restricted import EMERGENCY, PERSONAL, is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses
from bot.understanding.topics import names_nothing

CLEAR = 0.8  # confidence from which words about the same kind of thing are another matter, not more about this one
MOST_TURNS = 4  # of a text, behind which another request is looked for: each may cost a reading
STRETCH = 300  # characters that tell what is said of orders at hand, and whether a request stands behind it
VAGUE = 8  # characters; fewer of them about nothing known say too little to act on


def is_new_request(context: Context, order: Order) -> bool:
    """A clear matter of its own, unless the present order still waits to be told what it is about."""
    meant = context.meant
    if is_restricted(order) and order.urgency != "U0":  # a wrong reading would go before those whom it is about
        return meant.lane == EMERGENCY and meant.danger != PERSONAL
    if meant.urgency == "U0":
        return order.danger != meant.danger and not _is_same_scene(order, meant)
    if order.urgency == "U0" and not is_sealed_anew(order, meant):
        return is_another_matter(context)
    if is_restricted(order):
        return False
    if is_sealed_anew(order, meant):
        return True
    if is_fault_elsewhere(context, order):
        return True
    if _goes_on(context, order):
        return False
    known = meant.intent == "request" and UNKNOWN not in (meant.category, order.category)
    if not known or meant.category != order.category:
        return known
    return meant.confidence >= CLEAR and sum(map(str.isalnum, meant.text)) > VAGUE and names_house(meant)


def _goes_on(context: Context, order: Order) -> bool:
    """Whether the words tell how one gets to somebody, or only of what kind the thing is that an order lacks: no fault, no wish, no
    other house."""
    meant, said = context.meant, context.meant.place
    elsewhere = said.community or said.estate or said.road or said.landmark  # 五楼 alone is a floor as well
    if elsewhere or any(context.reader.matches("asked", topic, meant) for topic in ("fault", "wants")):
        return False
    if asks_on(context, order):
        return True
    vague = order.category in VAGUE_CATEGORIES and context.reader.matches("asked", "kind", meant)
    return vague or (order.lane in VISITED and context.reader.matches("asked", "access", meant))


def asks_on(context: Context, order: Order) -> bool:
    """Whether the words ask something more of what was asked before (周六开门吗 after an answer), or of who comes (他会不会打孔啊): a short
    question that the book does not know."""
    if order.lane == "question":
        return asks_more(context)
    of_helper = order.lane in VISITED and context.reader.matches("asked", "who_comes", context.meant)
    return of_helper and _is_short_question(context) and context.answers.find(context.meant) is None


def asks_more(context: Context) -> bool:
    """Whether a short question goes on about what was asked before: it names only a paper, a price or a way (要带户口本吗), or is one that the
    book does not know."""
    meant, matches = context.meant, context.reader.matches
    if not _is_short_question(context) or matches("asked", "fault", meant):
        return False
    if matches("asked", "of_before", meant):
        return True
    other = meant.lane in VISITED and meant.confidence >= CLEAR
    return not other and matches("asked", "question", meant) and context.answers.find(meant) is None


def _is_short_question(context: Context) -> bool:
    meant = context.meant
    return (
        not meant.place.said and meant.phone is None and len(meant.folded) <= SHORT_QUESTION and meant.urgency >= "U2"
    )


SHORT_QUESTION = 14  # characters
VISITED = frozenset({"wish", "matter", "mediation"})
VAGUE_CATEGORIES = frozenset({UNKNOWN, "0110"})
"""Categories that do not tell what the matter is."""


def is_fault_elsewhere(context: Context, order: Order) -> bool:
    """Whether the words tell a fault, and name another house than the order's, whatever it is about (门铃坏了，金色春天12号楼)."""
    meant = context.meant
    tells = (
        meant.intent in ("request", "append") and names_house(meant) and context.reader.matches("asked", "fault", meant)
    )
    return tells and order.person_id == context.me.id and is_at_other_house(context, order)


def is_at_other_house(context: Context, order: Order) -> bool:
    """Whether the words name another house than the order's."""
    if not (spot := context.orders.details(order)["spot"]):
        return False
    meant = context.meant
    said, known = meant.place, context.reader.read(spot).place
    other_building = None not in (said.building, known.building) and said.building != known.building
    other_estate = None not in (said.estate, known.estate) and said.estate != known.estate
    return other_building or other_estate


def says_little(text: str) -> bool:
    """Whether words about nothing known say too little to act on."""
    return len(text) <= VAGUE or names_nothing(text)


def is_whole_request(meant: Understanding) -> bool:
    """Whether the words are surely a request in a whole sentence, whatever was said before."""
    clear = meant.intent == "request" and meant.category != UNKNOWN and meant.confidence >= CLEAR
    return clear and sum(map(str.isalnum, meant.text)) > VAGUE and names_house(meant)


def names_house(meant: Understanding) -> bool:
    """Whether the words name a house, street or part of the town, not only a floor or a room of one named before."""
    place = meant.place
    return bool(place.community or place.estate or place.road or place.building or place.landmark)


def asks_anew(meant: Understanding, *, numbers: bool = False) -> bool:
    """Whether words that sound like something said of orders at hand are a command, a danger, or of another house, number or
    matter. `numbers`: they may hold a number."""
    named = names_house(meant) or (meant.phone is not None and not numbers)
    return meant.command is not None or meant.urgency == "U0" or named or meant.request_count > 1


def another_behind(
    context: Context, unannounced: Callable[[Context, Understanding], bool] | None = None
) -> tuple[str, str] | None:
    """What is said of the orders at hand, and the clear request behind it, which is announced (另外…). Behind words whose text
    alone is of the kind `unannounced` it may also just ask for another thing than one's own orders, or name a house (都不用了，楼道灯坏了要修一下). None
    where there is none, or it is restricted."""
    text, read = context.meant.text, context.reader.read
    announced = clauses.besides(text)
    if not announced[1] and unannounced is None:
        return None
    for first, rest in [announced] if announced[1] else islice(clauses.turns(text), MOST_TURNS):
        if not 0 < len(first) <= STRETCH:
            continue
        of_orders = replace(context.meant, text=first)  # the topic of words is found without reading them
        if not (announced[1] or (unannounced and unannounced(context, of_orders))):
            continue
        more = read(rest[:STRETCH])
        if more.intent != "request" or more.category == UNKNOWN or is_restricted(more):
            continue
        if not announced[1] and unannounced and unannounced(context, more):  # 不用了，隔壁老张帮我弄好了: that is why
            continue
        wants = names_house(more) or any(context.reader.matches("asked", name, more) for name in ("wants", "should"))
        if announced[1] or (wants and more.category not in {order.category for order in context.orders.mine()}):
            return first, rest
    return None


SCENE = frozenset(
    {"fire", "gas", "co", "medical", "choking", "poisoning", "electric", "trapped", "locked_in", "injury", "chemical", "lift", "flooded", "falling", "overhead", "structure"}
)  # fmt: skip
"""Dangers of which one brings the other: what is told of the second belongs to the alarm about the first."""

OF_NO_SCENE = frozenset(
    ["0201", "0202", "0306", "0307", "0502", "0503", "0504", "0505", "0506", "0507", "0605", "0606", "0701", "0702", "0704"]
)  # fmt: skip
"""Ordinary categories of cleaning, fees, shops, noise and pets: no part of a fire, of leaking gas or of an accident."""


def _is_same_scene(order: Order, meant: Understanding) -> bool:
    """Whether another danger is told of the same place and of the same people."""
    elsewhere = names_house(meant) or is_restricted(meant) or is_restricted(order)
    return order.urgency == "U0" and not elsewhere and {order.danger, meant.danger} <= SCENE


def is_another_matter(context: Context) -> bool:
    """Whether words said in danger are plainly of something else: they say so (另外, 还有一件事), or ask for something in a
    whole sentence with a house. Who cannot walk, is alone or has a telephone is not asking for an errand."""
    meant = context.meant
    besides = clauses.besides(meant.text)[1][:STRETCH]
    if besides:
        more = context.reader.read(besides)
        return more.intent == "request" and more.category != UNKNOWN
    asks = meant.lane != "wish" or context.reader.matches("asked", "wants", meant)
    if is_whole_request(meant) and asks and context.reader.topic("danger", meant) is None:
        return True
    order = context.orders.focus()
    return order is not None and asks and _is_beside_alarm(context, order)


def _is_beside_alarm(context: Context, order: Order) -> bool:
    """Whether words without a house tell, with a sure reading, of something that neither causes nor follows the alarm. What
    names somebody, an ailment or a way that is blocked belongs to it, and so does nearly all that happens in a house on fire."""
    meant, topic = context.meant, context.reader.topic("danger", context.meant)
    sure = meant.intent == "request" and meant.confidence >= CLEAR and meant.category not in (UNKNOWN, order.category)
    if not sure or is_restricted(order) or context.reader.matches("alarm", "people", meant):
        return False
    if meant.soon is not None and order.danger not in SCENE:  # its own words (爆了) sound like help called for again
        return topic is None or topic.name == "worse"
    return topic is None and (order.danger not in SCENE or meant.category in OF_NO_SCENE)


def is_matter_of_its_own(context: Context, order: Order) -> bool:
    """Whether words said while something waits about this order are surely of something else: danger, what is restricted,
    or a clear request in a whole sentence."""
    meant = context.meant
    if meant.urgency == "U0" or meant.request_count > 1 or is_sealed_anew(order, meant):
        return True
    answers = (
        order.state == "needs_info" and not names_house(meant) and not context.reader.matches("asked", "wants", meant)
    )
    clear = is_new_request(context, order) and meant.confidence >= CLEAR and not answers
    return clear and sum(map(str.isalnum, meant.text)) > VAGUE


def is_sealed_anew(order: Order, *said: Understanding) -> bool:
    """Whether words of a restricted matter would come into an ordinary one."""
    return not is_restricted(order) and any(is_restricted(meant) for meant in said)


def is_sealed(context: Context) -> bool:
    """Whether the matter at hand is a restricted one: then what is said stays with it."""
    order = context.orders.focus()
    return order is not None and is_restricted(order) and order.state != "closed"


def in_danger(context: Context) -> bool:
    """Whether the matter at hand is one of life and death: then nothing that is said counts as small talk."""
    order = context.orders.focus()
    return order is not None and order.urgency == "U0" and order.state != "closed"
