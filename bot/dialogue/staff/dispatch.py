"""What community staff can say: dispatch, open, refer, answer; own community only."""

import re
from collections.abc import Sequence
from functools import partial

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.interface.order import Found
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

_RULES = Rules("lists")

CODES = re.compile(r"(?<!\d)\d{6,8}(?!\d)")
IN_HAND = ("accepted", "done")  # somebody works on it, or has


def dispatch(context: Context, code: str | None, rest: str) -> str:
    """With a name: invite that member or assign that staff; without: the three best, choose by number. Several orders at
    once go to one person, each with its own result."""
    codes, name = _codes_and_name(code, rest)
    if len(codes) > 1:
        return _give_each(context, codes, name)
    order = choose(context, "invite", codes[0] if codes else None)
    if name:
        return _give_by_name(context, order, name)
    best = context.people.best(order)
    if not best:
        raise NotFound("staff.nobody_fits", code=order.code)
    return _offer_choice(context, order, best)


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


def give(context: Context, order: Order, who: Found) -> str:
    """A volunteer is invited and may decline; staff are assigned; nobody gets a matter of their own."""
    if who.person_id == order.person_id:
        raise NotAllowed("refused.own_matter", code=order.code, name=who.name)
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


def publish(context: Context, code: str | None, rest: str) -> str:
    order = _chosen(context, "publish", code)
    if not context.people.volunteers_allowed(order):
        raise NotAllowed("refused.not_to_publish", code=order.code, owner=context.wording.owner(order))
    order = context.actions.perform(order, "publish", ring=0 if order.community else 2)
    return context.say("staff.published", code=order.code)


def refer(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "refer", code, rest, "staff.referred")


def reject(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "reject", code, rest, "staff.rejected")


def ask(context: Context, code: str | None, rest: str) -> str:
    """Once somebody works on it, words go through 转告."""
    order = _chosen(context, "ask", code)
    if order.state in IN_HAND and not is_restricted(order):
        raise NotAllowed("refused.ask_in_hand", code=order.code)
    return _with_reason(context, "ask", order.code, rest, "staff.asked")


def explain(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "explain", code, rest, "staff.explained")


def unmet(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "unmet", code, rest, "staff.unmet")


def _chosen(context: Context, action: str, code: str | None) -> Order:
    """As `choose`; where nothing fits, staff hear what there is none of."""
    try:
        return choose(context, action, code)
    except NotFound as refused:
        if refused.key != "none_fits.any":
            raise
        raise NotFound("none_fits.urge" if action == "urge" else "none_fits.invite") from None


def _with_reason(context: Context, action: str, code: str | None, rest: str, reply: str) -> str:
    """The resident reads the reason, so there must be one."""
    order = _chosen(context, action, code)
    try:
        if not rest.strip():
            raise NotUnderstood(f"staff.why.{action}", code=order.code)
        context.actions.perform(order, action, rest.strip())
    except NotUnderstood:  # also where all of the reason became a matter of its own
        context.session.ask("reason", context.now, command=action, code=order.code)
        raise
    aside = context.outcome.set_aside is not None
    reason = context.say("staff.set_aside") if aside else rest.strip()
    said = context.wording.told(reply, order, reason=reason)
    if is_restricted(order) and (action != "ask" or order.danger):
        said += "\n" + context.say("restricted.neutral")
    return said


def urge(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(_chosen(context, "urge", code), "urge", rest or None)
    return context.say("staff.urged", code=order.code)


def merge(context: Context, code: str | None, rest: str) -> str:
    """The first order is closed as the same matter as the second; its resident keeps an own receipt.

    Without the second number it goes to the one it was offered with, without any to the only one offered so.
    """
    other = context.meant.command.other if context.meant.command else None
    order = context.orders.by_code(code) if code else choose(context, "merge", None)
    if other is None and (same := context.alike.first(order)) is not None:
        other = same.code
    if other is None or other == order.code:
        raise NotUnderstood("staff.merge_how")
    return merge_into(context, order, context.orders.by_code(other))


def merge_into(context: Context, order: Order, into: Order) -> str:
    """As `merge`, with both orders known."""
    if is_restricted(into):
        raise NotAllowed("refused.restricted", code=into.code)
    if into.state == "closed":
        raise NotAllowed("refused.merged_away", code=into.code)
    key = "merge_note_alone" if into.excludes else "merge_note"  # its code is not for everybody who reads this note
    context.actions.perform(order, "merge", context.say(f"staff.{key}", code=into.code), merged_into_id=into.id)
    return context.wording.told("staff.merged", order, other=into.code)


def repeated(context: Context, code: str | None, rest: str) -> str:
    """What comes up at one place again and again, so that its cause can be mended."""
    found = context.alike.repeated()
    if not found:
        return context.say("staff.none_repeated")
    lines = [context.say("staff.repeated_line", place=f.place, what=f.category, number=f.number) for f in found]
    return context.say("staff.repeated", places="\n".join(lines))


def recategorise(context: Context, code: str | None, rest: str) -> str:
    """Into another category. Out of the sealed box only once it is confirmed, since others deal with it from then on."""
    order = _chosen(context, "recategorise", code)
    words = rest.strip()
    if not words:
        context.session.ask("reason", context.now, command="recategorise", code=order.code)
        raise NotUnderstood("staff.why.recategorise", code=order.code)
    if not context.actions.leaves_box(order, words):
        return _recategorised(context, order, words)
    context.session.ask("leave_box", context.now, code=order.code, words=words)
    return context.say("staff.leave_box", code=order.code, words=words)


def confirmed(context: Context) -> str | None:
    """确认, 确认归类 CODE: the answer to whether a matter leaves the box; None where this is none."""
    leave = context.session.question
    said = "".join(filter(str.isalnum, context.meant.folded))
    yes = context.say("staff.leave_box_yes").split("、")
    if said.removesuffix(leave["code"]) not in yes:
        return None
    context.session.settle()
    return _recategorised(context, context.orders.by_code(leave["code"]), leave["words"])


def _recategorised(context: Context, order: Order, words: str) -> str:
    order = context.actions.recategorise(order, words)
    return context.say("staff.recategorised", code=order.code, what=context.wording.category(order))
