"""An order that is named by what it is about: "把灯坏那单给王强", "催一下三号楼那单", "漏水那单怎么样了"."""

import re
from collections.abc import Sequence

from bot.dialogue.choose_order import choices_of
from bot.dialogue.context import Context
from bot.dialogue.staff import dispatch, lists
from bot.dialogue.staff.words import said
from bot.errors import NotFound, NotUnderstood
from bot.orders.lifecycle import LIFE, State

MOST = 5  # orders shown to choose from
UNFINISHED = tuple(state for state in State if state is not State.CLOSED)
CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")


def give(context: Context) -> str | None:
    """To a person of the roster it is dispatched; to an office elsewhere it is referred."""
    found = said.in_raw(context, "give_codes") or said.found(context, "give")
    if found is None:
        known = said.found(context, "give_known")
        found = known if known is not None and context.people.is_known(known["who"]) else None
    if found is None:
        return None
    what, who = found["what"], found["who"]
    if not context.people.is_known(who) and said.found(context, "elsewhere") is not None:
        return _with_order(context, "refer", what, who)
    return _with_order(context, "dispatch", what, who)


def publish(context: Context) -> str | None:
    found = said.found(context, "publish")
    return _with_order(context, "publish", found["what"], "") if found is not None else None


def refer(context: Context) -> str | None:
    """The order that is meant goes to an office elsewhere."""
    found = said.found(context, "refer")
    return dispatch.refer(context, None, found["where"]) if found is not None else None


def ask(context: Context) -> str | None:
    """A question to the resident of the order that is named by its number."""
    found = said.in_raw(context, "ask")
    return dispatch.ask(context, found["what"], found["text"]) if found is not None else None


def answer(context: Context) -> str | None:
    """The words behind the name or the matter are the answer to the resident."""
    found = said.in_raw(context, "answer")
    return _with_order(context, "explain", found["what"], found["text"]) if found is not None else None


def helpers(context: Context) -> str | None:
    """谁有空: whom one may ask is told with an order, never as a list of persons."""
    return context.say("work_talk.helpers") if said.is_about(context, "helpers") else None


def urge(context: Context) -> str | None:
    if said.is_about(context, "urge_any"):
        return dispatch.urge(context, None, "")
    found = said.found(context, "urge")
    return _with_order(context, "urge", found["what"], "") if found is not None else None


def status(context: Context) -> str | None:
    """How an order goes: the orders that fit, whatever their state but closed."""
    found = said.found(context, "status")
    if found is None:
        return None
    page = context.lists.page("anything", found["what"])
    if not page.orders:
        raise NotFound("work_talk.none_fits", words=found["what"])
    lines = [lists.line(context, each) for each in page.orders]
    return "\n".join([*lines, context.say("work_talk.see_one", code=page.orders[0].order.code)])


def _with_order(context: Context, command: str, what: str, rest: str) -> str:
    """The command with the one order that is meant; where several fit, which of them is asked."""
    codes = CODE.findall(what)
    if not codes and what.strip() and said.pointed_at(context, what) is None:
        action = ACTIONS[command]
        states = [state for state in State if (state, action) in LIFE]
        codes = [order.code for order in context.lists.find(what, states)]
        if not codes:
            raise NotFound("work_talk.none_fits", words=what)
        if len(codes) > 1:
            return _which(context, command, codes[:MOST], rest)
    first = codes[0] if codes else None  # none: the only one that fits, or the one talked of
    if command == "dispatch":
        return dispatch.dispatch(context, first, " ".join([*codes[1:], rest]))
    done = {"refer": dispatch.refer, "urge": dispatch.urge, "publish": dispatch.publish, "explain": dispatch.explain}
    return done[command](context, first, rest)


ACTIONS = {"dispatch": "invite", "refer": "refer", "urge": "urge", "publish": "publish", "explain": "explain"}


def _which(context: Context, command: str, codes: Sequence[str], rest: str) -> str:
    context.session.ask("which", context.now, command=command, rest=rest, codes=list(codes))
    orders = choices_of(context, [context.orders.by_code(code) for code in codes])
    word = context.say(f"work_talk.word.{command}")
    raise NotUnderstood("which_order", word=word, code=codes[0], orders=orders)
