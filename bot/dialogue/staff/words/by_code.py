"""A number of an order, then in everyday words what shall be done with it (4019453 请转物业公司); two orders of one matter."""

from collections.abc import Callable, Mapping

from bot.dialogue.context import Context
from bot.dialogue.staff import merging, settling
from bot.dialogue.staff.words import said, which
from bot.orders.lifecycle import State

OPEN = tuple(state for state in State if state is not State.CLOSED)
DONE: Mapping[str, Callable[[Context, str | None, str], str]] = {
    "code_refer": settling.refer, "code_urge": settling.urge, "code_recategorise": settling.recategorise,
}  # fmt: skip


def do(context: Context) -> str | None:
    """What the words behind a number ask for; None where there is none, or nothing known."""
    for topic, act in DONE.items():
        found = said.in_raw(context, topic)
        if found is not None:
            return act(context, found["code"], found["text"].strip())
    return None


def merge_both(context: Context) -> str | None:
    """6号楼路灯两个是一回事: the later of the two orders that fit goes into the earlier one; None where they are not two."""
    found = said.found(context, "merge_both")
    orders = sorted(which.find(context, found["what"], OPEN), key=lambda order: order.id) if found is not None else []
    if len(orders) != 2:
        return None
    earlier, later = orders
    return merging.merge_into(context, later, earlier)
