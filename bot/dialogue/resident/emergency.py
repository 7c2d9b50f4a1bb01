"""Danger to life: whom to call first, then the place and whether the person is safe, by who speaks and what it is."""

from bot.dialogue import choices
from bot.dialogue.context import Desk, Order

ASKED_OTHERWISE = {"missing": "found", "fraud": "money"}
"""Kinds of danger of which something else is asked than whether the person is safe."""
QUIET = frozenset({("violence", "self"), ("child", "self")})
"""Of these nothing is asked: whoever threatens them may hold the telephone. Nor of those of whom nobody inside may hear."""


def placed(desk: Desk, order: Order) -> str:
    """The reply to a new order about danger to life."""
    first = desk.door(order) if order.lane == "restricted" else desk.first_aid(order.danger)
    role = desk.meant.danger_role or "self"
    if order.lane == "restricted" and ((order.danger, role) in QUIET or desk.left_alone(order)):
        desk.session.settle()
        return first + "\n" + desk.say("order.code", code=order.code)
    question = _question(order.danger, role)
    desk.session.ask("safe", desk.now, safe=question)
    told = desk.say("order.placed_u0", code=order.code)
    where = "" if desk.meant.place.said else desk.say(f"safe.{question}.where")
    return f"{first}\n{told}{where}{desk.say(f'safe.{question}.ask')}"


def _question(danger: str | None, role: str) -> str:
    """What is asked: of who is in danger whether they are safe, of others how that person is."""
    if danger == "missing" and role == "self":
        return role
    return ASKED_OTHERWISE.get(danger or "", "self" if role == "self" else "person")


def answer(desk: Desk, order: Order) -> str | None:
    """The answer to that question, as number or in its words; None where it is none."""
    question = desk.session.data.get("safe", "self")
    options = [desk.say(f"safe.{question}.{option}") for option in ("yes", "no")]
    number = choices.picked(desk.meant.text, options)
    if number not in (1, 2):
        return None
    found = ("yes", "no")[number - 1]
    desk.session.ask("safe", desk.now)  # it may become another one
    order = desk.enrich(order, "append", desk.say(f"safe.{question}.note_{found}"))
    return desk.say(f"safe.{question}.reply_{found}", code=order.code)


def added(desk: Desk, order: Order, danger: str | None) -> str:
    """The reply to further words about it: no form now; where they name the same danger again, its number first."""
    alone = desk.left_alone(order)
    said = desk.say("order.appended_sealed" if alone else "order.appended_u0", code=order.code)
    if order.danger is None or order.danger != danger:
        return said + alone
    first = desk.door(order) if order.lane == "restricted" else desk.first_aid(order.danger)
    return first + "\n" + said


def soon(desk: Desk, kind: str | None) -> str:
    """What to do about something that endangers somebody soon (U1)."""
    return desk.say(f"soon.{kind or 'other'}")
