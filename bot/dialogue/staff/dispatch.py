"""What community staff can say: dispatch, open, refer, answer; own community only."""

from collections.abc import Sequence

from bot.dialogue import choices
from bot.dialogue.choose_order import choose
from bot.dialogue.context import Desk, Found, Order
from bot.errors import NotAllowed, NotFound, NotUnderstood


def waiting(desk: Desk, code: str | None, rest: str) -> str:
    found = desk.waiting()
    if not found:
        return desk.say("staff.none_waiting")
    return desk.say("staff.waiting", number=len(found), orders="\n".join(_line(desk, order) for order in found[:8]))


def _line(desk: Desk, order: Order) -> str:
    area = order.community or desk.say("order.no_place")
    shown = desk.say("staff.waiting_line", line=desk.line(order), text=order.text, area=area)
    same = desk.alike(order)
    return shown + desk.say("staff.waiting_alike", code=order.code, other=same.code) if same else shown


def dispatch(desk: Desk, code: str | None, rest: str) -> str:
    """With a name: invite that member or assign that staff; without: the three best, choose by number."""
    order = choose(desk, "invite", code)
    name = rest.strip()
    if name:
        return _give_by_name(desk, order, name)
    best = desk.best(order)
    if not best:
        raise NotFound("staff.nobody_fits", code=order.code)
    return _offer_choice(desk, order, best)


def _give_by_name(desk: Desk, order: Order, name: str) -> str:
    number = choices.number(name)
    if number is not None and desk.session.data.get("choice", {}).get("order") == order.id:
        return choose_by_number(desk, number)
    found = desk.people(order, name)
    if not found:
        raise NotFound("staff.no_such_person", name=name)
    if len(found) > 1:
        return _offer_choice(desk, order, found)
    return _give(desk, order, found[0])


def _offer_choice(desk: Desk, order: Order, found: Sequence[Found]) -> str:
    shown = found[:3]
    choice = {"order": order.id, "people": [[f.person_id, f.name, f.volunteer, f.reason, f.resting] for f in shown]}
    desk.session.ask("choice", desk.now, choice=choice)
    lines = [
        desk.say("staff.choice_line", number=number, name=f.name, reason=f.reason) for number, f in enumerate(shown, 1)
    ]
    return desk.say("staff.choice", code=order.code, people="\n".join(lines))


def choose_by_number(desk: Desk, number: int) -> str:
    """The answer 1, 2 or 3 to the three best."""
    choice = desk.session.data["choice"]
    if not 1 <= number <= len(choice["people"]):
        raise NotUnderstood("staff.choose_number", number=len(choice["people"]))
    order = next((o for o in desk.candidates("invite") if o.id == choice["order"]), None)
    desk.session.settle()
    if order is None:
        raise NotAllowed("staff.choice_gone")
    return _give(desk, order, Found(*choice["people"][number - 1]))


def _give(desk: Desk, order: Order, who: Found) -> str:
    """A volunteer is invited and may decline; staff are assigned; nobody gets a matter of their own."""
    if who.person_id == order.person_id:
        raise NotAllowed("refused.own_matter", code=order.code, name=who.name)
    if not who.volunteer:
        desk.act(order, "assign", handler_id=who.person_id)
        return desk.say("staff.assigned", code=order.code, name=who.name)
    if not desk.may_be_invited(order):
        raise NotAllowed("refused.not_for_volunteers", code=order.code)
    if who.resting:
        raise NotAllowed("refused.resting", code=order.code, name=who.name)
    desk.act(order, "invite", invitee=who.person_id)
    said = desk.say("staff.invited", code=order.code, name=who.name)
    return said if desk.volunteers_allowed(order) else said + "\n" + desk.say("staff.usually", owner=desk.owner(order))


def publish(desk: Desk, code: str | None, rest: str) -> str:
    order = choose(desk, "publish", code)
    if not desk.volunteers_allowed(order):
        raise NotAllowed("refused.not_to_publish", code=order.code, owner=desk.owner(order))
    order = desk.act(order, "publish", ring=0 if order.community else 2)
    return desk.say("staff.published", code=order.code)


def refer(desk: Desk, code: str | None, rest: str) -> str:
    return _with_reason(desk, "refer", code, rest, "staff.referred")


def reject(desk: Desk, code: str | None, rest: str) -> str:
    return _with_reason(desk, "reject", code, rest, "staff.rejected")


def ask(desk: Desk, code: str | None, rest: str) -> str:
    return _with_reason(desk, "ask", code, rest, "staff.asked")


def explain(desk: Desk, code: str | None, rest: str) -> str:
    return _with_reason(desk, "explain", code, rest, "staff.explained")


def unmet(desk: Desk, code: str | None, rest: str) -> str:
    return _with_reason(desk, "unmet", code, rest, "staff.unmet")


def _with_reason(desk: Desk, action: str, code: str | None, rest: str, reply: str) -> str:
    """The resident reads the reason, so there must be one."""
    order = choose(desk, "invite", code)
    if not rest.strip():
        raise NotUnderstood(f"staff.why.{action}", code=order.code)
    desk.act(order, action, rest.strip())
    said = desk.say(reply, code=order.code, reason=rest.strip())
    if order.lane == "restricted" and (action != "ask" or order.danger):
        said += "\n" + desk.say("restricted.neutral")
    return said


def urge(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "urge", code), "urge", rest or None)
    return desk.say("staff.urged", code=order.code)


def merge(desk: Desk, code: str | None, rest: str) -> str:
    """The first order is closed as the same matter as the second; its resident keeps an own receipt.

    Without the second number it goes to the one it was offered with, without any to the only one offered so.
    """
    other = desk.meant.command.other if desk.meant.command else None
    order = desk.order(code) if code else choose(desk, "merge", None)
    if other is None and (same := desk.alike(order)) is not None:
        other = same.code
    if other is None or other == order.code:
        raise NotUnderstood("staff.merge_how")
    into = desk.order(other)
    if into.lane == "restricted":
        raise NotAllowed("refused.restricted", code=into.code)
    if into.state == "closed":
        raise NotAllowed("refused.merged_away", code=into.code)
    desk.act(order, "merge", desk.say("staff.merge_note", code=into.code), merged_into_id=into.id)
    return desk.say("staff.merged", code=order.code, other=into.code)


def repeated(desk: Desk, code: str | None, rest: str) -> str:
    """What comes up at one place again and again, so that its cause can be mended."""
    found = desk.repeated()
    if not found:
        return desk.say("staff.none_repeated")
    lines = [desk.say("staff.repeated_line", place=f.place, what=f.category, number=f.number) for f in found]
    return desk.say("staff.repeated", places="\n".join(lines))


def recategorise(desk: Desk, code: str | None, rest: str) -> str:
    order = choose(desk, "recategorise", code)
    if not rest.strip():
        raise NotUnderstood("staff.why.recategorise", code=order.code)
    order = desk.recategorise(order, rest.strip())
    return desk.say("staff.recategorised", code=order.code, what=desk.category(order))
