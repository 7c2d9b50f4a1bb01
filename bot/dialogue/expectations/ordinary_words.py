"""Words that are ordinary where there is nothing else that they are about: commands that answer nothing (收到短信说我欠费, 请假), and how a
neighbour behaves."""

from dataclasses import replace

from bot.dialogue.context import Context
from bot.dialogue.expectations import waiting
from bot.orders.restricted import is_restricted
from bot.understanding import Command, Understanding
from bot.understanding.categories import UNKNOWN

ANSWERS = frozenset({"ack", "attend", "leave"})


def read(context: Context) -> Context:
    """收到短信说我欠费 is no acknowledgement where no reminder waits for one, nor 请假 an answer to a meeting where there is none
    and it may be about an order, nor 他态度特别差 a complaint about staff where the order talked of is about a neighbour."""
    command, order = context.meant.command, context.orders.focus() if is_restricted(context.meant) else None
    if order is not None and order.state != "closed" and context.reader.is_manner(order, context.meant):
        told = replace(context.meant, lane=order.lane, category=order.category, intent="append", rival=None)
        return context.with_meaning(told)
    if command is None or command.name not in ANSWERS or not command.rest or _answers(context, command.name):
        return context
    ordinary = context.reader.read(context.meant.text)
    only_that = command.name == "ack" and _only_acknowledges(context, command, ordinary)
    return context if only_that else context.with_meaning(ordinary)


def _only_acknowledges(context: Context, command: Command, ordinary: Understanding) -> bool:
    """Whether words that begin with 收到 say nothing besides, also where no reminder waits: they promise to follow it (收到坚决执行), or what
    stands behind a mark tells no matter (收到，按要求办)."""
    if not context.reader.matches("acknowledge", "begins", context.meant) or is_restricted(ordinary):
        return False
    if context.reader.matches("acknowledge", "ack", context.reader.read(command.rest)):
        return True
    parted = f"{command.words}{command.rest}" not in context.meant.text
    return parted and ordinary.category == UNKNOWN and not ordinary.place.said


def _answers(context: Context, name: str) -> bool:
    """Whether one of ANSWERS answers something. Why somebody takes leave asks for nothing, whatever it is."""
    if name == "ack":
        return waiting.waits_for(context, "reminder")
    if context.received.meetings():
        return True
    return name == "leave" and not (waiting.waits_for(context, "invitation") or context.orders.in_hand())
