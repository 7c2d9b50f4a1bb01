"""Words that follow a request: they add to it, complete it or put it right."""

from bot.dialogue import relay
from bot.dialogue.choosing.naming import named_by_words, points
from bot.dialogue.context import Context
from bot.dialogue.interface.order import Correction
from bot.dialogue.resident import emergency, receipts, same_matter
from bot.dialogue.resident.requests import next_question, place, unless_alone
from bot.orders.order import Order
from bot.orders.restricted import DOORS, is_restricted, must_be_set_aside
from bot.understanding import Understanding

BESIDE = "beside"
"""In the session: the code of the ordinary order that came in with a report, and the id of the report's order."""


def about_order_at_hand(context: Context) -> str | None:
    """Words that correct or continue what was just said; None where they are a matter of their own."""
    order, corrected = _pointed_at(context), context.reader.correction(context.meant)
    if order is None or order.state == "closed":
        return None
    if (said := elsewhere(context, order)) is not None:
        return said
    if (
        corrected is not None
        and context.meant.urgency != "U0"
        and not same_matter.is_sealed_anew(order, context.meant, corrected.right)
    ):
        return put_right(context, order, corrected)
    calm = order.urgency != "U0" or same_matter.is_another_matter(context)
    if is_restricted(order) and calm and context.reader.is_harmless_request(context.meant):
        return _beside_sealed(context)
    if not is_restricted(order) and order.urgency != "U0" and same_matter.asks_on(context, order):
        return keep_question(context, order)
    if same_matter.is_new_request(context, order):
        if same_matter.is_sealed_anew(order, context.meant):
            answer_besides(context, order)
        return None
    return add(context, order, context.meant.text)


def _pointed_at(context: Context) -> Order | None:
    """The order that the words are about: the one talked of, unless they point at another one of several (灯泡那个要两个)."""
    order = context.orders.focus()
    if order is None or is_restricted(order) or order.urgency == "U0" or not points(context):
        return order
    mine = [each for each in context.orders.candidates("append") if not is_restricted(each)]
    return (named_by_words(context, mine) if len(mine) > 1 else None) or order


def alarm_is_over(context: Context) -> str | None:
    """燃气公司来了，修好了: what tells that a danger is over, some time after its alarm was talked of, goes to it. None where there is no
    alarm, or the talk is of something else."""
    meant = context.meant
    if (
        meant.command is not None
        or not context.reader.matches("alarm", "over", meant)
        or same_matter.names_house(meant)
    ):
        return None
    if context.session.order_id is not None or not emergency.tells_end(context):
        return None
    alarms = [order for order in context.orders.candidates("append") if order.urgency == "U0"]
    alarm = next((order for order in alarms if not is_restricted(order)), None)
    return add(context, alarm, meant.text) if alarm is not None else None


def _beside_sealed(context: Context) -> str:
    """An ordinary request while the talk is of a restricted matter: an order of its own, of which nothing is asked, since
    what is said next still belongs to that matter, but for the sender's own number alone."""
    report, order = context.orders.focus(), context.actions.place(context.meant)
    if report is not None and report.danger is None and report.category in DOORS and order.lane in same_matter.VISITED:
        context.session.data[BESIDE] = {"code": order.code, "report": report.id}
    return receipts.receipt(context, order) + receipts.second_line(context, order, "")


def answer_besides(context: Context, order: Order | None) -> None:
    """What a message with restricted words answers to a question of staff goes to the order that waits for it."""
    answer = context.reader.harmless_in(context.meant)
    if order is not None and order.state == "needs_info" and answer:
        context.actions.enrich(order, "append", answer, context.reader.read(answer), overrides=True)


def put_right(context: Context, order: Order, corrected: Correction) -> str:
    """What a correction tells replaces what was understood: another time, place or thing. All that it does not name stays."""
    right = context.with_meaning(corrected.right)
    said = relay.moved(right, order)
    return said if said is not None else learn(context, order, corrected.right, wrong=corrected.wrong)


def learn(
    context: Context, order: Order, meant: Understanding, community: str | None = None, spot: str | None = None,
    *, wrong: str | None = None, ask: bool = True,
) -> str:  # fmt: skip
    """What an answer or a correction tells replaces what was known; the reply shows it. `wrong`: see `Correction`; None where nothing
    is corrected."""
    when = relay.time_told(context, order, meant)
    action = "append" if order.state == "needs_info" else "detail"  # staff wait for it
    order = context.actions.enrich(
        order, "reschedule" if when else action, context.meant.text, meant, overrides=True, community=community, spot=spot,
        when=when, wrong=wrong,
    )  # fmt: skip
    facts = receipts.understood(context, order)
    own = receipts.matter_as_told(context, order) if wrong is not None else ""
    shown = context.say("order.noted", code=order.code, **(facts | {"what": own} if own else facts))
    return shown + next_question(context, order) if ask else shown


def elsewhere(context: Context, order: Order) -> str | None:
    """不对，是4号楼: where a danger is, put right; the alarm is told again, with the place. None where it is no such correction."""
    corrected = context.reader.correction(context.meant) if order.urgency == "U0" else None
    if corrected is None or not corrected.right.place.said or corrected.right.danger not in (None, order.danger):
        return None
    changed = context.actions.enrich(
        order, "append", context.meant.text, corrected.right, overrides=True, wrong=corrected.wrong
    )
    if is_restricted(order):
        return context.say("order.appended_sealed", code=order.code)
    return context.say("safe.elsewhere", code=order.code, place=context.orders.details(changed)["place"])


def keep_question(context: Context, order: Order) -> str:
    """A question about the order stands with it; whoever helps is asked."""
    if order.handler_id is not None and order.lane in same_matter.VISITED:
        return relay.pass_on(context, order, context.meant.text)
    context.actions.perform(order, "append", context.meant.text)
    return context.say("order.question_kept", code=order.code)


def no_call(context: Context, order: Order) -> bool:
    """Whether whoever is threatened asks not to be called: the duty staff must know at once."""
    return (
        order.urgency == "U0" and is_restricted(order) and context.reader.matches("contact", "no_call", context.meant)
    )


def add(context: Context, order: Order, note: str) -> str:
    """Something more about an order that is there already."""
    meant = context.reading_of(note)
    if same_matter.is_sealed_anew(order, meant) and not must_be_set_aside(meant):
        return place(context, meant)
    again = order.urgency == "U0" and emergency.is_worse(context, order, meant)
    when = relay.time_told(context, order, meant) if not order.wanted_when else None
    calm = not again and not no_call(context, order)
    order = context.actions.enrich(order, "reschedule" if when else "append", note, meant, alarms=not calm, when=when)
    if context.outcome.set_aside is not None:  # its door is all that is said
        return ""
    if order.urgency == "U0":
        return emergency.added(context, order, meant, again=again)
    if is_restricted(order):
        told = context.say("order.appended_sealed", code=order.code)
    else:
        told = relay.time_changed(context, order, when) if when else context.say("order.appended", code=order.code)
    return unless_alone(context, order, told) + next_question(context, order)
