"""What the bot asked this person last: each kind of question and how its answer is taken."""

from collections.abc import Callable, Mapping

from bot.dialogue.choosing import ambiguity
from bot.dialogue.context import Context
from bot.dialogue.expectations.asked import helper_choice, safety, sign_in, which_order, which_waits
from bot.dialogue.resident import order_question, requests
from bot.dialogue.staff import pending, settling
from bot.dialogue.staff.broadcasts import writing

KINDS: Mapping[str, Callable[[Context], str | None]] = {
    "choice": helper_choice.answer,
    "which": which_order.answer,
    which_waits.KIND: which_waits.answer,
    "meaning": ambiguity.answer,
    "leave_box": settling.confirmed,
    "broadcast": writing.answered,
    "reason": pending.lacking,
    "work": pending.meaning,
    "safe": safety.answer,
    "sign_in": sign_in.answer,
    **dict.fromkeys(requests.QUESTIONS, order_question.answer),
}
LACKING = frozenset({"reason", "work", "sign_in"})
"""Questions that another command ends."""


def answer(context: Context) -> str | None:
    """The reply; None where nothing was asked or the words are no answer."""
    kind = context.session.asked
    return KINDS[kind](context) if kind is not None and kind in KINDS else None
