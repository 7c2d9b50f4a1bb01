"""Which order is meant: the one named, else the only one that the command fits."""

from bot.errors import NotFound, NotUnderstood
from bot.flows.desk import Desk, Order


def choose(desk: Desk, action: str, code: str | None) -> Order:
    """NotFound where none fits, NotUnderstood (with the list) where several do."""
    if code:
        return desk.order(code)
    fitting = desk.candidates(action)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise NotFound(f"none_fits.{action}" if action in NONE_FITS else "none_fits.any")
    word = desk.meant.command.words if desk.meant.command else desk.meant.text
    raise NotUnderstood(
        "which_order", word=word, code=fitting[0].code, orders="\n".join(desk.line(order) for order in fitting[:5])
    )


NONE_FITS = frozenset({"accept", "finish", "confirm", "withdraw", "invite"})
