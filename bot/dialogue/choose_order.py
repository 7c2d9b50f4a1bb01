"""Which order is meant: the one named by number or place in the list, else the only one that the command fits."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.dialogue.context import Context
from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.understanding.extract.numerals import to_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold

_RULES = Rules("choices")
IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2,}")
MOST = 5  # orders shown to choose from
COMMANDS = {"confirm": "satisfied", "reopen": "dissatisfied"}
"""What is typed for an action, where it has another name."""
NONE_FITS = frozenset({"accept", "decline", "finish", "return", "confirm", "withdraw", "invite"})


def choose(context: Context, action: str, code: str | None) -> Order:
    """NotFound where none fits, NotUnderstood (with the list) where several do."""
    if code:
        return context.orders.by_code(code)
    fitting = context.orders.candidates(action)
    listed = _listed(context, fitting)
    if listed is not None:
        return listed
    if len(fitting) == 1:
        return fitting[0]
    named = named_by_words(context, fitting)
    if named is not None:
        return named
    if not fitting:
        raise NotFound(f"none_fits.{action}" if action in NONE_FITS else "none_fits.any")
    command = context.meant.command
    shown = fitting[:MOST]
    codes, rest = [order.code for order in shown], command.rest if command else context.meant.text
    name = command.name if command else COMMANDS.get(action, action)
    context.session.ask("which", context.now, command=name, rest=rest, codes=codes)
    word = command.words if command else context.meant.text
    lines = [
        context.say("which_line", number=number, line=context.wording.line(order))
        for number, order in enumerate(shown, 1)
    ]
    raise NotUnderstood("which_order", word=word, code=shown[0].code, orders="\n".join(lines))


def _listed(context: Context, fitting: Sequence[Order]) -> Order | None:
    """The order meant by "the second one" of those that came out of one message."""
    said = _RULES.nth.search(context.meant.folded)
    codes = context.session.data.get("split", {}).get("codes", [])
    number = int(to_digits(said[1])) - 1 if said else len(codes)
    return next((order for order in fitting if number < len(codes) and order.code == codes[number]), None)


def named_by_words(context: Context, fitting: Sequence[Order]) -> Order | None:
    """The one order that alone shares words with what was said (灯泡); None where none or several do."""
    pairs = _pairs(context.meant.folded)
    shared = [pairs & _pairs(fold(context.wording.need(order))) for order in fitting]
    telling = [own - set[str]().union(*shared[:at], *shared[at + 1 :]) for at, own in enumerate(shared)]
    named = [order for order, own in zip(fitting, telling, strict=True) if own]
    return named[0] if len(named) == 1 else None


def _pairs(text: str) -> set[str]:
    """Its neighbouring ideographs."""
    return {a + b for run in IDEOGRAPHS.findall(text) for a, b in pairwise(run)}
