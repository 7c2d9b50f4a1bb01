"""One message, one reply: how a message is read, in one visible order."""

from collections.abc import Callable

from bot.dialogue import beside_alarm, not_understood, relay
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.expectations import ordinary_words, waiting
from bot.dialogue.expectations.asked import question
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.interface.order import Part
from bot.dialogue.member import broadcasts as received
from bot.dialogue.member import helping, orders_in_hand
from bot.dialogue.member import talk as helper_talk
from bot.dialogue.natural_words import as_request, by_intent, if_unclear
from bot.dialogue.resident import emergency, further_words, parts, questions, requests, same_matter, several, small_talk
from bot.dialogue.resident import talk as resident_talk
from bot.dialogue.resident.own import (
    adding,
    all_of_them,
    discreet,
    not_needed,
    number,
    progress,
    rating,
    satisfaction,
    wanted_again,
)
from bot.dialogue.staff import sign_in
from bot.dialogue.staff import talk as staff_talk
from bot.dialogue.staff.broadcasts import writing
from bot.errors import NotUnderstood, Spoken
from bot.orders.order import Order
from bot.orders.restricted import is_restricted, must_be_set_aside
from bot.understanding import Understanding

Reading = Callable[[Context], str | None]
SEARCHES = frozenset({"waiting", "in_hand", "overdue", "due_soon", "today"})  # commands whose words filter a list
A_WORD = 2  # ideographs


def reply(context: Context, part: Part | None = None) -> str:
    """What to answer. Refusals are sentences too. Danger and restricted words come first, whatever was asked."""
    context = ordinary_words.read(helping.calm(waiting.read_as_answer(context)))
    beside_alarm.take_up(context)
    said = _said(context, part)
    if part is None or part.heard:
        _take_what_is_left(context)
    return _set_aside(context, asks=True) + said


def perform(
    context: Context, act: Callable[[], str] | None = None, *, order: Order | None = None, hears: bool = True
) -> str:  # fmt: skip
    """One command of a page, by its handler or by `act`, and nothing else that its words could mean: what to answer. Spoken
    where it is refused; what is dangerous or restricted in its words is then for `hear`, in a turn of its own. `order`: what
    it is about. `hears` False: the words were heard before."""
    command = context.meant.command
    assert command is not None
    said = HANDLERS[command.name](context, command.code, command.rest) if act is None else act()
    if order is not None:
        _refuse_question(context, order, said)
    return (hear(context) if hears else "") + said


def _refuse_question(context: Context, order: Order, said: str) -> None:
    """A page has no next message: NotUnderstood where a handler has asked something back and done nothing. The question
    whether somebody is safe comes with what was written down."""
    if context.session.asked is None or context.session.is_alarmed:
        return
    if context.orders.by_code(order.code).version == order.version:
        raise NotUnderstood("pages.nothing_done", code=order.code, asked=said)


def hear(context: Context) -> str:
    """What is dangerous or restricted in the words and was not taken up becomes a matter of its own, as in the chat; its door,
    empty where there is none."""
    _take_what_is_left(context)
    return _set_aside(context)


def _said(context: Context, part: Part | None) -> str:
    try:
        if part is not None and not part.heard:
            said = parts.add_part(context, part)
        else:
            said = _text(context)
            if part is not None:
                said += parts.keep_with_words(context, part)
    except NotUnderstood as refused:
        return not_understood.turn(context, refused)
    except Spoken as refused:
        return context.say(refused.key, **refused.facts) + adding.keep_refused(context, refused)
    not_understood.found(context)
    return said


def _take_what_is_left(context: Context) -> None:
    """A matter of danger or of restricted words that nothing has taken up: said behind a command that takes no words, or
    with what was refused."""
    meant = context.meant
    if (
        context.outcome.taken
        or context.outcome.calm
        or not (meant.sensitive or meant.in_a_part or meant.urgency == "U0")
    ):
        return
    command = meant.command
    if command is not None and command.name in SEARCHES and len(command.rest) <= A_WORD:
        return  # 待派 家暴 looks for something; a sentence may tell something
    words = meant.command.rest if meant.command is not None else meant.text
    if not words.strip() or staff_talk.only_reports(context):
        return
    read = context.reading_of(words)
    own = context.reader.matter_of_its_own(read) or read
    untold = (
        meant.command is None and not context.outcome.stands
    )  # a complaint that stands as a reason is no secret one too
    apart = own is not read or must_be_set_aside(own) or (untold and is_restricted(own))
    if own.urgency == "U0" or (apart and own.intent == "request"):
        placed = helping.at_order(context.with_meaning(own), command.code if command is not None else None)
        own = placed.meant
        context.outcome.told, context.outcome.set_aside = own, context.actions.place(own)


def _set_aside(context: Context, *, asks: bool = False) -> str:
    """The door for words of this message that became a matter of their own; empty where none did. `asks`: in danger it is
    asked whether somebody is safe, unless the command has just asked something."""
    order, outcome = context.outcome.set_aside, context.outcome
    if order is None:
        return ""
    told = context.with_meaning(outcome.told or context.meant)
    if asks and order.urgency == "U0" and context.session.asked_at != context.now:
        context.session.belong_to(order.id, context.now)
        door = emergency.placed(told, order)
    elif context.me.roles & staff_talk.ROLES and context.meant.command is not None and order.urgency != "U0":
        door = context.say("staff.sealed", code=order.code)  # they know where to go with a report of their own
    else:
        door = (
            context.restricted.door(order, told.meant.danger_role) + "\n" + context.say("order.code", code=order.code)
        )
    at = context.say("safe.at_order", place=outcome.at) + "\n" if outcome.at else ""
    return door + "\n" + at


def _text(context: Context) -> str:
    """The first of the readings that takes the message."""
    for reading in READINGS:
        said = reading(context)
        if said is not None:
            return said
    return as_request(context)


def _command(context: Context) -> str | None:
    command = context.meant.command
    if command is None or command.name not in HANDLERS or writing.claims(context):
        return None
    if context.session.asked in question.LACKING:  # what an earlier command lacked is not waited for any more
        context.session.settle()
    beside_alarm.command(context, command.code)
    return HANDLERS[command.name](context, command.code, command.rest)


def _danger(context: Context) -> str | None:
    if context.meant.urgency != "U0":
        return None
    if (said := further_words.about_order_at_hand(context)) is not None:
        return said
    done = helping.reported_done(context)
    placed = helping.at_order(context)
    told = several.with_danger(placed)
    if placed is not context and context.session.is_alarmed:
        told += "\n" + context.say("safe.at_order", place=placed.meant.place.describe())
    return f"{told}\n{_finished(context, done)}" if done else told


def _finished(context: Context, done: str) -> str:
    """What comes of a report beside a danger; a refusal of it does not take back the alarm."""
    try:
        return orders_in_hand.finish(context, None, done)
    except Spoken as refused:
        return context.say(refused.key, **refused.facts)


def _locked(context: Context) -> str | None:
    """A command of others: what is needed to use it. A resident's 我的单 are the resident's own orders."""
    topic = context.reader.topic("resident", context.meant)
    if topic is not None and topic.name == "list":
        return progress.progress(context, None, "")
    locked = context.reader.locked_command(context.meant)
    if locked is None:
        return None
    return context.say("bind.not_yours" if context.me.roles else "bind.needed", words=locked)


def _unless_sealed(reading: Reading) -> Reading:
    """The same for ordinary words alone: what is restricted is no talk about an order."""

    def read(context: Context) -> str | None:
        meant = context.meant
        doubtful = meant.sensitive or meant.in_a_part
        sealed = is_restricted(meant) or (doubtful and context.reader.matter_of_its_own(meant) is not None)
        return None if sealed else reading(context)

    return read


def _then_more(reading: Reading, unannounced: Callable[[Context, Understanding], bool] | None = None) -> Reading:
    """The same for what is said of the orders at hand; a request behind it is read by itself, a fault is an order of its own.
    `unannounced`: see `another_behind`."""

    def read(context: Context) -> str | None:
        parted = same_matter.another_behind(context, unannounced) if context.meant.command is None else None
        if parted is not None:
            said = reading(context.with_meaning(context.reader.read(parted[0])))
            if said is not None:
                more = context.with_meaning(context.reader.read(parted[1]))
                own = context.reader.matches("asked", "fault", more.meant)
                return one_by_one(context, (lambda: said, lambda: requests.place(more) if own else _text(more)))
        return reading(context)

    return read


READINGS: tuple[Reading, ...] = (
    questions.follow_up,
    sign_in.bare,
    _command,
    _danger,
    _locked,
    discreet.talk,
    _unless_sealed(number.beside),
    _unless_sealed(waiting.plain),
    _unless_sealed(_then_more(number.change)),
    _unless_sealed(beside_alarm.read),
    question.answer,
    waiting.answer,
    _unless_sealed(received.talk),
    _unless_sealed(relay.to_other_side),
    staff_talk.talk,
    _unless_sealed(_then_more(helper_talk.talk)),
    _unless_sealed(not_needed.some),
    _unless_sealed(_then_more(all_of_them.talk)),
    _unless_sealed(resident_talk.talk),
    _unless_sealed(_then_more(wanted_again.wanted_again, wanted_again.tells)),
    _unless_sealed(_then_more(not_needed.not_needed, not_needed.tells)),
    _unless_sealed(further_words.alarm_is_over),
    _unless_sealed(satisfaction.broken_again),
    _unless_sealed(small_talk.talk),
    _unless_sealed(waiting.about_invitation),
    _unless_sealed(rating.late_answer),
    _unless_sealed(helper_talk.unclear),
    if_unclear,
    by_intent,
)
"""How a message is read, in this order; what none of them takes is a request."""
