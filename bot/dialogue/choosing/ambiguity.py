"""Words that may mean either of two things: one question with numbered choices, and nothing lost meanwhile."""

from dataclasses import replace

from bot.dialogue import intents
from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.resident import receipts, requests, same_matter
from bot.errors import NotUnderstood
from bot.orders.restricted import is_restricted

NEW = "request"


def options(context: Context) -> list[str]:
    """The intents that ambiguous words may have: two to ask about, or the only one that is possible.

    Empty where the words are clear, and where they are of a restricted matter, about which nothing is asked.
    """
    meant = context.meant
    if meant.rival is None or context.session.is_alarmed or is_restricted(meant) or same_matter.is_sealed(context):
        return []
    return [name for name in (meant.intent, meant.rival) if _possible(context, name)] or [meant.intent]


def ask(context: Context, options: list[str]) -> str:
    """The question which of the intents is meant. What may be a request is an order at once."""
    order = context.actions.place(context.meant) if NEW in options else context.orders.focus()
    shown = ""
    if order is not None and NEW in options:
        context.talk_about(order)
        first = requests.first_of_all(context, order)
        if first is not None:  # a piece of the words is restricted: nothing is asked
            return first
        shown = context.say("ambiguous.placed", code=order.code, **receipts.understood(context, order)) + "\n"
    elif order is not None and order.state != "closed":
        context.actions.perform(order, "append", context.meant.text)
    code = order.code if order and NEW in options else None
    context.session.ask("meaning", context.now, options=options, text=context.meant.text, code=code)
    choices = "  ".join(f"{number} {context.say(f'ambiguous.{name}')}" for number, name in enumerate(options, 1))
    return shown + context.say("ambiguous.which", choices=choices)


def answer(context: Context) -> str | None:
    """What was unclear is done now as it was meant; None where the words are no choice. What is a request is an order
    already. NotUnderstood for a number that was not offered."""
    waiting = dict(context.session.question)
    options = waiting["options"]
    number = choices.picked(context.meant.text, [context.say(f"ambiguous.{name}") for name in options])
    if number is None:
        return None
    if not 1 <= number <= len(options):
        raise NotUnderstood("which_number", number=len(options))
    context.session.settle()
    name = options[number - 1]
    if name == NEW:
        order = context.orders.focus()
        assert order is not None
        return context.say("ambiguous.kept", code=order.code) + requests.next_question(context, order)
    if waiting["code"]:
        context.actions.perform(
            context.orders.by_code(waiting["code"]), "withdraw", context.say("ambiguous.no_request")
        )
    meant = replace(context.reader.read(waiting["text"]), intent=name, rival=None)
    return intents.do(context.with_meaning(meant), name)


def _possible(context: Context, name: str) -> bool:
    """Whether there is anything that this intent could be about."""
    action = ACTIONS.get(name)
    return action is None or bool(context.orders.candidates(action))


ACTIONS = {
    "progress": "append", "withdraw": "withdraw", "append": "append", "rate_good": "confirm", "rate_bad": "reopen",
    "accept": "accept", "decline": "decline", "finish": "finish",
}  # fmt: skip
