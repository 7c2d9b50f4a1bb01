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
    command = desk.meant.command
    shown = fitting[:MOST]
    if command is not None:
        which = {"command": command.name, "rest": command.rest, "codes": [order.code for order in shown]}
        desk.session.ask("which", desk.now, which=which)
    word = command.words if command else desk.meant.text
    lines = [desk.say("which_line", number=number, line=desk.line(order)) for number, order in enumerate(shown, 1)]
    raise NotUnderstood("which_order", word=word, code=shown[0].code, orders="\n".join(lines))


MOST = 5  # orders shown to choose from
NONE_FITS = frozenset({"accept", "decline", "finish", "return", "confirm", "withdraw", "invite"})
