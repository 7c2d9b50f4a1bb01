"""登录 CODE: somebody signs in to the console on a computer and shows that it is they, by the telephone that is bound.

Whoever sends somebody a code of their own browser must not be let in by it: hence the question, with the address.
"""

import re

from bot.dialogue.context import Context
from bot.errors import NotFound, NotUnderstood

DIGITS = re.compile(r"([0-9]{6})[\W_]*")  # of a code; an order's has seven


def sign_in(context: Context, code: str | None, rest: str) -> str:
    """The question whether it is the speaker who signs in there."""
    if code is None:
        raise NotUnderstood("accounts.chat.how")
    found = context.account.type_code(code)
    context.session.ask("sign_in", context.now, number=found.number)
    asked = context.say("accounts.chat.ask", address=found.address, agent=found.agent, at=found.at)
    return asked + "\n" + context.say("accounts.chat.apart") if _asks_more(context, rest) else asked


def bare(context: Context) -> str | None:
    """The code alone, as the page shows it. None for whoever does not sign in, and for anything else; a number that is no code
    is said to be none, and where seven digits would lead."""
    found = DIGITS.fullmatch(context.meant.folded.strip()) if context.me.roles else None
    if found is None:
        return None
    try:
        return sign_in(context, found[1], "")
    except NotFound as unknown:
        return context.say(unknown.key, **unknown.facts) + context.say("accounts.chat.no_order")


def _asks_more(context: Context, rest: str) -> bool:
    """Whether ordinary words follow that ask for something: danger and restricted words are taken up by themselves."""
    if not rest.strip() or context.meant.urgency == "U0" or context.meant.sensitive:
        return False
    return context.reader.read(rest).intent == "request"
