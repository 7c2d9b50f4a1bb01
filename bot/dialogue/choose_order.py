"""Which order is meant: the one named by number or place in the list, else the only one that the command fits."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.understanding.extract.numerals import to_digits
from bot.understanding.lexicon import Rules

_RULES = Rules("choices")
MOST = 5  # orders shown to choose from
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
    if not fitting:
        raise NotFound(f"none_fits.{action}" if action in NONE_FITS else "none_fits.any")
    command = context.meant.command
    shown = fitting[:MOST]
    if command is not None:
        which = {"command": command.name, "rest": command.rest, "codes": [order.code for order in shown]}
        context.session.ask("which", context.now, which=which)
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
