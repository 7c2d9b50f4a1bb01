"""What helpers and staff say of their work after they have told of danger: it is none of the alarm's. The alarm then stands aside
until they speak of danger or safety again."""

import re

from bot.dialogue.choosing import naming
from bot.dialogue.context import Context
from bot.dialogue.member import helping
from bot.dialogue.resident import same_matter
from bot.dialogue.session import ALARM
from bot.dialogue.staff import talk as staff_talk
from bot.dialogue.staff.words import said
from bot.errors import NotFound
from bot.orders.order import Order
from bot.understanding.categories import UNKNOWN

KEPT = "alarm"
"""Where the session keeps the alarm that stands aside."""
CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")
SURELY = frozenset({"replaced", "off", "moves", "cannot", "finished"})
"""Topics that are said of an order in hand, whatever the danger is."""
PERHAPS = frozenset({"away", "unfinished", "news"})
"""Topics that are, where the words name what the order asks to be done."""


def take_up(context: Context) -> None:
    """Before a message is read: an alarm that stands aside is talked of again where the words tell of danger or of safety."""
    kept = context.session.data.get(KEPT)
    if kept is None or context.meant.command is not None:
        return
    if not (_endangers(context) or _names_danger(context) or _speaks_of_somebody(context)):
        return
    try:
        order = context.orders.by_code(kept["code"])
    except NotFound:  # it is not the speaker's to see any more
        del context.session.data[KEPT]
        return
    if order.state == "closed":
        del context.session.data[KEPT]
    else:
        _talk_of(context, order)


def read(context: Context) -> str | None:
    """The reply to words of staff about their work while an alarm's question is open. None for what may be of the alarm, and
    for words of other things, which are read further: the alarm stands aside for both."""
    alarm = context.orders.focus() if context.session.is_alarmed and context.me.roles else None
    if alarm is None or _endangers(context):
        return None
    if context.me.roles & staff_talk.ROLES:
        _set_aside(context, alarm)
        replied = next((reply for topic in staff_talk.BESIDE_ALARM if (reply := topic(context)) is not None), None)
        if replied is not None:
            return replied
        _talk_of(context, alarm)
    if not _names_danger(context) and _is_elsewhere(context, alarm):
        _set_aside(context, alarm)
    return None


def command(context: Context, code: str | None) -> None:
    """A command about another order: the alarm stands aside."""
    alarm = context.orders.focus() if code and context.session.is_alarmed and context.me.roles else None
    if alarm is not None and alarm.code != code:
        _set_aside(context, alarm)


def _set_aside(context: Context, alarm: Order) -> None:
    session = context.session
    about = session.question.get("about", "self")
    session.data[KEPT] = {"code": alarm.code, "about": about, "at": context.now.isoformat()}
    session.settle()
    session.order_id = session.order_at = None


def _talk_of(context: Context, alarm: Order) -> None:
    """The talk is of the alarm that stood aside."""
    kept = context.session.data.pop(KEPT)
    context.session.ask(ALARM, context.now, about=kept["about"])
    context.session.belong_to(alarm.id, context.now)


def _endangers(context: Context) -> bool:
    """Whether the words call for help; 明天走不开 of somebody with an order in hand does not."""
    if context.meant.urgency == "U0":
        return True
    return context.reader.topic("danger", context.meant) is not None and not helping.cannot_go(context)


def _speaks_of_somebody(context: Context) -> bool:
    """Whether he or she are those of the alarm: the speaker has nobody else to speak of."""
    about = context.reader.matches("alarm", "people", context.meant)
    return about and context.me.roles.isdisjoint(staff_talk.ROLES) and not context.orders.in_hand()


def _names_danger(context: Context) -> bool:
    return context.reader.matches("alarm", "speaks", context.meant)


def _is_elsewhere(context: Context, alarm: Order) -> bool:
    """Whether the words are surely of something else than the alarm."""
    meant = context.meant
    if same_matter.is_another_matter(context) or any(code != alarm.code for code in CODE.findall(meant.folded)):
        return True
    if _is_of_helper(context):
        return True
    names_people = context.reader.matches("alarm", "people", meant)
    return not names_people and bool(context.me.roles & staff_talk.ROLES) and _is_of_staff(context, alarm)


def _is_of_helper(context: Context) -> bool:
    """Whether they are of an order in hand, or of whether and when the speaker helps at all."""
    if context.me.roles.isdisjoint(helping.HELPERS):
        return False
    in_hand, name = context.orders.in_hand(), helping.topic(context)
    named = any(naming.names_work(context, order) for order in in_hand)
    of_order = bool(in_hand) and (name in SURELY or (named and name in PERHAPS))
    return of_order or context.reader.topic("free", context.meant) is not None


def _is_of_staff(context: Context, alarm: Order) -> bool:
    """Whether staff ask something, or report what was done about a thing of another kind."""
    if said.found(context, "asks") is not None:
        return True
    named, reports = said.found(context, "told_of"), said.found(context, "report") is not None
    category = context.reader.read(named["what"]).category if named is not None else context.meant.category
    return reports and category not in (UNKNOWN, alarm.category)
