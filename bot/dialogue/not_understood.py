"""What nobody could make out: once it is asked again, the second time in a row a person takes over."""

from bot.dialogue.context import Context
from bot.dialogue.resident import requests
from bot.errors import NotUnderstood

TURNS = 2
KNOW_THEIR_WAY = frozenset({"staff", "admin", "discipline"})  # they mistype commands, and nobody else could help them

QUESTION = "which_order"  # the words were understood, only not of which order


def turn(context: Context, refused: NotUnderstood) -> str:
    """The sentence that says what to type instead; or, once too often, whom it was handed to. No word is lost."""
    if context.me.roles & KNOW_THEIR_WAY or refused.key == QUESTION:
        return context.say(refused.key, **refused.facts)
    before = context.session.data.pop("lost", {"words": []})["words"]
    words = [*before, context.meant.text]
    if len(words) < TURNS:
        context.session.data["lost"] = {"words": words, "at": context.now.isoformat()}
        return context.say(refused.key, **refused.facts)
    context.session.settle()
    return _hand_over(context, "；".join(words))


def found(context: Context) -> None:
    """This time it was understood."""
    context.session.data.pop("lost", None)


def _hand_over(context: Context, words: str) -> str:
    """To the matter at hand where there is one, else as an order of its own."""
    order = context.orders.focus()
    if order is None or order.state == "closed":
        order = context.actions.place(context.reader.read(words))
        context.talk_about(order)
        context.actions.hand_over(order, "lost")
        return requests.first_of_all(context, order) or context.say("lost.handed_over", code=order.code)
    context.actions.perform(order, "append", context.say("human.note", text=words))
    context.actions.hand_over(order, "lost")
    return requests.unless_alone(context, order, context.say("lost.handed_over", code=order.code))
