"""Words that may mean either of two things: one question with numbered choices, and nothing lost meanwhile."""

from bot.dialogue.context import Context
from bot.dialogue.resident import requests
from bot.errors import NotUnderstood
from bot.orders.restricted import is_restricted

NEW = "request"


def options(context: Context) -> list[str]:
    """The intents that ambiguous words may have: two to ask about, or the only one that is possible.

    Empty where the words are clear, and where they are of a restricted matter, about which nothing is asked.
    """
    meant = context.meant
    if meant.rival is None or is_restricted(meant) or requests.is_sealed(context):
        return []
    return [name for name in (meant.intent, meant.rival) if _possible(context, name)] or [meant.intent]


def ask(context: Context, options: list[str]) -> str:
    """The question which of the intents is meant. What may be a request is an order at once."""
    order = context.actions.place(context.meant) if NEW in options else context.orders.focus()
    shown = ""
    if order is not None and NEW in options:
        context.talk_about(order)
        shown = context.say("unsure.placed", code=order.code, **requests.understood(context, order)) + "\n"
    elif order is not None and order.state != "closed":
        context.actions.perform(order, "append", context.meant.text)
    unsure = {"options": options, "text": context.meant.text, "code": order.code if order and NEW in options else None}
    context.session.ask("meaning", context.now, unsure=unsure)
    choices = "  ".join(f"{number} {context.say(f'unsure.{name}')}" for number, name in enumerate(options, 1))
    return shown + context.say("unsure.which", choices=choices)


def chosen(context: Context, number: int) -> tuple[str, str] | None:
    """The intent chosen by its number and the words it was about; None for a request, whose order is there already.

    NotUnderstood for a number that was not offered.
    """
    unsure = context.session.data["unsure"]
    if not 1 <= number <= len(unsure["options"]):
        raise NotUnderstood("which_number", number=len(unsure["options"]))
    context.session.settle()
    del context.session.data["unsure"]
    name = unsure["options"][number - 1]
    if name == NEW:
        return None
    if unsure["code"]:
        context.actions.perform(context.orders.by_code(unsure["code"]), "withdraw", context.say("unsure.no_request"))
    return name, unsure["text"]


def _possible(context: Context, name: str) -> bool:
    """Whether there is anything that this intent could be about."""
    action = ACTIONS.get(name)
    return action is None or bool(context.orders.candidates(action))


ACTIONS = {
    "progress": "append", "withdraw": "withdraw", "append": "append", "rate_good": "confirm", "rate_bad": "reopen",
    "accept": "accept", "decline": "decline", "finish": "finish",
}  # fmt: skip
