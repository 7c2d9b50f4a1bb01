"""An invitation to help: yes accepts, no declines, a question about it is answered with what may be known before; another
time or a question that only the resident can answer is kept and passed on with a yes; what is none of these is asked again."""

from collections.abc import Sequence
from functools import partial

from bot.dialogue import appointment
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.choosing.said_apart import by_order, one_by_one
from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.interface.waits import Waits
from bot.dialogue.member import broadcasts, invitations
from bot.understanding.categories import UNKNOWN
from bot.understanding.topics import Topic

ABOUT_IT = frozenset({"when", "where", "what", "who", "contact"})


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are no answer to an invitation."""
    if broadcasts.asks_about_meeting(context):
        return None
    codes = [each.number for each in waits]
    apart = _each_apart(context, codes)
    if apart is not None:
        return apart
    meant, found = context.meant, context.reader.topic("invitation", context.meant)
    if found is not None and found.name == "later":
        return ask_again(context, waits)
    if found is not None and found.name == "asks":
        return invitations.before_accepting(context, codes)
    if _offers_other_time(context, found):
        return _keep(context, codes)
    said = _yes_or_no(context, found)
    if said == yes_or_no.NO and len(codes) > 1 and context.reader.matches("invitation", "all", meant):
        return one_by_one(context, (partial(invitations.decline, context, code, "") for code in codes))
    if said == yes_or_no.NO:
        return invitations.decline(context, codes[0] if len(codes) == 1 else None, "")
    if said == yes_or_no.YES and len(codes) > 1 and context.reader.matches("invitation", "all", meant):
        return one_by_one(context, (partial(invitations.accept, context, code, "") for code in codes))
    if said == yes_or_no.YES:
        return invitations.accept(context, codes[0] if len(codes) == 1 else None, "")
    topic = context.reader.topic("member", meant)
    return invitations.before_accepting(context, codes) if topic is not None and topic.name in ABOUT_IT else None


def _each_apart(context: Context, codes: Sequence[str]) -> str | None:
    """换灯泡可以，教手机不行: an answer to each; None where not each part that names an invitation is one."""
    of_each = by_order(context, [context.orders.by_code(code) for code in codes] if len(codes) > 1 else [])
    answers = [(said.order.code, _yes_or_no(said.context, said.topic("invitation"))) for said in of_each]
    if not answers or any(answer is None for _, answer in answers):
        return None
    do = {yes_or_no.YES: invitations.accept, yes_or_no.NO: invitations.decline}
    return one_by_one(context, (partial(do[answer], context, code, "") for code, answer in answers if answer))


def goes_on(context: Context, waits: Sequence[Waits]) -> str | None:
    """What is said while an invitation waits and nothing else has taken it: a question or a time is about the invitation;
    words that say nothing known are asked again. None for a matter of the speaker's own."""
    meant = context.meant
    codes = [each.number for each in waits]
    asks = context.reader.matches("invitation", "question", meant) or appointment.names_time(context)
    if meant.category != UNKNOWN and not asks:
        return None
    if context.reader.matches("invitation", "own", meant) or context.answers.find(meant) is not None:
        return ask_again(context, waits) if meant.category == UNKNOWN and not asks else None
    return _keep(context, codes) if asks else ask_again(context, waits)


def _offers_other_time(context: Context, found: Topic | None) -> bool:
    """周六有课，四点行吗: neither yes nor no. 我去，三点行吗 is a yes."""
    if found is not None and found.name == "surely":
        return False
    if context.reader.matches("invitation", "other_time", context.meant):
        return True
    if not appointment.names_time(context) or context.meant.place.said:
        return False
    asks = context.reader.matches("appointment", "asks", context.meant)
    told = appointment.moves(context) or appointment.suits(context) or appointment.is_all_about_time(context)
    return asks or told


def _keep(context: Context, codes: Sequence[str]) -> str:
    """The words go to the resident with the yes. Of several invitations the words must name one."""
    found = [context.orders.by_code(code) for code in codes]
    order = found[0] if len(found) == 1 else named_by_words(context, found)
    if order is None:
        return invitations.before_accepting(context, codes)
    return invitations.keep_words(context, order)


def ask_again(context: Context, waits: Sequence[Waits]) -> str:
    """Where nothing tells whether the words are an answer."""
    return invitations.ask_again(context, [each.number for each in waits])


def answered(context: Context) -> str | None:
    """What the words say to an invitation: "yes", "no", or None where they say neither."""
    found = context.reader.topic("invitation", context.meant)
    return None if _offers_other_time(context, found) else _yes_or_no(context, found)


def _yes_or_no(context: Context, found: Topic | None) -> str | None:
    if found is not None and found.name in ("denied", "surely"):  # 咋能没空呢; 我去, and nothing that speaks against it
        denies = found.name == "surely" and context.reader.matches("invitation", "no", context.meant)
        return yes_or_no.NO if denies else yes_or_no.YES
    if found is not None and found.name in (yes_or_no.YES, yes_or_no.NO) and not context.meant.place.said:
        return found.name
    return yes_or_no.read(context)
