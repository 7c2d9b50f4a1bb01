"""What waits for this person in the database: an answer goes to what was shown last and can take it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.dialogue import appointment, relay
from bot.dialogue.context import Context
from bot.dialogue.expectations import acknowledgement, approval, confirmation, invitation, relayed, staff_question
from bot.dialogue.expectations.asked import which_waits
from bot.dialogue.interface.waits import Waits
from bot.dialogue.member import broadcasts, helping
from bot.dialogue.resident import requests, same_matter
from bot.dialogue.session import ALARM
from bot.understanding.extract import clauses

A_FEW_WORDS = 40  # characters
UNCLEAR = frozenset({"request", "chitchat", "human", "append", "progress"})
KINDS: Mapping[str, Callable[[Context, Sequence[Waits]], str | None]] = {
    "invitation": invitation.answer,
    "confirmation": confirmation.answer,
    "question": staff_question.answer,
    "relay": relayed.answer,
    "reminder": acknowledgement.answer,
    "approval": approval.answer,
}


def answer(context: Context) -> str | None:
    """The reply to an answer; None where nothing waits or the words are no answer to any of it."""
    whole = same_matter.is_whole_request(context.meant) and not clauses.besides(context.meant.text)[1]
    if whole and not any(clauses.turns(context.meant.text)):
        return None
    items = context.waiting.items()
    if whole:  # 非常不错，但是金色春天3号楼的楼道灯也该修修了
        return confirmation.done_and_more(context, _by_kind(items).get("confirmation", []))
    which = _which(context, items)
    if which is not None:
        return which
    newest = {kind: max(each.at for each in of_kind) for kind, of_kind in _by_kind(items).items()}
    for kind in sorted(newest, key=newest.__getitem__, reverse=True):
        said = KINDS[kind](context, _by_kind(items)[kind])
        if said is not None:
            return said
    return None


def _which(context: Context, items: Sequence[Waits]) -> str | None:
    """The question which of an invitation and a meeting is answered; None where nothing has to be asked."""
    of_kind = _by_kind(items)
    if not {"invitation", "reminder"} <= of_kind.keys():
        return None
    return which_waits.ask(context, [each.number for each in of_kind["invitation"]])


def waits_for(context: Context, kind: str) -> bool:
    """Whether anything of this kind waits for the speaker."""
    return any(each.kind == kind for each in context.waiting.items())


def read_as_answer(context: Context) -> Context:
    """The context with a few words read as an answer, where something waits for one and they were taken for danger: as an
    answer they must be surer of it."""
    meant = context.meant
    if meant.urgency != "U0" or meant.command is not None or len(meant.text) > A_FEW_WORDS:
        return context
    about = context.reader.topic("resident", meant)
    nobody_came = about is not None and about.name == "no_show" and bool(context.orders.candidates("no_show"))
    outside = appointment.nobody_opens(context) and bool(context.orders.in_hand())
    to_other = bool(relay.words_for_other(context)) and bool(context.orders.candidates("relay"))
    away = broadcasts.cannot_come(context) or helping.cannot_go(context)
    if not (nobody_came or outside or to_other or away) and not context.waiting.items():
        return context
    calm = context.reader.as_answer(meant)
    if calm.urgency == "U0":
        return context
    context.outcome.answers = True
    return context.with_meaning(calm)


def plain(context: Context) -> str | None:
    """A yes or no to an invitation or a meeting, and a question about a meeting, whatever the bot has asked meanwhile about a matter of the speaker's own: it answers
    none of those questions."""
    asked = context.session.asked
    if not context.me.roles or asked not in (*requests.QUESTIONS, ALARM) or not _is_plain(context):
        return None
    since = context.session.asked_at if asked == ALARM else None
    waits = any(
        each.kind in ("invitation", "reminder") and (since is None or each.at > since)
        for each in context.waiting.items()
    )
    if asked == ALARM and not waits:
        return None
    return (answer(context) if waits else None) or broadcasts.talk(context)


def _is_plain(context: Context) -> bool:
    """Whether the words agree or decline, or ask about a meeting that they name; 不方便 may also be said of one's number."""
    meant = context.meant
    if meant.place.said or meant.phone is not None or context.reader.topic("skips", meant) is not None:
        return False
    topic = context.reader.topic("meeting", meant)
    says = topic is not None and topic.name in ("comes", "away")
    return says or invitation.answered(context) is not None or broadcasts.asks_about_meeting(context)


def about_invitation(context: Context) -> str | None:
    """What an invited person says that nothing else has taken: it is about the invitation, unless it names a place or goes
    on about an order of the speaker's own. None where no invitation waits."""
    meant = context.meant
    if not context.me.roles or meant.intent not in UNCLEAR or same_matter.names_house(meant) or meant.request_count > 1:
        return None
    invited = _by_kind(context.waiting.items()).get("invitation")
    if not invited or _speaks_of_own(context, invited[0].at):
        return None
    return invitation.goes_on(context, invited)


def _speaks_of_own(context: Context, since: datetime) -> bool:
    """Whether an order of the speaker's own was talked of since."""
    at = context.session.order_at
    order = context.orders.focus() if at is not None and at > since else None
    return order is not None and order.person_id == context.me.id and order.state != "closed"


def _by_kind(items: Sequence[Waits]) -> dict[str, list[Waits]]:
    """The items of each kind, the newest first."""
    in_order = sorted(items, key=lambda each: (each.kind, each.at), reverse=True)
    return {kind: list(of_kind) for kind, of_kind in groupby(in_order, key=lambda each: each.kind)}
