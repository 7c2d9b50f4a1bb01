"""What community staff can say: dispatch, open, refer, answer; own community only."""

from collections.abc import Sequence

from bot.dialogue import choices
from bot.dialogue.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.order import Found
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted


def waiting(context: Context, code: str | None, rest: str) -> str:
    found = context.orders.waiting()
    if not found:
        return context.say("staff.none_waiting")
    return context.say(
        "staff.waiting", number=len(found), orders="\n".join(_line(context, order) for order in found[:8])
    )


def _line(context: Context, order: Order) -> str:
    area = order.community or context.say("order.no_place")
    shown = context.say(
        "staff.waiting_line", line=context.wording.line(order), text=context.wording.words(order), area=area
    )
    same = context.earlier.alike(order)
    return shown + context.say("staff.waiting_alike", code=order.code, other=same.code) if same else shown


def dispatch(context: Context, code: str | None, rest: str) -> str:
    """With a name: invite that member or assign that staff; without: the three best, choose by number."""
    order = choose(context, "invite", code)
    name = rest.strip()
    if name:
        return _give_by_name(context, order, name)
    best = context.people.best(order)
    if not best:
        raise NotFound("staff.nobody_fits", code=order.code)
    return _offer_choice(context, order, best)


def _give_by_name(context: Context, order: Order, name: str) -> str:
    number = choices.number(name)
    if number is not None and context.session.question.get("order") == order.id:
        return choose_by_number(context, number)
    found = context.people.named(order, name)
    if not found:
        raise NotFound("staff.no_such_person", name=name)
    if len(found) > 1:
        return _offer_choice(context, order, found)
    return _give(context, order, found[0])


def _offer_choice(context: Context, order: Order, found: Sequence[Found]) -> str:
    shown = found[:3]
    people = [[f.person_id, f.name, f.volunteer, f.reason, f.resting] for f in shown]
    context.session.ask("choice", context.now, order=order.id, people=people)
    lines = [
        context.say("staff.choice_line", number=number, name=f.name, reason=f.reason)
        for number, f in enumerate(shown, 1)
    ]
    return context.say("staff.choice", code=order.code, people="\n".join(lines))


def choose_by_number(context: Context, number: int) -> str:
    """The answer 1, 2 or 3 to the three best."""
    choice = context.session.question
    if not 1 <= number <= len(choice["people"]):
        raise NotUnderstood("staff.choose_number", number=len(choice["people"]))
    order = next((o for o in context.orders.candidates("invite") if o.id == choice["order"]), None)
    context.session.settle()
    if order is None:
        raise NotAllowed("staff.choice_gone")
    return _give(context, order, Found(*choice["people"][number - 1]))


def _give(context: Context, order: Order, who: Found) -> str:
    """A volunteer is invited and may decline; staff are assigned; nobody gets a matter of their own."""
    if who.person_id == order.person_id:
        raise NotAllowed("refused.own_matter", code=order.code, name=who.name)
    if not who.volunteer:
        context.actions.perform(order, "assign", handler_id=who.person_id)
        return context.say("staff.assigned", code=order.code, name=who.name)
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
    order = choose(context, "publish", code)
    if not context.people.volunteers_allowed(order):
        raise NotAllowed("refused.not_to_publish", code=order.code, owner=context.wording.owner(order))
    order = context.actions.perform(order, "publish", ring=0 if order.community else 2)
    return context.say("staff.published", code=order.code)


def refer(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "refer", code, rest, "staff.referred")


def reject(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "reject", code, rest, "staff.rejected")


def ask(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "ask", code, rest, "staff.asked")


def explain(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "explain", code, rest, "staff.explained")


def unmet(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "unmet", code, rest, "staff.unmet")


def _with_reason(context: Context, action: str, code: str | None, rest: str, reply: str) -> str:
    """The resident reads the reason, so there must be one."""
    order = choose(context, "invite", code)
    if not rest.strip():
        raise NotUnderstood(f"staff.why.{action}", code=order.code)
    context.actions.perform(order, action, rest.strip())
    aside = context.outcome.set_aside is not None
    said = context.say(reply, code=order.code, reason=context.say("staff.set_aside") if aside else rest.strip())
    if is_restricted(order) and (action != "ask" or order.danger):
        said += "\n" + context.say("restricted.neutral")
    return said


def urge(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "urge", code), "urge", rest or None)
    return context.say("staff.urged", code=order.code)


def merge(context: Context, code: str | None, rest: str) -> str:
    """The first order is closed as the same matter as the second; its resident keeps an own receipt.

    Without the second number it goes to the one it was offered with, without any to the only one offered so.
    """
    other = context.meant.command.other if context.meant.command else None
    order = context.orders.by_code(code) if code else choose(context, "merge", None)
    if other is None and (same := context.earlier.alike(order)) is not None:
        other = same.code
    if other is None or other == order.code:
        raise NotUnderstood("staff.merge_how")
    into = context.orders.by_code(other)
    if is_restricted(into):
        raise NotAllowed("refused.restricted", code=into.code)
    if into.state == "closed":
        raise NotAllowed("refused.merged_away", code=into.code)
    key = "merge_note_alone" if into.left_box else "merge_note"  # its code is not for everybody who reads this note
    context.actions.perform(order, "merge", context.say(f"staff.{key}", code=into.code), merged_into_id=into.id)
    return context.say("staff.merged", code=order.code, other=into.code)


def repeated(context: Context, code: str | None, rest: str) -> str:
    """What comes up at one place again and again, so that its cause can be mended."""
    found = context.earlier.repeated()
    if not found:
        return context.say("staff.none_repeated")
    lines = [context.say("staff.repeated_line", place=f.place, what=f.category, number=f.number) for f in found]
    return context.say("staff.repeated", places="\n".join(lines))


def recategorise(context: Context, code: str | None, rest: str) -> str:
    """Into another category. Out of the sealed box only once it is confirmed, since others deal with it from then on."""
    order = choose(context, "recategorise", code)
    words = rest.strip()
    if not words:
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
