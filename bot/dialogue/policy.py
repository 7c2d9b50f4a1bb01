"""One message, one reply: danger first, then commands, then the pending question, then what was meant."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import ambiguity, choices, not_understood
from bot.dialogue.context import Desk, Part
from bot.dialogue.handlers import FLOWS
from bot.dialogue.resident import questions, repeated, requests, several
from bot.dialogue.staff import dispatch, reminders
from bot.errors import NotFound, NotUnderstood, Spoken

# what natural words amount to
INTENTS = {
    "progress": "progress", "withdraw": "withdraw", "rate_good": "satisfied", "rate_bad": "dissatisfied",
    "human": "human", "help": "help", "privacy": "privacy", "ack": "ack", "accept": "accept", "decline": "decline",
    "finish": "finish",
}  # fmt: skip
SAYS_SOMETHING = 4  # letters, signs or digits
SAYS_WHY = frozenset({"withdraw", "rate_bad", "decline", "finish", "append"})
SMALL_TALK = ("thanks", "greeting", "chitchat", "spam")


def reply(desk: Desk, part: Part | None = None) -> str:
    """What to answer. Refusals are sentences too."""
    try:
        if part is not None and not part.heard:
            said = requests.add_part(desk, part)
        else:
            said = _text(desk)
            said = desk.set_aside() + said
            if part is not None:
                requests.keep_recording(desk, part)
    except NotUnderstood as refused:
        return not_understood.turn(desk, refused)
    except Spoken as refused:
        return desk.say(refused.key, **refused.facts)
    not_understood.found(desk)
    return said


def _text(desk: Desk) -> str:
    meant = desk.meant
    followed = questions.follow_up(desk)
    if followed is not None:
        return followed
    if meant.command is not None and meant.command.name in FLOWS:
        return FLOWS[meant.command.name](desk, meant.command.code, meant.command.rest)
    if meant.urgency == "U0":
        return requests.about_order_at_hand(desk) or several.with_danger(desk)
    locked = desk.locked_command()
    if locked is not None:
        return desk.say("bind.needed", words=locked)
    answered = _answer(desk)
    if answered is not None:
        return answered
    unclear = ambiguity.ask(desk)
    if unclear is not None:
        return unclear
    meant = desk.meant
    if meant.intent in INTENTS:
        try:
            return _do(desk, meant.intent)
        except NotFound:
            if meant.intent == "ack":
                return _continued(desk) or desk.say("chat.ack")
            if meant.intent == "rate_good":  # there is nothing to confirm: a friendly word
                return desk.say("chat.thanks")
            if meant.category == requests.UNKNOWN and meant.intent != "rate_bad":
                raise
    if meant.intent in SMALL_TALK and not requests.in_danger(desk):
        return _small_talk(desk)
    return _request(desk)


def _small_talk(desk: Desk) -> str:
    """A friendly word; what nothing speaks for is no small talk but was not understood."""
    if desk.meant.intent != "chitchat":
        return desk.say(f"chat.{desk.meant.intent}")
    continued = questions.answer(desk) or _continued(desk)
    if continued is None and not desk.recognised():
        raise NotUnderstood("lost.say_again")
    return continued or desk.say("chat.chitchat")


def _request(desk: Desk) -> str:
    """Something asked for: several things, more about the matter at hand, one told before, a question, or a new order."""
    return (
        several.place(desk)
        or requests.about_order_at_hand(desk)
        or repeated.known(desk)
        or questions.answer(desk)
        or requests.place(desk)
    )


def _continued(desk: Desk) -> str | None:
    """Words that say nothing by themselves ("东头那家", a number) belong to the matter at hand, where there is one."""
    says_something = sum(sign.isalnum() for sign in desk.meant.text) >= SAYS_SOMETHING
    return requests.about_order_at_hand(desk) if says_something else None


def _do(desk: Desk, intent: str) -> str:
    return FLOWS[INTENTS.get(intent, intent)](desk, None, _reason(desk))


def _reason(desk: Desk) -> str:
    """Natural words carry their own reason; 收到 and the like carry none."""
    return desk.meant.text if desk.meant.intent in SAYS_WHY else ""


def _answer(desk: Desk) -> str | None:
    """The answer to what the bot asked last; None where there was no question or this is none."""
    number = choices.picked(desk.meant.text, _options(desk))
    if number is not None and desk.session.asked in CHOSEN:
        return CHOSEN[desk.session.asked](desk, number)
    return reminders.answer(desk) or requests.answer(desk)


def _options(desk: Desk) -> list[str]:
    """The words of the numbered options that the bot showed last."""
    asked, data = desk.session.asked, desk.session.data
    if asked == "choice":
        return [name for _, name, *_ in data["choice"]["people"]]
    if asked == "which":
        return list(data["which"]["codes"])
    if asked == "meaning":
        return [desk.say(f"unsure.{name}") for name in data["unsure"]["options"]]
    return []


def _meant(desk: Desk, number: int) -> str:
    """What was unclear is done now as it was meant; a request is an order already."""
    chosen = ambiguity.chosen(desk, number)
    if chosen is not None:
        intent, words = chosen
        desk.meant = replace(desk.read(words), intent=intent, rival=None)
        return _do(desk, intent)
    order = desk.focus()
    assert order is not None
    return desk.say("unsure.kept", code=order.code) + requests.next_question(desk, order)


def _chosen(desk: Desk, number: int) -> str:
    """The answer 1, 2 … to "which of these orders": the command goes on with that one."""
    which = desk.session.data["which"]
    if not 1 <= number <= len(which["codes"]):
        raise NotUnderstood("which_number", number=len(which["codes"]))
    desk.session.settle()
    return FLOWS[which["command"]](desk, which["codes"][number - 1], which["rest"])


CHOSEN: dict[str, Callable[[Desk, int], str]] = {
    "choice": dispatch.choose_by_number, "which": _chosen, "meaning": _meant,
}  # fmt: skip
