"""Words of staff for whoever helps with an order: 让他顺便看看水表, 跟王强说带上梯子, 水龙头那单让他明天再去."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.staff import dispatch, settling
from bot.dialogue.staff.words import giving, said, which
from bot.errors import NotFound
from bot.orders.lifecycle import State
from bot.orders.order import Order

ACTION = "instruct"


def tell(context: Context) -> str | None:
    """The words are passed on to whoever has the order in hand: the one with that number or that is called so, the one of the helper who is
    named, else the one given to somebody last. None where the words are for nobody who helps."""
    found = said.in_raw(context, "tells_helper")
    if found is None:
        return None
    parts, text = found.groupdict(), found["text"].strip()
    if parts.get("code"):
        return settling.instruct(context, parts["code"], text)
    fitting = _fitting(context, parts.get("name"), parts.get("what"))
    if not fitting and not (parts.get("name") or parts.get("what")) and dispatch.given_last(context) is not None:
        raise NotFound("none_fits.instruct")  # whoever was asked has not accepted yet
    if not fitting:
        return None
    if len(fitting) > 1:
        return giving.ask_which(context, ACTION, [order.code for order in fitting[: giving.MOST]], text)
    return settling.instruct(context, fitting[0].code, text)


def _fitting(context: Context, name: str | None, what: str | None) -> Sequence[Order]:
    """The orders in hand that may be meant."""
    if what:
        return which.find(context, what, [State.ACCEPTED])
    in_hand = context.orders.candidates(ACTION)
    if name:
        return [order for order in in_hand if context.wording.helper(order) == name]
    last = dispatch.given_last(context)
    return [order for order in in_hand if last is not None and order.id == last.id] or in_hand
