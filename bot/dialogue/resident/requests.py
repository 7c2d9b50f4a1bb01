"""A request: one message is an order; what is missing is asked afterwards, one question at a time."""

from collections.abc import Sequence

from bot.dialogue import choices
from bot.dialogue.context import Desk, Order, Part
from bot.dialogue.resident import emergency
from bot.understanding import Understanding

UNKNOWN = "1608"
NEEDS_PLACE = frozenset({"wish", "matter", "mediation", "emergency"})
NO_ANSWER = frozenset(
    {"ack", "spam", "thanks", "greeting", "progress", "withdraw", "human", "help", "privacy", "rate_good", "rate_bad"}
)
QUESTIONS = ("community", "place", "phone", "about")
CLEAR = 0.8  # confidence from which words about the same kind of thing are another matter, not more about this one
VAGUE = 8  # signs; fewer of them about nothing known say too little to act on


def place(desk: Desk, meant: Understanding | None = None) -> str:
    """Make the order and show what was understood; an emergency hears whom to call first."""
    order = desk.place(meant or desk.meant)
    desk.session.order_id, desk.session.order_at = order.id, desk.now
    if order.urgency == "U0":
        return emergency.placed(desk, order)
    if order.lane == "restricted":
        return desk.door(order) + "\n" + desk.say("order.code", code=order.code)
    shown = desk.say("order.placed", code=order.code, **understood(desk, order))
    if order.urgency == "U1":
        shown = emergency.soon(desk, (meant or desk.meant).soon) + "\n" + shown
    return shown + next_question(desk, order)


def understood(desk: Desk, order: Order) -> dict[str, str]:
    """What the reply shows of the reading, in words."""
    known = desk.details(order)
    return {
        "what": known["category"],
        "place": known["place"] or desk.say("order.no_place"),
        "urgency": desk.say(f"urgency.{order.urgency}"),
    }


def ask_next(desk: Desk, orders: Sequence[Order]) -> str:
    """The next question about the first of these orders that lacks something; the talk is about that one then."""
    for order in orders:
        question = next_question(desk, order)
        if question:
            desk.session.order_id, desk.session.order_at = order.id, desk.now
            return question
    if orders:
        desk.session.order_id, desk.session.order_at = orders[0].id, desk.now
    return ""


def next_question(desk: Desk, order: Order) -> str:
    """The next thing that is missing, as a question; empty when nothing is."""
    if order.lane == "restricted":  # somebody else may hold the telephone: nothing is asked
        desk.session.settle()
        return ""
    known = desk.details(order)
    asked = desk.session.data.setdefault("asked", {})
    done = asked.setdefault(str(order.id), [])
    kind = _missing(order, known, done)
    if kind is None:
        desk.session.settle()
        return ""
    done.append(kind)
    desk.session.ask(kind, desk.now)
    names = "  ".join(f"{number} {name}" for number, name in enumerate(desk.communities(), 1))
    return "\n" + desk.say(f"ask.{kind}", communities=names)


def _missing(order: Order, known: dict[str, str], asked: list[str]) -> str | None:
    wanted: list[tuple[str, bool]] = [
        ("about", order.category == UNKNOWN and len(order.text.strip("[]图片语音视频位置链接 ")) <= VAGUE),
        ("community", order.community is None),
        ("place", order.lane in NEEDS_PLACE and not known["spot"]),
        ("phone", order.lane in NEEDS_PLACE and not known["phone"]),
    ]
    return next((kind for kind, missing in wanted if missing and kind not in asked), None)


def answer(desk: Desk) -> str | None:
    """The answer to the pending question about an order; None where the words are no answer."""
    order = desk.focus()
    asked, text = desk.session.asked, desk.meant.text.strip()
    if order is None:
        return None
    if asked == "safe":
        return emergency.answer(desk, order)
    return _particular(desk, order, asked, text) if asked in QUESTIONS else None


def _particular(desk: Desk, order: Order, asked: str, text: str) -> str | None:
    meant = desk.meant
    chosen = choices.picked(text, desk.communities()) if asked == "community" else None
    if chosen is not None and 1 <= chosen <= len(desk.communities()):
        return _answered(desk, order, meant, community=desk.communities()[chosen - 1])
    if _is_new_request(order, meant) or (meant.intent in NO_ANSWER and not meant.place.said and meant.phone is None):
        return None
    if meant.command is not None and meant.command.name == "skip":
        return desk.say("order.skipped") + ask_next(desk, [order, *_siblings(desk, order)])
    corrected = desk.correction()
    if corrected is not None:
        return _learn(desk, order, corrected)
    return _answered(desk, order, meant, spot=text if asked == "place" else None)


def _answered(
    desk: Desk, order: Order, meant: Understanding, community: str | None = None, spot: str | None = None
) -> str:
    """An answer is good for all orders that came out of the same message."""
    shown = _learn(desk, order, meant, community, spot, ask=False)
    others = _siblings(desk, order)
    others = [desk.enrich(each, "detail", desk.meant.text, community=community, spot=spot) for each in others]
    if others:
        shown += desk.say("order.noted_too", number=len(others))
    return shown + ask_next(desk, [desk.order(order.code), *others])


def _siblings(desk: Desk, order: Order) -> list[Order]:
    """The other orders that came out of the same message and are not closed."""
    codes = desk.session.data.get("split", {}).get("codes", [])
    others = [desk.order(code) for code in codes if code != order.code] if order.code in codes else []
    return [other for other in others if other.state != "closed"]


def _is_new_request(order: Order, meant: Understanding) -> bool:
    """A clear matter of its own, unless the present order still waits to be told what it is about."""
    if order.lane == "restricted" and order.urgency != "U0":  # a wrong reading would go before those whom it is about
        return False
    if meant.urgency == "U0":
        return order.danger != meant.danger
    if order.lane == "restricted":
        return False
    if _is_sealed_anew(order, meant):
        return True
    known = meant.intent == "request" and UNKNOWN not in (meant.category, order.category)
    if not known or meant.category != order.category:
        return known
    return meant.confidence >= CLEAR and sum(map(str.isalnum, meant.text)) > VAGUE


def about_order_at_hand(desk: Desk) -> str | None:
    """Words that correct or continue what was just said; None where they are a matter of their own."""
    order, corrected = desk.focus(), desk.correction()
    if order is None or order.state == "closed":
        return None
    if corrected is not None and desk.meant.urgency != "U0" and not _is_sealed_anew(order, desk.meant, corrected):
        return _learn(desk, order, corrected)
    return None if _is_new_request(order, desk.meant) else add(desk, order, desk.meant.text)


def _is_sealed_anew(order: Order, *said: Understanding) -> bool:
    """Whether words of a restricted matter would come into an ordinary one."""
    return order.lane != "restricted" and any(meant.lane == "restricted" for meant in said)


def is_sealed(desk: Desk) -> bool:
    """Whether the matter at hand is a restricted one: then what is said stays with it."""
    order = desk.focus()
    return order is not None and order.lane == "restricted" and order.state != "closed"


def in_danger(desk: Desk) -> bool:
    """Whether the matter at hand is one of life and death: then nothing that is said counts as small talk."""
    order = desk.focus()
    return order is not None and order.urgency == "U0" and order.state != "closed"


def _learn(
    desk: Desk, order: Order, meant: Understanding, community: str | None = None, spot: str | None = None,
    *, ask: bool = True,
) -> str:  # fmt: skip
    action = "append" if order.state == "needs_info" else "detail"  # staff wait for it
    order = desk.enrich(order, action, desk.meant.text, meant=meant, community=community, spot=spot)
    shown = desk.say("order.noted", code=order.code, **understood(desk, order))
    return shown + next_question(desk, order) if ask else shown


def add(desk: Desk, order: Order, note: str) -> str:
    """Something more about an order that is there already."""
    meant = desk.meant if note == desk.meant.text else desk.read(note)
    if _is_sealed_anew(order, meant):
        return place(desk, meant)
    order = desk.enrich(order, "append", note)
    if order.urgency == "U0":
        return emergency.added(desk, order, meant.danger)
    if order.lane == "restricted":
        return desk.say("order.appended_sealed", code=order.code) + desk.left_alone(order)
    return desk.say("order.appended", code=order.code) + next_question(desk, order)


def add_part(desk: Desk, part: Part) -> str:
    """A picture, voice or place: to the order it belongs to, else an order of its own that staff look at."""
    order = desk.focus()
    if order is None or order.state == "closed":
        order = desk.place(desk.meant)
        desk.session.order_id, desk.session.order_at = order.id, desk.now
        desk.attach(order, part)
        return desk.say("order.placed_part", code=order.code) + next_question(desk, order)
    desk.attach(order, part)
    if part.kind == "location":
        order = desk.enrich(order, "append", desk.meant.text)
    else:
        order = desk.act(order, "attach", desk.meant.text)
    return desk.say(f"order.part.{part.kind}", code=order.code) + next_question(desk, order)


def keep_recording(desk: Desk, part: Part) -> None:
    """Recognised words may be wrong: the recording goes with the order that they made or added to."""
    order = desk.focus()
    if order is not None and desk.session.order_at == desk.now:
        desk.attach(order, part)
