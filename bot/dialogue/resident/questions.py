"""A question that the answer book knows: the answer at once, with an order or, if the office so chooses, without."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.dialogue.context import Context
from bot.dialogue.resident import receipts, requests, same_matter
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.faq.retrieval import Entry

CALM = frozenset({"U2", "U3"})
SAID_ABOUT = frozenset({"human", "satisfied", "dissatisfied"})  # commands that an answer may be followed by


def answer(context: Context) -> str | None:
    """What the book says; None where it knows nothing, and where danger or secrecy come first."""
    entry, meant, enough = looked_up(context, context.meant)
    if entry is None:
        return None
    if enough:
        return _alone(context, entry)
    if meant.lane != "question":
        return given(context, entry) + "\n" + requests.place(context)
    order = context.actions.place(meant, entry)
    context.talk_about(order)
    _remember(context, order.code)
    receipt = context.say("answers.order", code=order.code, **receipts.understood(context, order))
    return given(context, entry) + "\n" + receipt + requests.next_question(context, order)


def of_service(context: Context) -> str | None:
    """What the book says to a question about the service itself, which leaves nothing to do; None for any other."""
    entry, _, enough = looked_up(context, context.meant)
    return _alone(context, entry) if entry is not None and entry.alone and enough else None


def _alone(context: Context, entry: Entry) -> str:
    """The answer without an order; 人工 makes one of the question."""
    _remember(context, None)
    return given(context, entry) + "\n" + context.say("answers.alone")


def looked_up(context: Context, meant: Understanding) -> tuple[Entry | None, Understanding, bool]:
    """What the book says to this, the message as the book sorts it, and whether the answer is all it takes."""
    calm = meant.urgency in CALM and not is_restricted(meant)
    entry = context.answers.find(meant) if calm else None
    if entry is None:
        return None, meant, False
    meant = _sorted_by(entry, meant)
    return entry, meant, meant.request_count == 1 and (entry.alone or _suffices(context, meant))


def _sorted_by(entry: Entry, meant: Understanding) -> Understanding:
    """The book knows what a question is about that nothing else recognised."""
    if meant.category != UNKNOWN or entry.lane != "question":
        return meant
    return replace(meant, category=entry.category, lane=entry.lane)


def _suffices(context: Context, meant: Understanding) -> bool:
    """Whether the answer goes without an order: to small talk always, to one question if the office so chooses."""
    if meant.intent == "chitchat":
        return True
    advice = meant.lane == "question" or meant.category == UNKNOWN
    return advice and not context.answers.with_order()


def given(context: Context, entry: Entry) -> str:
    """The answer, its source, and whom to ask."""
    lines = [context.say("answers.given", answer=entry.answer, source=entry.source)]
    if entry.phone is not None and entry.phone not in entry.answer:
        lines.append(context.say("answers.phone", phone=entry.phone))
    if entry.to_confirm:
        lines.append(context.say("answers.confirm"))
    return "\n".join(lines)


def _remember(context: Context, code: str | None) -> None:
    context.session.data["answered"] = {"text": context.meant.text, "code": code, "at": context.now.isoformat()}


def goes_on(context: Context) -> str | None:
    """照片要几寸 behind an answer that made no order: the book does not say it, and 人工 puts both questions before staff. None where there was no
    such answer, and for a question of something else."""
    answered = context.session.data.get("answered")
    if answered is None or answered["code"] or not same_matter.asks_more(context):
        return None
    both = f"{answered['text']}；{context.meant.text}"
    context.session.data["answered"] = answered | {"text": both, "at": context.now.isoformat()}
    return context.say("answers.not_in_book")


def follow_up(context: Context) -> str | None:
    """人工 or 没有解决 after an answer puts the question before staff, 满意 settles it; None for all other words."""
    answered, meant = context.session.data.get("answered"), context.meant
    if answered is None or meant.urgency == "U0" or _other_matter(context, answered):
        return None
    if meant.intent == "human":
        return _unsolved(context, answered)
    if context.orders.candidates("confirm"):  # then it is about the help that somebody gave
        return None
    if context.answers.unsolved(meant):
        return _unsolved(context, answered)
    return _solved(context, answered) if meant.intent == "rate_good" else None


def _other_matter(context: Context, answered: dict[str, Any]) -> bool:
    """Whether the words name another order or command, or another order has come up since the answer."""
    command, since = context.meant.command, context.session.order_at
    if command is not None and (command.name not in SAID_ABOUT or command.code not in (None, answered["code"])):
        return True
    focus = context.orders.focus()
    later = since is not None and since > datetime.fromisoformat(answered["at"])
    return later and focus is not None and focus.code != answered["code"]


def _unsolved(context: Context, answered: dict[str, Any]) -> str:
    """The order that goes with the answer hears of it; where there is none, the question as it was asked becomes one."""
    context.session.settle()
    del context.session.data["answered"]
    order = context.orders.by_code(answered["code"]) if answered["code"] else None
    told, first = order is not None and order.state != "closed", None
    if order is None or order.state == "closed":
        order = context.actions.place(_asked(context, answered["text"]))
        context.talk_about(order)
        first = requests.first_of_all(context, order)
    words = context.meant.command.rest if context.meant.command else context.meant.text
    if told or words:
        context.actions.perform(order, "append", context.say("human.note", text=words or context.meant.text))
    return first or context.say("human.told" if told else "human.placed", code=order.code)


def _asked(context: Context, text: str) -> Understanding:
    """The question again, in the lane of questions if the book still knows it."""
    meant = context.reader.read(text)
    entry = context.answers.find(meant)
    return _sorted_by(entry, meant) if entry else meant


def _solved(context: Context, answered: dict[str, Any]) -> str | None:
    """Nothing is left to do; an order that somebody works on already is not taken away from under them."""
    order = context.orders.by_code(answered["code"]) if answered["code"] else None
    if order is not None and order.state != "submitted":
        return None
    context.session.settle()
    del context.session.data["answered"]
    if order is None:
        return context.say("answers.solved")
    context.actions.perform(order, "withdraw", context.say("answers.solved_note"))
    return context.say("answers.solved_order", code=order.code)
