"""The answer to what the bot asked staff: the words that a command lacked, or which of several things was meant."""

from collections.abc import Callable, Mapping

from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.staff import figures, lists, restricted, settling, splitting, taking_down
from bot.dialogue.staff.words import said
from bot.orders.rights import ADMIN, DISCIPLINE, STAFF

WORKING = frozenset({STAFF, ADMIN})
SMALL_TALK = frozenset({"thanks", "greeting"})

LACKED: Mapping[str, Callable[[Context, str | None, str], str]] = {
    "refer": settling.refer, "reject": settling.reject, "ask": settling.ask, "explain": settling.explain,
    "unmet": settling.unmet, "recategorise": settling.recategorise, "take_down": taking_down.take_down,
    "split": splitting.split,
}  # fmt: skip
"""Commands that need words behind them."""

MEANINGS: tuple[tuple[str, frozenset[str], Callable[[Context, str], str]], ...] = (
    ("take_down", WORKING | {DISCIPLINE}, lambda context, text: taking_down.take_down(context, None, text)),
    ("waiting", WORKING, lambda context, _: lists.waiting(context, None, "")),
    ("figures", WORKING, lambda context, _: figures.shown(context, "today")),
    ("restricted", frozenset({DISCIPLINE}), lambda context, _: restricted.restricted(context, None, "")),
)
"""What unclear words may have meant, from whom, and what is done then; in the order of the numbers."""


FREE = frozenset({"ask", "take_down"})
"""Commands behind which any question may stand."""
OTHERWISE = (
    "undo",
    "unanswered",
    "of_person",
    "due_soon",
    "overdue",
    "untaken",
    "waiting",
    "in_hand",
    "today",
    "shares",
    "figures",
)
"""What is asked instead of giving a command's words."""


def lacking(context: Context) -> str | None:
    """The words that the command lacked; None where they are a courtesy or ask for something else."""
    if context.meant.intent in SMALL_TALK:
        return None
    question = dict(context.session.question)
    context.session.settle()
    if question["command"] not in FREE and any(said.found(context, topic) for topic in OTHERWISE):
        return None
    return LACKED[question["command"]](context, question["code"], context.meant.text)


def ask(context: Context) -> str:
    """One question with numbered choices about words that are unclear."""
    context.session.ask("work", context.now, text=context.meant.text)
    options = "  ".join(f"{number} {option}" for number, option in enumerate(_options(context), 1))
    return context.say("work_talk.which", choices=options)


def _possible(context: Context) -> list[tuple[str, Callable[[Context, str], str]]]:
    return [(name, do) for name, roles, do in MEANINGS if context.me.roles & roles]


def _options(context: Context) -> list[str]:
    return [context.say(f"work_talk.{name}") for name, _ in _possible(context)]


def meaning(context: Context) -> str | None:
    """The meaning that was chosen by its number; None where the words are no choice."""
    possible = _possible(context)
    number = choices.picked(context.meant.text, _options(context))
    if number is None or not 1 <= number <= len(possible):
        return None
    text = context.session.question["text"]
    context.session.settle()
    return possible[number - 1][1](context, text)
