"""A question that the answer book knows: the answer at once, with an order or, if the office so chooses, without."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.dialogue.context import Desk
from bot.dialogue.resident import requests
from bot.understanding import Understanding
from bot.understanding.faq.retrieval import Entry

CALM = frozenset({"U2", "U3"})
SAID_ABOUT = frozenset({"human", "satisfied", "dissatisfied"})  # commands that an answer may be followed by


def answer(desk: Desk) -> str | None:
    """What the book says; None where it knows nothing, and where danger or secrecy come first."""
    entry, meant, enough = looked_up(desk, desk.meant)
    if entry is None:
        return None
    if enough:
        _remember(desk, None)
        return given(desk, entry) + "\n" + desk.say("answers.alone")
    if meant.lane != "question":
        return given(desk, entry) + "\n" + requests.place(desk)
    order = desk.place(meant, entry)
    desk.session.order_id, desk.session.order_at = order.id, desk.now
    _remember(desk, order.code)
    shown = given(desk, entry) + "\n" + desk.say("answers.order", code=order.code, **requests.understood(desk, order))
    return shown + requests.next_question(desk, order)


def looked_up(desk: Desk, meant: Understanding) -> tuple[Entry | None, Understanding, bool]:
    """What the book says to this, the message as the book sorts it, and whether the answer is all it takes."""
    calm = meant.urgency in CALM and meant.lane != "restricted"
    entry = desk.answer(meant) if calm else None
    if entry is None:
        return None, meant, False
    meant = _sorted_by(entry, meant)
    return entry, meant, _suffices(desk, meant)


def _sorted_by(entry: Entry, meant: Understanding) -> Understanding:
    """The book knows what a question is about that nothing else recognised."""
    if meant.category != requests.UNKNOWN or entry.lane != "question":
        return meant
    return replace(meant, category=entry.category, lane=entry.lane)


def _suffices(desk: Desk, meant: Understanding) -> bool:
    """Whether the answer goes without an order: to small talk always, to one question if the office so chooses."""
    if meant.intent == "chitchat":
        return True
    advice = meant.lane == "question" or meant.category == requests.UNKNOWN
    return advice and meant.request_count == 1 and not desk.answers_with_order()


def given(desk: Desk, entry: Entry) -> str:
    """The answer, its source, and whom to ask."""
    lines = [desk.say("answers.given", answer=entry.answer, source=entry.source)]
    if entry.phone is not None and entry.phone not in entry.answer:
        lines.append(desk.say("answers.phone", phone=entry.phone))
    if entry.to_confirm:
        lines.append(desk.say("answers.confirm"))
    return "\n".join(lines)


def _remember(desk: Desk, code: str | None) -> None:
    desk.session.data["answered"] = {"text": desk.meant.text, "code": code, "at": desk.now.isoformat()}


def follow_up(desk: Desk) -> str | None:
    """人工 or 没有解决 after an answer puts the question before staff, 满意 settles it; None for all other words."""
    answered, meant = desk.session.data.get("answered"), desk.meant
    if answered is None or meant.urgency == "U0" or _other_matter(desk, answered):
        return None
    if meant.intent == "human":
        return _unsolved(desk, answered)
    if desk.candidates("confirm"):  # then it is about the help that somebody gave
        return None
    if desk.unsolved(meant):
        return _unsolved(desk, answered)
    return _solved(desk, answered) if meant.intent == "rate_good" else None


def _other_matter(desk: Desk, answered: dict[str, Any]) -> bool:
    """Whether the words name another order or command, or another order has come up since the answer."""
    command, since = desk.meant.command, desk.session.order_at
    if command is not None and (command.name not in SAID_ABOUT or command.code not in (None, answered["code"])):
        return True
    focus = desk.focus()
    later = since is not None and since > datetime.fromisoformat(answered["at"])
    return later and focus is not None and focus.code != answered["code"]


def _unsolved(desk: Desk, answered: dict[str, Any]) -> str:
    """The order that goes with the answer hears of it; where there is none, the question as it was asked becomes one."""
    desk.session.settle()
    del desk.session.data["answered"]
    order = desk.order(answered["code"]) if answered["code"] else None
    told = order is not None and order.state != "closed"
    if order is None or order.state == "closed":
        order = desk.place(_asked(desk, answered["text"]))
        desk.session.order_id, desk.session.order_at = order.id, desk.now
    words = desk.meant.command.rest if desk.meant.command else desk.meant.text
    if told or words:
        desk.act(order, "append", desk.say("human.note", text=words or desk.meant.text))
    return desk.say("human.told" if told else "human.placed", code=order.code)


def _asked(desk: Desk, text: str) -> Understanding:
    """The question again, in the lane of questions if the book still knows it."""
    meant = desk.read(text)
    entry = desk.answer(meant)
    return _sorted_by(entry, meant) if entry else meant


def _solved(desk: Desk, answered: dict[str, Any]) -> str | None:
    """Nothing is left to do; an order that somebody works on already is not taken away from under them."""
    order = desk.order(answered["code"]) if answered["code"] else None
    if order is not None and order.state != "submitted":
        return None
    desk.session.settle()
    del desk.session.data["answered"]
    if order is None:
        return desk.say("answers.solved")
    desk.act(order, "withdraw", desk.say("answers.solved_note"))
    return desk.say("answers.solved_order", code=order.code)
