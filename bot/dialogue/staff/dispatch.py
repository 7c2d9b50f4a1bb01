"""Staff give an order to somebody: to whom they name, or to one of those who fit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.dialogue.choosing import choices, pages
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.interface.order import Found
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.orders.order import Order
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold, simplify

_RULES = Rules("lists")
GIVEN = "given"
"""Where the session keeps which order was given to somebody last."""
CODES = re.compile(r"(?<!\d)\d{6,8}(?!\d)")


def dispatch(context: Context, code: str | None, rest: str) -> str:
    """With a name: invite that member or assign that staff; without: the three best, choose by number. Several orders at
    once go to one person, each with its own result."""
    codes, name = _codes_and_name(code, rest)
    if len(codes) > 1:
        return _give_each(context, codes, name)
    order = choose(_without(context, name), "invite", codes[0] if codes else None)
    if name:
        return _give_by_name(context, order, name)
    best = context.people.best(order)
    if not best:
        raise NotFound("staff.nobody_fits", code=order.code)
    return _offer_choice(context, order, best)


def _without(context: Context, name: str) -> Context:
    """The message without whom the order goes to: a name tells nothing about which order is meant."""
    folded = context.meant.folded.replace(fold(name), " ") if name else context.meant.folded
    return context.with_meaning(replace(context.meant, folded=folded))


def _codes_and_name(code: str | None, rest: str) -> tuple[list[str], str]:
    """The numbers of the orders, each once, and what is left of the words."""
    plain = simplify(rest)
    found = list(CODES.finditer(plain.text))
    name, end = "", 0
    for each in found:
        start, stop = plain.raw_span(*each.span())
        name, end = name + rest[end:start] + " ", stop
    name = _RULES.around_name.sub("", (name + rest[end:]).strip(_RULES.words["between"]))
    return list(dict.fromkeys([*([code] if code else []), *(each[0] for each in found)])), name


def _give_each(context: Context, codes: Sequence[str], name: str) -> str:
    if not name:
        raise NotUnderstood("staff.batch_name", codes=" ".join(codes))
    return one_by_one(context, (partial(_given, context, code, name) for code in codes))


def _given(context: Context, code: str, name: str) -> str:
    order = context.orders.by_code(code)
    found = context.people.named(order, name)
    if not found:
        raise NotFound("staff.no_such_person", name=name)
    if len(found) > 1:
        raise NotUnderstood("staff.batch_several", code=code, name=name)
    return give(context, order, found[0])


def _give_by_name(context: Context, order: Order, name: str) -> str:
    number = choices.number(name)
    if number is not None and context.session.question.get("order") == order.id:
        return choose_by_number(context, number)
    found = context.people.named(order, name)
    if not found:
        _remember(context, order)
        raise NotFound("staff.no_such_person", name=name)
    if len(found) > 1:
        return _offer_choice(context, order, found)
    return give(context, order, found[0])


def _offer_choice(context: Context, order: Order, found: Sequence[Found]) -> str:
    shown = found[:3]
    people = [[f.person_id, f.name, f.volunteer, f.reason, f.resting] for f in shown]
    context.session.ask("choice", context.now, order=order.id, people=people)
    lines = [
        context.say("staff.choice_line", number=number, name=f.name, reason=f.reason)
        for number, f in enumerate(shown, 1)
    ]
    return context.say("staff.choice", code=order.code, people="\n".join(lines))


def choose_by_name(context: Context) -> str | None:
    """The answer 给王强 to the three best; None where nobody is called so."""
    order = next((o for o in context.orders.candidates("invite") if o.id == context.session.question["order"]), None)
    name = _RULES.around_name.sub("", context.meant.text.strip(_RULES.words["between"]))
    if order is None or not context.people.is_known(name):
        return None
    context.session.settle()
    return _give_by_name(context, order, name)


def no_others(context: Context) -> str | None:
    """The answer 换一批 to the three best: they are all that are named; others are given it by name."""
    order = next((o for o in context.orders.candidates("invite") if o.id == context.session.question["order"]), None)
    return context.say("staff.no_others", code=order.code) if order is not None else None


def choose_by_number(context: Context, number: int) -> str:
    """The answer 1, 2 or 3 to the three best."""
    choice = context.session.question
    if not 1 <= number <= len(choice["people"]):
        raise NotUnderstood("staff.choose_number", number=len(choice["people"]))
    order = next((o for o in context.orders.candidates("invite") if o.id == choice["order"]), None)
    context.session.settle()
    if order is None:
        raise NotAllowed("staff.choice_gone")
    return give(context, order, Found(*choice["people"][number - 1]))


def given_last(context: Context) -> Order | None:
    """The order that the speaker gave to somebody last, a short time ago; None where there is none."""
    kept = context.session.data.get(GIVEN)
    if kept is None or context.now - datetime.fromisoformat(kept["at"]) > pages.KEPT:
        return None
    return context.orders.by_code(kept["code"])


def _remember(context: Context, order: Order) -> None:
    """It is the order that was to be given to somebody last."""
    context.session.data[GIVEN] = {"code": order.code, "at": context.now.isoformat()}


def give(context: Context, order: Order, who: Found) -> str:
    """A volunteer is invited and may decline; staff are assigned; nobody gets a matter of their own."""
    if who.person_id == order.person_id:
        raise NotAllowed("refused.own_matter", code=order.code, name=who.name)
    _remember(context, order)
    if not who.volunteer:
        context.actions.perform(order, "assign", handler_id=who.person_id)
        return context.wording.told("staff.assigned", order, name=who.name)
    if not context.people.may_be_invited(order):
        raise NotAllowed("refused.not_for_volunteers", code=order.code)
    if who.resting:
        raise NotAllowed("refused.resting", code=order.code, name=who.name)
    context.actions.perform(order, "invite", invitee=who.person_id)
    said = context.say("staff.invited", code=order.code, name=who.name)
    return (
        said
        if context.people.volunteers_allowed(order)
        else said + "\n" + context.say("staff.usually", owner=context.wording.owner(order))
    )
