"""Which order is meant: the one named by number, by its place in the list or by words, else the only one that fits."""

from collections.abc import Sequence

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.understanding.extract.numerals import to_digits
from bot.understanding.lexicon import Rules

_RULES = Rules("choices")
MOST = 5  # orders shown to choose from
FEW_WORDS = 18  # characters of an order's words in a choice
COMMANDS = {"confirm": "satisfied", "reopen": "dissatisfied"}
"""What is typed for an action, where it has another name."""
NONE_FITS = frozenset({"accept", "decline", "finish", "return", "confirm", "withdraw", "invite", "merge"})


def choose(
    context: Context, action: str, code: str | None, command: str | None = None, *, among: Sequence[Order] | None = None
) -> Order:  # fmt: skip
    """NotFound where none fits, NotUnderstood (with the list) where several do. `command`: what is done with the one that is
    chosen, where it is not the action's own. `among`: the only ones that may be meant, if not all that the action fits."""
    if code:
        return context.orders.by_code(code)
    fitting = context.orders.candidates(action) if among is None else among
    listed = _listed(context, fitting)
    if listed is not None:
        return listed
    if len(fitting) == 1 and not _counts_further(context):
        return fitting[0]
    named = named_by_words(context, fitting)
    if named is not None:
        return named
    if not fitting:
        raise NotFound(f"none_fits.{action}" if action in NONE_FITS else "none_fits.any")
    raise which(context, command or action, fitting)


def _counts_further(context: Context) -> bool:
    """Whether the words count to one of several that came out of one message (第二个不用了): it is not the one that is left."""
    return bool(context.session.data.get("split")) and _RULES.nth.search(context.meant.folded) is not None


def which(context: Context, action: str, fitting: Sequence[Order]) -> NotUnderstood:
    """The question which of these orders is meant; the answer goes on with what was said."""
    command = context.meant.command
    shown = fitting[:MOST]
    codes, rest = [order.code for order in shown], command.rest if command else context.meant.text
    name = command.name if command else COMMANDS.get(action, action)
    context.session.ask("which", context.now, command=name, rest=rest, codes=codes)
    word = command.words if command else context.say(f"command_word.{name}")
    return NotUnderstood("which_order", word=word, code=shown[0].code, orders=choices_of(context, shown))


def choices_of(context: Context, orders: Sequence[Order]) -> str:
    """The numbered lines of a choice; where two are of one category, with place and a few words each."""
    lines = [context.wording.line(order) for order in orders]
    kinds = [order.category for order in orders]
    if len(set(kinds)) < len(kinds):
        lines = [line + _words(context, order) for line, order in zip(lines, orders, strict=True)]
    return "\n".join(context.say("which_line", number=number, line=line) for number, line in enumerate(lines, 1))


def _words(context: Context, order: Order) -> str:
    text = " ".join(context.wording.brief(order).split())
    area = "".join(part for part in (order.community, order.estate) if part and part not in text)
    text = text if len(text) <= FEW_WORDS else text[: FEW_WORDS - 1] + "…"
    return context.say("which_words", text=" ".join(filter(None, [area, text]))) if area or text else ""


def _listed(context: Context, fitting: Sequence[Order]) -> Order | None:
    """The order meant by "the second one" of those that came out of one message; else of the speaker's own, where it is the
    same one as they were told and as 进度 lists them. None where that cannot be told."""
    said = _RULES.nth.search(context.meant.folded)
    if said is None and _RULES.last.search(context.meant.folded) is None:
        return None
    number = int(to_digits(said[1])) - 1 if said is not None else -1
    split = context.session.data.get("split", {}).get("codes", [])
    as_told = [order.code for order in sorted(fitting, key=lambda each: each.id)]
    ways = [split] if split else [as_told, [order.code for order in context.orders.mine()]]
    codes = {way[number] if number < len(way) else None for way in ways}
    return next((order for order in fitting if codes == {order.code}), None)
