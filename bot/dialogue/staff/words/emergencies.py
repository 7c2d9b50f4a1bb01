"""What staff say around an emergency: who went, I go, and what came of it. Danger to life stands before all other orders."""

from bot.dialogue.context import Context
from bot.dialogue.interface.work import Listed
from bot.dialogue.staff import dispatch, lists
from bot.dialogue.staff.words import giving, said
from bot.orders.lifecycle import State

UNTAKEN = frozenset({State.SUBMITTED, State.NEEDS_INFO, State.OPEN, State.OFFERED})


def who_goes(context: Context) -> str | None:
    """煤气那个谁去了: who has it in hand; None where nothing fits."""
    found = said.found(context, "who_goes")
    if found is None:
        return None
    orders = _fitting(context, found["what"])
    if not orders:
        return None
    lines = [lists.line(context, each) for each in orders]
    free = next((each.order for each in orders if each.order.state in UNTAKEN), None)
    hint = context.say("work_talk.nobody_goes", code=free.code) if free is not None else ""
    return "\n".join(filter(None, [*lines, hint]))


def goes(context: Context) -> str | None:
    """我马上过去: the order that is named, else the emergency that nobody has taken, else the one that can be given."""
    found = said.found(context, "goes")
    if found is None or not context.me.rights.decides:
        return None
    me = context.say("staff.me")
    if found["code"]:
        return dispatch.dispatch(context, found["code"], me)
    alarms = _alarms(context)
    untaken = [each.order for each in alarms if each.order.state in UNTAKEN]
    if len(untaken) == 1:
        return dispatch.dispatch(context, untaken[0].code, me)
    if untaken:
        return giving.ask_which(context, "dispatch", [order.code for order in untaken], me)
    mine = [order for order in context.orders.in_hand() if order.state == State.ACCEPTED]
    if mine:
        return context.say("work_talk.go", orders="\n".join(context.wording.line(order) for order in mine))
    return dispatch.dispatch(context, None, me)


def outcome(context: Context) -> str | None:
    """老人送医院了: what came of an order in hand is reported with it once its number is chosen; None where there is none, and
    no emergency either."""
    if said.found(context, "outcome") is None or said.found(context, "sealed") is not None:
        return None
    if said.found(context, "own") is not None or not context.me.rights.decides:
        return None
    mine = [order for order in context.orders.in_hand() if order.state == State.ACCEPTED]
    if mine:
        return giving.ask_which(
            context, "finish", [order.code for order in mine], context.meant.text, "work_talk.outcome"
        )
    given = dispatch.given_last(context)
    if given is not None and given.urgency == "U0" and given.state in (State.OFFERED, State.ACCEPTED):
        context.actions.perform(given, "note", context.meant.text, told={})
        return context.say("work_talk.outcome_noted", code=given.code)
    alarms = [each for each in _alarms(context) if each.order.state in UNTAKEN]
    if not alarms:
        return None
    lines = "\n".join(lists.line(context, each) for each in alarms)
    return context.say("work_talk.outcome_untaken", orders=lines, code=alarms[0].order.code)


def _fitting(context: Context, what: str) -> list[Listed]:
    """The emergencies that the words name, else other orders they name; without any words all emergencies."""
    alarms = _alarms(context)
    if len(what) < 2:
        return alarms
    named = list(context.lists.page("anything", what).orders)
    if named:
        return named
    category = context.reader.read(what).category
    return [each for each in alarms if each.order.category == category] or (alarms if len(alarms) == 1 else [])


def _alarms(context: Context) -> list[Listed]:
    return list(context.lists.page("anything", context.say("work_talk.alarm")).orders)
