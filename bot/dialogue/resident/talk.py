"""What residents say about an order of theirs: when, who, what does it cost, another time, nobody came, tell them that …"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.dialogue import appointment, relay, wrong_time
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words, points
from bot.dialogue.context import Context
from bot.dialogue.resident import about, further_words, general, receipts, same_matter
from bot.dialogue.resident.own import progress, satisfaction
from bot.dialogue.wrong_time import WrongTime
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding.categories import UNKNOWN
from bot.understanding.normalize import simplify

FEW = 4  # characters
AT_HAND = frozenset({"request", "progress", "append", "chitchat", "rate_bad", "ack", "human", "decline", "privacy"})
"""Intents under which words may be about an order at hand; all others say clearly what they are for."""
ALWAYS = frozenset({"no_show", "asks_again", "erase", "who", "cost", "number"})
"""Topics that hold whatever time is named besides."""
OF_HELPER = frozenset({"reschedule", "relay"})
"""Actions that concern who helps."""
QUESTIONS = ("when", "who", "cost")
"""Questions that are answered together where one message asks several."""


def talk(context: Context) -> str | None:
    """The reply; None where the words are about no order that is open."""
    meant = context.meant
    topic = context.reader.topic("resident", meant)
    asks = topic is not None and topic.name in QUESTIONS
    moved = meant.intent == "withdraw" and appointment.is_all_about_time(context)  # 算了还是周六吧
    if (meant.intent not in AT_HAND and not asks and not moved) or meant.request_count > 1:
        return None
    wrong = wrong_time.said(context)
    asked = _about(context, "reschedule", partial(_asks_time, context, wrong)) if wrong is not None else None
    if asked is not None:
        return asked
    words = relay.words_for_other(context)
    if words and not (asks and context.reader.matches("relay", "asks", meant)):
        return _about(context, "relay", lambda order: relay.pass_on(context, order, words))
    if (said := _asks_whether_they_come(context)) is not None:
        return said
    if (topic is None or topic.name not in ALWAYS) and appointment.is_about(context, lambda: _at_hand(context)):
        said = _change_time(context)
        if said is not None:
            return said
    name = topic.name if topic is not None else "change_time" if _says_when(context) else None
    names_its_matter = meant.rival is not None and meant.category != UNKNOWN and name != "no_show"
    if name is None or names_its_matter:
        return None
    return TOPICS[name](context)


def _asks_time(context: Context, wrong: WrongTime, order: Order) -> str:
    """The words stand with the order, nobody is told a time at which nobody can come, and another one is asked for."""
    context.actions.perform(order, "append", context.meant.text, told={})
    context.talk_about(order)
    context.session.ask("time", context.now)
    return context.say(wrong.key)


def _asks_whether_they_come(context: Context) -> str | None:
    """师傅今天来吗: the time that was agreed, else whoever helps is asked; None where the words ask for a time, or nobody helps yet and
    they may."""
    meant = context.meant
    surely, able, asked = (context.reader.matches("asks_coming", name, meant) for name in ("surely", "able", "asked"))
    if not asked or not (surely or able) or same_matter.asks_anew(meant):
        return None
    order = _at_hand(context)
    if order is None or (not surely and order.handler_id is None):
        return None
    if order.handler_id is None or order.wanted_when:
        return about.answered("when", context, order)
    return relay.pass_on(context, order, meant.text)


def _says_when(context: Context) -> bool:
    """Whether the words, or the last of them, name a time and nothing that is wanted besides."""
    meant = context.meant
    piece = None if meant.place.said else appointment.said_with(context)
    if piece is None:
        return False
    if meant.when is not None and meant.intent == "append":
        return True
    unclear = meant.category == UNKNOWN or piece != simplify(meant.text).text
    return unclear and context.reader.matches("appointment", "suits", context.reader.read(piece))


def _at_hand(context: Context) -> Order | None:
    """The order that words about a time are of, where that can be told."""
    mine = [order for order in context.orders.candidates("reschedule") if order.person_id == context.me.id]
    return (
        named_by_words(context, mine) if len(mine) > 1 and points(context) else _talked_of(context, "reschedule", mine)
    )


def _about(
    context: Context, action: str, say: Callable[[Order], str], command: str | None = None
) -> str | None:  # fmt: skip
    """`say` about the order at hand: the one that the words name, the one talked of, the only one open, or the one that is
    chosen; None without any."""
    mine = [order for order in context.orders.candidates(action) if order.person_id == context.me.id]
    named = named_by_words(context, mine) if len(mine) > 1 else None
    if named is None and len(mine) > 1 and points(context):
        return say(choose(context, action, None, command))
    order = named or _talked_of(context, action, mine)
    if order is not None and order.state != "closed" and order.person_id == context.me.id and not is_restricted(order):
        return say(order)
    return say(mine[0] if len(mine) == 1 else choose(context, action, None, command)) if mine else None


def _talked_of(context: Context, action: str, mine: Sequence[Order]) -> Order | None:
    """The order talked of, else the only one that is open. A time and words for who helps belong where somebody helps or is
    asked to, unless it is a wish that is talked of. None where several would do."""
    focus = context.orders.focus() or (mine[0] if len(mine) == 1 else None)
    if action not in OF_HELPER or len(mine) < 2 or (focus is not None and focus.lane in receipts.TIMED):
        return focus
    helped = [order for order in mine if order.handler_id is not None or order.state == "offered"]
    if not helped or any(focus is not None and order.id == focus.id for order in helped):
        return focus
    return helped[0] if len(helped) == 1 else None


def _asks_again(context: Context) -> str | None:
    """没说清楚，外地户口行不行: the answer that was given does not suffice; None where none was given lately."""
    if not context.orders.candidates("reopen"):
        return None
    return satisfaction.dissatisfied(context, None, context.meant.text)


def _no_show(context: Context) -> str | None:
    """Of an alarm it calls for help again."""
    words = context.meant.text

    def told(order: Order) -> str:
        return (
            further_words.add(context, order, words)
            if order.urgency == "U0"
            else relay.no_show(context, order.code, words)
        )

    return _about(context, "no_show", told)


def _change_time(context: Context) -> str | None:
    """The order's new time; where none is named (能不能早点来) the words are passed on."""
    if context.meant.intent == "chitchat" and not appointment.names_time(context) and len(context.meant.folded) < FEW:
        return None
    order = _at_hand(context)
    if order is not None and order.lane in relay.NO_VISIT:
        return None
    return _about(context, "reschedule", lambda order: relay.another_time(context, order))


def _corrects(context: Context) -> str | None:
    """是6号楼不是3号楼: what is right instead."""
    corrected = context.reader.correction(context.meant)
    if corrected is None:
        return None
    return _about(context, "append", lambda order: further_words.put_right(context, order, corrected))


def _told(context: Context, topic: str) -> str | None:
    """The answer; to several questions in one message an answer each."""
    asked = [each for each in QUESTIONS if each == topic or context.reader.matches("resident", each, context.meant)]
    topics = asked if topic in QUESTIONS else [topic]
    said = partial(_answers, context, topics)
    return _about(context, "append", said, "progress")


def _answers(context: Context, topics: Sequence[str], order: Order) -> str:
    if order.lane == "question" and "cost" in topics:  # what it costs there, not what help costs
        return further_words.keep_question(context, order)
    return about.with_words(context, order, "\n".join(about.answered(each, context, order) for each in topics))


TOPICS: Mapping[str, Callable[[Context], str | None]] = {
    "asks_again": _asks_again,
    "no_show": _no_show,
    "change_time": _change_time,
    "when": lambda context: _told(context, "when"),
    "who": lambda context: _told(context, "who"),
    "cost": lambda context: _told(context, "cost"),
    "list": lambda context: progress.progress(context, None, ""),
    "erase": lambda context: general.forget_me(context, None, ""),
    "corrects": _corrects,
    "number": lambda context: _told(context, "number"),
    "whole": lambda context: (
        _about(context, "append", lambda order: progress.progress(context, order.code, ""))
        or general.more(context, None, "")
    ),
    "far": lambda context: _told(context, "far"),
}
