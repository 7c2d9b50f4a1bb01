"""What an order is about in a few words, for staff and for everybody else."""

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.services.orders import shown

STAFF_KINDS = frozenset({"staff", "leaders", "duty", "danger", "restricted"})


def is_of_staff(event: str) -> bool:
    """Whether it goes to staff, who know the catalogue."""
    return event.rsplit("_", 1)[-1] in STAFF_KINDS


def title_for(office: Office, order: Order, event: str) -> str:
    return title(office, order) if is_of_staff(event) else plain_title(office, order)


def plain_title(office: Office, order: Order) -> str:
    """What an order is about for whoever is no staff: its everyday name, or the kind of danger."""
    sealed = is_restricted(order)
    if order.urgency == "U0" and order.danger and not sealed:
        return office.texts.say(f"danger_name.{order.danger}")
    return shown.everyday(office, order)


def title(office: Office, order: Order) -> str:
    """What an order is about for staff in a few words: the kind of danger, since it must be acted on; else the category, and
    of a restricted matter nothing. A category that does not tell of the danger stands behind it."""
    sealed = is_restricted(order)
    if order.urgency == "U0" and order.danger:
        usual = office.reader.danger_detector.category(order.danger)
        if sealed or usual in ("", order.category):
            return office.texts.say(f"danger_name.{order.danger}")
        name = office.reader.category(order.category).name  # chosen by staff, or told before it became dangerous
        return office.texts.say("danger_title", danger=office.texts.say(f"danger_name.{order.danger}"), what=name)
    return office.texts.say("lane.restricted_matter") if sealed else office.reader.category(order.category).name
