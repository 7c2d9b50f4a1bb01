"""撤销: takes back one's last dispatch, publication, referral, rejection, merge or answer."""

from collections.abc import Mapping, Sequence

from bot.dialogue.context import Context
from bot.dialogue.interface.work import Taken
from bot.dialogue.resident.own import withdrawing
from bot.dialogue.staff.words import said
from bot.errors import NotFound
from bot.orders.lifecycle import UNDOABLE


def undo(context: Context, code: str | None, rest: str) -> str:
    """What was done last; with a number what was done last to that order. An order of one's own is withdrawn."""
    order = context.orders.by_code(code) if code else None
    try:
        taken = context.actions.undo(order)
    except NotFound:
        if order is not None and order.person_id == context.me.id:
            return withdrawing.withdraw(context, code, rest)
        raise
    return _told(context, taken)


def natural(context: Context) -> str | None:
    """派错了，撤回来: the last thing of the kind that the words name, else the last of all."""
    if not said.is_about(context, "undo"):
        return None
    named = [of for topic, of in KINDS.items() if said.found(context, topic) is not None]
    return _told(context, context.actions.undo(None, frozenset().union(*named) or UNDOABLE))


KINDS: Mapping[str, frozenset[str]] = {
    "undo_dispatch": frozenset({"invite", "assign"}), "undo_refer": frozenset({"refer"}), "undo_merge": frozenset({"merge"}),
    "undo_answer": frozenset({"explain", "unmet", "reject"}), "undo_publish": frozenset({"publish"}),
}  # fmt: skip
"""What is taken back, by the words that name it."""


def _told(context: Context, taken: Sequence[Taken]) -> str:
    return "\n".join(_line(context, each) for each in taken)


def _line(context: Context, taken: Taken) -> str:
    if taken.refused is not None:
        return context.say(taken.refused.key, **taken.refused.facts)
    assert taken.order is not None
    told = context.say("undo.told", number=taken.told) if taken.told else context.say("undo.nobody_told")
    return context.say("undo.done", code=taken.code, state=context.say(f"state.{taken.order.state}"), told=told)
