"""Acts that cannot be undone: their pages ask first. The one list; each has its sentence below `console.sure` in the locale."""

from flask import request

from bot.console import access
from bot.errors import NotAllowed

ASKED_FIRST = frozenset({
    "register", "give_notice", "separate", "transfer",  # of an order
    "close", "recall",  # of a broadcast
    "end", "settle",  # of the inbox
    "drop_reply",
})  # fmt: skip
"""All others can be undone, change nothing that lasts, or follow words that the person has typed for them."""
SURE = "sure"
"""The field of the form behind the question, which holds the act's name."""


def check(name: str) -> None:
    """NotAllowed for an act of these that was not sent from behind its question."""
    if name in ASKED_FIRST and request.form.get(SURE) != name:
        raise NotAllowed("console.sure.not_asked", why=access.the_office().say_on_page(f"console.sure.{name}"))
