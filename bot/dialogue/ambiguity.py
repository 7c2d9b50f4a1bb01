"""Words that may mean either of two things: one question with numbered choices, and nothing lost meanwhile."""

from dataclasses import replace

from bot.dialogue.context import Desk
from bot.dialogue.resident import requests
from bot.errors import NotUnderstood

NEW = "request"


def ask(desk: Desk) -> str | None:
    """The question; None where the words can mean one thing only after all, which they are then taken for.

    What may be a request is an order at once; what is restricted is not talked about.
    """
    if desk.meant.rival is None or desk.meant.lane == "restricted" or requests.is_sealed(desk):
        return None
    options = [name for name in (desk.meant.intent, desk.meant.rival) if name is not None and _possible(desk, name)]
    if len(options) < 2:
        desk.meant = replace(desk.meant, intent=(options or [desk.meant.intent])[0], rival=None)
        return None
    order = desk.place(desk.meant) if NEW in options else desk.focus()
    shown = ""
    if order is not None and NEW in options:
        desk.session.order_id, desk.session.order_at = order.id, desk.now
        shown = desk.say("unsure.placed", code=order.code, **requests.understood(desk, order)) + "\n"
    elif order is not None and order.state != "closed":
        desk.act(order, "append", desk.meant.text)
    unsure = {"options": options, "text": desk.meant.text, "code": order.code if order and NEW in options else None}
    desk.session.ask("meaning", desk.now, unsure=unsure)
    choices = "  ".join(f"{number} {desk.say(f'unsure.{name}')}" for number, name in enumerate(options, 1))
    return shown + desk.say("unsure.which", choices=choices)


def chosen(desk: Desk, number: int) -> tuple[str, str] | None:
    """The intent chosen by its number and the words it was about; None for a request, whose order is there already.

    NotUnderstood for a number that was not offered.
    """
    unsure = desk.session.data["unsure"]
    if not 1 <= number <= len(unsure["options"]):
        raise NotUnderstood("which_number", number=len(unsure["options"]))
    desk.session.settle()
    del desk.session.data["unsure"]
    name = unsure["options"][number - 1]
    if name == NEW:
        return None
    if unsure["code"]:
        desk.act(desk.order(unsure["code"]), "withdraw", desk.say("unsure.no_request"))
    return name, unsure["text"]


def _possible(desk: Desk, name: str) -> bool:
    """Whether there is anything that this intent could be about."""
    action = ACTIONS.get(name)
    return action is None or bool(desk.candidates(action))


ACTIONS = {
    "progress": "append", "withdraw": "withdraw", "append": "append", "rate_good": "confirm", "rate_bad": "reopen",
    "accept": "accept", "decline": "decline", "finish": "finish",
}  # fmt: skip
