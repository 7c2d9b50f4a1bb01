"""What is meant by words of whoever has an order in hand, where they are about that order."""

from dataclasses import replace

from bot.dialogue import appointment, relay
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses

HELPERS = frozenset({"member", "staff", "admin", "discipline", "mediator", "grid"})
OF_STAFF = frozenset({"off", "unfinished", "finished", "moves", "news"})
"""Topics of staff who have an order in hand. They speak of residents and of other people's orders all day."""
CANNOT_GO = frozenset({"replaced", "off", "away"})
"""Topics that hold whatever keeps somebody from going: a child of one's own that is ill too."""
UNCLEAR = frozenset({"request", "append", "decline", "withdraw", "finish"})
"""Intents of which nothing else in the words is sure."""


def topic(context: Context) -> str | None:
    """What the words say about the order in hand; None where they are of something else."""
    reader, meant = context.reader, context.meant
    if appointment.nobody_opens(context) or asks_the_way(context):
        return "arrives"
    found = reader.topic("helping", meant)
    name = found.name if found is not None and not _is_elsewhere(context, found.name) else None
    if name == "off" and (appointment.suits(context) or appointment.moves(context)):
        return "moves"
    if name in CANNOT_GO:
        return name
    if (appointment.names_time(context) and _moves_time(context)) or reader.matches("invitation", "other_time", meant):
        return "moves"
    if name in ("cannot", "unfinished"):
        return name
    if reader.matches("member", "finished", meant):
        return "news" if _only_bought(context) else "finished"
    if relay.words_for_other(context):
        return "relay"
    in_hand = reader.topic("in_hand", meant)
    return in_hand.name if in_hand is not None else name


def _moves_time(context: Context) -> bool:
    moved = appointment.moves(context) or appointment.suits(context) or appointment.is_all_about_time(context)
    return moved or context.reader.matches("resident", "change_time", context.meant)


def _is_elsewhere(context: Context, name: str) -> bool:
    """Whether words that fit a topic tell of a matter of the speaker's own, or of a house that they name. Whom an order is
    about may also be somebody else, where another matter is surely told."""
    meant = context.meant
    if context.reader.matches("speaker", "own", meant) and name not in CANNOT_GO:
        return True
    if same_matter.names_house(meant):
        return True
    sure = meant.intent == "request" and meant.category != UNKNOWN and meant.confidence >= same_matter.CLEAR
    return name == "people" and sure


def cannot_go(context: Context) -> bool:
    """Whether somebody who has an order in hand says that they cannot go, whatever that sounds like (赶不上了，要送孩子)."""
    found = context.reader.topic("helping", context.meant)
    return found is not None and found.name in CANNOT_GO and bool(context.orders.in_hand())


def of_staff(context: Context) -> bool:
    """Whether words of staff are about the one order that they have in hand themselves."""
    return topic(context) in OF_STAFF and len(context.orders.in_hand()) == 1


def _only_bought(context: Context) -> bool:
    """Whether something was bought that no order in hand asks for: what was to be done is still to do."""
    if not context.reader.matches("underway", "bought", context.meant):
        return False
    needs = (context.reader.read(context.wording.need(order)) for order in context.orders.in_hand())
    return not any(context.reader.matches("underway", "buys", need) for need in needs)


def asks_the_way(context: Context) -> bool:
    """Whether somebody who has an order in hand asks how to get there; who is lost on the way is in no danger."""
    if context.me.roles.isdisjoint(HELPERS) or not context.reader.matches("underway", "way", context.meant):
        return False
    return context.meant.danger in (None, "missing") and not _is_of_own(context) and bool(context.orders.in_hand())


def calm(context: Context) -> Context:
    """The words of who asks the way, without the alarm that they sound like."""
    if context.meant.danger != "missing" or not asks_the_way(context):
        return context
    context.outcome.calm = True
    return context.with_meaning(replace(context.meant, urgency="U3", danger=None, danger_role=None))


def is_unclear(context: Context) -> bool:
    """Whether somebody who has an order in hand says what may be about it, and is surely no matter of their own: that names a
    house, whose it is, or that somebody shall do something. What happens soon is one, too."""
    meant = context.meant
    if meant.intent not in UNCLEAR or meant.urgency < "U2" or meant.command is not None or _is_of_own(context):
        return False
    if same_matter.names_house(meant) or meant.phone is not None or _speaks_of_own(context):
        return False
    if meant.category != UNKNOWN and context.reader.matches("asked", "wants", meant):
        return False
    if meant.intent == "withdraw" and any(order.state != "closed" for order in context.orders.mine()):
        return False
    asked = context.answers.find(meant) is not None and not asks_them(context)
    return not asked and bool(context.orders.in_hand())


def asks_them(context: Context) -> bool:
    """Whether the words ask or address somebody, who can only be the one who is helped."""
    return context.reader.matches("underway", "asks_them", context.meant)


def _is_of_own(context: Context) -> bool:
    return context.reader.matches("speaker", "own", context.meant)


def _speaks_of_own(context: Context) -> bool:
    """Whether the talk is of an order of the speaker's own."""
    order = context.orders.focus()
    return order is not None and order.person_id == context.me.id and order.state != "closed"


def at_order(context: Context, code: str | None = None) -> Context:
    """Danger to somebody else that a volunteer tells of without a place is where the one order in hand is, or the one that a
    command names by `code`. Whose home it is must be said: 家里着火了 may be the speaker's own. Staff speak of residents all day."""
    meant, me = context.meant, context.me
    if me.roles.isdisjoint(HELPERS) or me.rights.decides or meant.place.said or meant.urgency != "U0":
        return context
    own, others = (context.reader.matches("speaker", name, meant) for name in ("own", "others"))
    in_hand = context.orders.in_hand() if (others or code) and not own else ()
    if len(in_hand) > 1:
        named = named_by_words(context, in_hand)
        in_hand = [order for order in in_hand if order.code == code] or ([named] if named is not None else [])
    if len(in_hand) != 1:
        return context
    place = context.reader.read(context.orders.details(in_hand[0])["place"]).place
    if not place.said:  # it is hidden from a telephone that nobody has confirmed, or the order has none
        return context
    role = "bystander" if meant.danger_role == "self" else meant.danger_role
    return context.with_meaning(replace(meant, place=place, danger_role=role))


def reported_done(context: Context) -> str:
    """The clause in front of the danger that reports the one order in hand done (换好了，不过他家有煤气味); empty without one."""
    if len(context.orders.in_hand()) != 1:
        return ""
    first, *others = clauses.by_marks(context.meant.text) or [""]
    return first if others and context.reader.matches("member", "finished", context.reader.read(first)) else ""
