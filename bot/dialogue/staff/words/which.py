"""Which orders staff mean by words: those whose own words fit before those of the same category."""

from collections.abc import Sequence

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.staff.words import said
from bot.orders.order import Order
from bot.understanding.normalize import fold


def find(context: Context, what: str, states: Sequence[str]) -> Sequence[Order]:
    """The orders in these states that are meant; none where the words say nothing or fit none."""
    found = next((orders for form in _forms(context, what) if (orders := context.lists.find(form, states))), ())
    if len(found) < 2:
        return found
    key = fold(_plain(context, what)).replace(" ", "")
    own = [order for order in found if key and key in fold(context.wording.need(order)).replace(" ", "")]
    if own:
        return own
    named = named_by_words(context.with_meaning(context.reader.read(what)), found)
    return [named] if named is not None else found


def _forms(context: Context, what: str) -> Sequence[str]:
    """The words, then without what is wrong with the thing (灯坏: 灯), then the first word alone."""
    plain = _plain(context, what)
    parts = plain.split()
    return [what, said.without(context, "wrong", plain), *(parts if len(parts) > 1 else [])]


def _plain(context: Context, what: str) -> str:
    for filler in context.reader.work_words()["fillers"]:
        what = what.replace(filler, " ")
    return what.strip()
