"""Whom the words of a matter that is no restricted one name in a danger: they may be its cause, and are not told of it."""

import re

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.restricted import accused
from bot.store.database import Tx

VIOLENT = re.compile(
    "打[我他她孩老妈爸人了过伤骂死得小]|被打|挨打|殴|揍|家暴|[推踹踢掐砍捅咬扇]了?[我他她孩老人伤]|动手|骂[我他她人]|欺负|威胁|恐吓|骚扰|跟踪|[乱]?摸[我她]|非礼|猥亵|强奸"
    "|性侵|强迫|逼[我他她得迫]|虐待|砸|泼[油水了]|划[我了]|关在|锁在|不让[我他她]出|救命|害我|索要|[收要]红包|受贿|贪污"
)


def in_danger(office: Office, tx: Tx, order: Order) -> frozenset[int]:
    """The people of the roster whom its words name where it is an emergency, a danger or speaks of violence. Nobody for a
    restricted matter, which has its own list, and nobody for its resident, who may be of the staff."""
    if is_restricted(order):
        return frozenset()
    if (
        order.urgency != "U0"
        and order.danger is None
        and not VIOLENT.search(shown.words(office, order, Visibility.STAFF))
    ):
        return frozenset()
    return accused.find(office, tx, shown.said(tx, order), order.category, None).persons - {order.person_id}
