"""Whom the words of a matter that is no restricted one name in a danger: they may be its cause, and are not told of it."""

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.restricted import accused
from bot.store.database import Tx
from bot.understanding.lexicon import Rules

_RULES = Rules("restricted")


def in_danger(office: Office, tx: Tx, order: Order) -> frozenset[int]:
    """The people of the roster whom its words name where it is an emergency, a danger or speaks of violence. Nobody for a
    restricted matter, which has its own list, and nobody for its resident, who may be of the staff."""
    if is_restricted(order):
        return frozenset()
    if (
        order.urgency != "U0"
        and order.danger is None
        and not _RULES.violent.search(shown.words(office, order, Visibility.STAFF))
    ):
        return frozenset()
    return accused.find(office, tx, shown.said(tx, order), order.category, None).persons - {order.person_id}
