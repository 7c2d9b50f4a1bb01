"""One message, one reply: danger first, then commands, then the pending question, then what was meant."""

from bot.errors import NotFound, NotUnderstood, Spoken
from bot.flows import FLOWS, questions, reminders, requests, staff
from bot.flows.desk import Desk, Part

# what natural words amount to
INTENTS = {
    "progress": "progress", "withdraw": "withdraw", "rate_good": "satisfied", "rate_bad": "dissatisfied",
    "human": "human", "help": "help", "privacy": "privacy", "ack": "ack", "accept": "accept", "decline": "decline",
    "finish": "finish",
}  # fmt: skip
SAYS_SOMETHING = 4  # letters, signs or digits
SMALL_TALK = ("thanks", "greeting", "chitchat", "spam")


def reply(desk: Desk, part: Part | None = None) -> str:
    """What to answer. Refusals are sentences too."""
    try:
        if part is not None and not part.heard:
            return requests.add_part(desk, part)
        said = _text(desk)
        said = desk.set_aside() + said
        if part is not None:
            requests.keep_recording(desk, part)
        return said
    except Spoken as refused:
        return desk.say(refused.key, **refused.facts)


def _text(desk: Desk) -> str:
    meant = desk.meant
    followed = questions.follow_up(desk)
    if followed is not None:
        return followed
    if meant.command is not None and meant.command.name in FLOWS:
        return FLOWS[meant.command.name](desk, meant.command.code, meant.command.rest)
    if meant.urgency == "U0":
        return requests.about_order_at_hand(desk) or requests.place(desk)
    locked = desk.locked_command()
    if locked is not None:
        return desk.say("bind.needed", words=locked)
    answered = _answer(desk)
    if answered is not None:
        return answered
    if meant.intent in INTENTS:
        try:
            return FLOWS[INTENTS[meant.intent]](desk, None, _reason(desk))
        except NotFound:
            if meant.intent == "ack":
                return _continued(desk) or desk.say("chat.ack")
            if meant.category == requests.UNKNOWN:
                raise
    if meant.intent in SMALL_TALK and not requests.in_danger(desk):
        continued = (questions.answer(desk) or _continued(desk)) if meant.intent == "chitchat" else None
        return continued or desk.say(f"chat.{meant.intent}")
    return requests.about_order_at_hand(desk) or questions.answer(desk) or requests.place(desk)


def _continued(desk: Desk) -> str | None:
    """Words that say nothing by themselves ("东头那家", a number) belong to the matter at hand, where there is one."""
    says_something = sum(sign.isalnum() for sign in desk.meant.text) >= SAYS_SOMETHING
    return requests.about_order_at_hand(desk) if says_something else None


def _reason(desk: Desk) -> str:
    """Natural words carry their own reason; 收到 and the like carry none."""
    return desk.meant.text if desk.meant.intent in ("withdraw", "rate_bad", "decline", "finish") else ""


def _answer(desk: Desk) -> str | None:
    """The answer to what the bot asked last; None where there was no question or this is none."""
    text = desk.meant.text.strip()
    if desk.session.asked == "choice" and text.isdigit():
        return staff.choose_by_number(desk, int(text))
    if desk.session.asked == "which" and text.isdigit():
        return _chosen(desk, int(text))
    return reminders.answer(desk) or requests.answer(desk)


def _chosen(desk: Desk, number: int) -> str:
    """The answer 1, 2 … to "which of these orders": the command goes on with that one."""
    which = desk.session.data["which"]
    if not 1 <= number <= len(which["codes"]):
        raise NotUnderstood("which_number", number=len(which["codes"]))
    desk.session.settle()
    return FLOWS[which["command"]](desk, which["codes"][number - 1], which["rest"])
