"""代录: an order for somebody who has no telephone at hand, told by staff, whose own order it is not."""

from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, same_matter
from bot.dialogue.staff.words import said
from bot.errors import NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN

SURE = 0.6  # confidence from which a matter is clear without a place or a person


def take_down(context: Context, code: str | None, rest: str) -> str:
    """代录 text."""
    text = f"{code or ''}{rest}".strip()
    if not text:
        context.session.ask("reason", context.now, command="take_down", code=None)
        raise NotUnderstood("take_down.what")
    return _taken_down(context, context.reader.read(text))


def natural(context: Context) -> str | None:
    """A clear matter that staff name ("三号楼张大妈家灯坏了，她托我说一声"); None for a matter of their own and anything else."""
    if not is_matter(context) or said.found(context, "own") is not None:
        return None
    order = context.orders.focus()
    if order is not None and (is_restricted(order) or context.reader.correction(context.meant) is not None):
        return None
    return _taken_down(context, context.meant)


def is_matter(context: Context) -> bool:
    """Whether the words surely name something that is wrong or wanted somewhere."""
    meant = context.meant
    if meant.intent != "request" or meant.category == UNKNOWN or is_restricted(meant) or meant.lane == "question":
        return False
    if said.found(context, "names_order") is not None:  # about one that is there
        return False
    if said.found(context, "asks") is not None or said.found(context, "report") is not None:
        return False
    if same_matter.names_house(meant) and (meant.confidence >= SURE or _says_where(meant)):
        return True
    if said.found(context, "office") is not None:
        return False
    return meant.for_whom is not None or meant.confidence >= SURE


def _says_where(meant: Understanding) -> bool:
    """Whether a place is named that is more than a community, of which staff speak all day."""
    place = meant.place
    return bool(place.estate or place.road or place.building or place.landmark)


def _taken_down(context: Context, meant: Understanding) -> str:
    """The receipt, in the chat's words."""
    order = context.actions.register(meant)
    place, area = meant.place.describe(), order.community or ""
    place = (place if area in place else f"{area} {place}".strip()) or context.say("order.no_place")
    shown = context.say("take_down.done", code=order.code, what=context.wording.category(order), place=place)
    return receipt(context, order, meant, shown)


def receipt(context: Context, order: Order, meant: Understanding, done: str) -> str:
    """What whoever tells it for somebody hears. Danger hears whom to call first; of a restricted matter is said where it
    goes and nothing else; all others `done`."""
    code = context.say("order.code", code=order.code)
    if is_restricted(order):
        return context.restricted.door(order, meant.danger_role) + "\n" + code
    if order.urgency == "U0":
        told = context.say("order.placed_u0", code=order.code)
        return context.wording.first_aid(order.danger, meant.danger_role) + "\n" + told
    return f"{emergency.soon(context, meant.soon, order)}\n{done}" if order.urgency == "U1" else done
