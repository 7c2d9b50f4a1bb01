"""One message, one reply: danger first, then commands, then the pending question, then what was meant."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import ambiguity, choices, not_understood
from bot.dialogue.context import Context
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.order import Part
from bot.dialogue.resident import questions, repeated, requests, several
from bot.dialogue.staff import dispatch, reminders, talk
from bot.errors import NotFound, NotUnderstood, Spoken
from bot.orders.restricted import is_restricted, must_be_set_aside
from bot.understanding.categories import UNKNOWN

# what natural words amount to
INTENTS = {
    "progress": "progress", "withdraw": "withdraw", "rate_good": "satisfied", "rate_bad": "dissatisfied",
    "human": "human", "help": "help", "privacy": "privacy", "ack": "ack", "accept": "accept", "decline": "decline",
    "finish": "finish",
}  # fmt: skip
SAYS_SOMETHING = 4  # letters, ideographs or digits
SAYS_WHY = frozenset({"withdraw", "rate_bad", "decline", "finish", "append"})
SMALL_TALK = ("thanks", "greeting", "chitchat", "spam")


def reply(context: Context, part: Part | None = None) -> str:
    """What to answer. Refusals are sentences too. Danger and restricted words come first, whatever was asked."""
    said = _said(context, part)
    if part is None or part.heard:
        _take_what_is_left(context)
    return _set_aside(context) + said


def _said(context: Context, part: Part | None) -> str:
    try:
        if part is not None and not part.heard:
            said = requests.add_part(context, part)
        else:
            said = _text(context)
            if part is not None:
                requests.keep_recording(context, part)
    except NotUnderstood as refused:
        return not_understood.turn(context, refused)
    except Spoken as refused:
        return context.say(refused.key, **refused.facts)
    not_understood.found(context)
    return said


def _take_what_is_left(context: Context) -> None:
    """A matter of danger or of restricted words that nothing has taken up: said behind a command that takes no words, or
    with what was refused."""
    meant = context.meant
    if context.outcome.taken or not (meant.sensitive or meant.in_a_part or meant.urgency == "U0"):
        return
    words = meant.command.rest if meant.command is not None else meant.text
    if not words.strip():
        return
    read = context.reading_of(words)
    own = context.reader.matter_of_its_own(read) or read
    apart = own is not read or must_be_set_aside(own) or (meant.command is None and is_restricted(own))
    if own.urgency == "U0" or (apart and own.intent == "request"):
        context.outcome.set_aside = context.actions.place(own)


def _set_aside(context: Context) -> str:
    """The door for words of this message that became a matter of their own; empty where none did."""
    order = context.outcome.set_aside
    if order is None:
        return ""
    door = context.restricted.door(order, context.meant.danger_role)
    return door + "\n" + context.say("order.code", code=order.code) + "\n"


def _text(context: Context) -> str:
    meant = context.meant
    followed = questions.follow_up(context)
    if followed is not None:
        return followed
    if meant.command is not None and meant.command.name in HANDLERS:
        return HANDLERS[meant.command.name](context, meant.command.code, meant.command.rest)
    if meant.urgency == "U0":
        return requests.about_order_at_hand(context) or several.with_danger(context)
    locked = context.reader.locked_command(meant)
    if locked is not None:
        return context.say("bind.needed", words=locked)
    answered = _answer(context)
    if answered is not None:
        return answered
    about_work = talk.talk(context)  # provisional: the place of this step is the policy's to decide
    if about_work is not None:
        return about_work
    options = ambiguity.options(context)
    if len(options) > 1:
        return ambiguity.ask(context, options)
    if options:
        context = context.with_meaning(replace(context.meant, intent=options[0], rival=None))
    return _by_intent(context)


def _by_intent(context: Context) -> str:
    meant = context.meant
    if meant.intent in INTENTS:
        try:
            return _do(context, meant.intent)
        except NotFound:
            if meant.intent == "ack":
                return _continued(context) or context.say("chat.ack")
            if meant.intent == "rate_good":  # there is nothing to confirm: a friendly word
                return context.say("chat.thanks")
            if meant.category == UNKNOWN and meant.intent != "rate_bad":
                raise
    if meant.intent in SMALL_TALK and not requests.in_danger(context):
        return several.apart(context) or _small_talk(context)
    return _request(context)


def _small_talk(context: Context) -> str:
    """A friendly word; what nothing speaks for is no small talk but was not understood."""
    if context.meant.intent != "chitchat":
        return context.say(f"chat.{context.meant.intent}")
    continued = questions.answer(context) or _continued(context)
    if continued is None and not context.reader.recognised(context.meant):
        raise NotUnderstood("lost.say_again")
    return continued or context.say("chat.chitchat")


def _request(context: Context) -> str:
    """Something asked for: several things, more about the matter at hand, one told before, a question, or a new order."""
    return (
        several.apart(context)
        or several.place(context)
        or requests.about_order_at_hand(context)
        or repeated.known(context)
        or questions.answer(context)
        or requests.place(context)
    )


def _continued(context: Context) -> str | None:
    """Words that say nothing by themselves ("东头那家", a number) belong to the matter at hand, where there is one."""
    says_something = sum(char.isalnum() for char in context.meant.text) >= SAYS_SOMETHING
    return requests.about_order_at_hand(context) if says_something else None


def _do(context: Context, intent: str) -> str:
    return HANDLERS[INTENTS.get(intent, intent)](context, None, _reason(context))


def _reason(context: Context) -> str:
    """Natural words carry their own reason; 收到 and the like carry none."""
    return context.meant.text if context.meant.intent in SAYS_WHY else ""


def _answer(context: Context) -> str | None:
    """The answer to what the bot asked last; None where there was no question or this is none."""
    number = choices.picked(context.meant.text, _options(context))
    if number is not None and context.session.asked in CHOSEN:
        return CHOSEN[context.session.asked](context, number)
    return dispatch.confirmed(context) or reminders.answer(context) or requests.answer(context)


def _options(context: Context) -> list[str]:
    """The words of the numbered options that the bot showed last."""
    asked, data = context.session.asked, context.session.data
    if asked == "choice":
        return [name for _, name, *_ in data["choice"]["people"]]
    if asked == "which":
        return list(data["which"]["codes"])
    if asked == "meaning":
        return [context.say(f"unsure.{name}") for name in data["unsure"]["options"]]
    return []


def _meant(context: Context, number: int) -> str:
    """What was unclear is done now as it was meant; a request is an order already."""
    chosen = ambiguity.chosen(context, number)
    if chosen is not None:
        intent, words = chosen
        meant = replace(context.reader.read(words), intent=intent, rival=None)
        return _do(context.with_meaning(meant), intent)
    order = context.orders.focus()
    assert order is not None
    return context.say("unsure.kept", code=order.code) + requests.next_question(context, order)


def _chosen(context: Context, number: int) -> str:
    """The answer 1, 2 … to "which of these orders": the command goes on with that one."""
    which = context.session.data["which"]
    if not 1 <= number <= len(which["codes"]):
        raise NotUnderstood("which_number", number=len(which["codes"]))
    context.session.settle()
    return HANDLERS[which["command"]](context, which["codes"][number - 1], which["rest"])


CHOSEN: dict[str, Callable[[Context, int], str]] = {
    "choice": dispatch.choose_by_number, "which": _chosen, "meaning": _meant,
}  # fmt: skip
