"""What nobody could make out: once it is asked again, the second time in a row a person takes over."""

from bot.dialogue.context import Desk
from bot.errors import NotUnderstood

TURNS = 2
KNOW_THEIR_WAY = frozenset({"staff", "admin"})  # they mistype commands, and nobody else could help them

QUESTION = "which_order"  # the words were understood, only not of which order


def turn(desk: Desk, refused: NotUnderstood) -> str:
    """The sentence that says what to type instead; or, once too often, whom it was handed to. No word is lost."""
    if desk.me.roles & KNOW_THEIR_WAY or refused.key == QUESTION:
        return desk.say(refused.key, **refused.facts)
    before = desk.session.data.pop("lost", {"words": []})["words"]
    words = [*before, desk.meant.text]
    if len(words) < TURNS:
        desk.session.data["lost"] = {"words": words, "at": desk.now.isoformat()}
        return desk.say(refused.key, **refused.facts)
    desk.session.settle()
    return _hand_over(desk, "；".join(words))


def found(desk: Desk) -> None:
    """This time it was understood."""
    desk.session.data.pop("lost", None)


def _hand_over(desk: Desk, words: str) -> str:
    """To the matter at hand where there is one, else as an order of its own."""
    order = desk.focus()
    if order is None or order.state == "closed":
        order = desk.place(desk.read(words))
        desk.session.order_id, desk.session.order_at = order.id, desk.now
    else:
        desk.act(order, "append", desk.say("human.note", text=words))
    return desk.say("lost.handed_over", code=order.code)
