"""What staff and leaders say never becomes an order of their own: unclear words are answered with one question."""

from bot.dialogue.context import Context
from bot.dialogue.staff import pending
from bot.dialogue.staff.words import said
from bot.orders.restricted import is_restricted, must_be_set_aside

TALK = frozenset({"request", "progress", "append", "withdraw", "rate_bad", "rate_good", "human", "chitchat"})
"""Intents that words about work are read as."""
OF_WORK = frozenset({"chitchat", "ack", "help", "privacy"})
"""Intents that are believed where they are told clearly and no words of the office's work stand there."""
OWN = frozenset({"progress", "withdraw", "rate_bad", "rate_good"})
"""Intents of words about an order of one's own, where there is one."""
SURE = 0.9  # confidence from which a report is one without any of the words for it


def natural(context: Context) -> str | None:
    """None for small talk, for what must go into the sealed box, and for words about a matter of the speaker's own. Words
    that are read as a complaint or a petition are asked about too: staff speak of such matters every day."""
    meant, of_work = context.meant, any(said.found(context, name) is not None for name in ("work", "office"))
    of_work |= meant.intent == "ack" and said.found(context, "asks") is not None  # 谁没去办
    if meant.intent not in TALK | OF_WORK or _must_be_sealed(context) or said.found(context, "own") is not None:
        return None
    if meant.intent in OF_WORK and not of_work and context.reader.recognised(meant):
        return None
    if _of_own_order(context, of_work=of_work):
        return None
    if meant.intent == "request" and meant.lane == "question" and context.answers.find(meant) is not None:
        return context.say("work_talk.answer", **_answer(context))
    context.outcome.taken = True
    return pending.ask(context)


def _of_own_order(context: Context, *, of_work: bool) -> bool:
    """Whether the words may go on about an order of the speaker's own. What asks for something new never does."""
    order = context.orders.focus()
    if order is not None and (is_restricted(order) or order.urgency == "U0"):
        return not of_work
    if context.meant.intent == "request" and context.reader.correction(context.meant) is None:
        return False
    return not of_work and (order is not None or (context.meant.intent in OWN and bool(context.orders.mine())))


def _must_be_sealed(context: Context) -> bool:
    """Whether it is a report, a danger, violence, self-harm or a child, and surely: words that staff use in their work
    ("领导要数据") are read as reports now and then."""
    of_text = said.found(context, "edits") is not None
    of_work = of_text or said.found(context, "asks") is not None
    if of_work and context.reader.tells_of_nobody(context.meant.text, of_text=of_text):
        return False
    own = context.reader.matter_of_its_own(context.meant)
    read = [each for each in (context.meant, own) if each is not None and must_be_set_aside(each)]
    return any(each.danger is not None or each.confidence >= SURE for each in read) or (
        bool(read) and said.found(context, "sealed") is not None
    )


def _answer(context: Context) -> dict[str, str]:
    entry = context.answers.find(context.meant)
    assert entry is not None
    return {"answer": entry.answer, "source": entry.source}
