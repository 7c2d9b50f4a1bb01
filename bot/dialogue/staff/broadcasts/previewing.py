"""What a broadcast would be, before it is handed over: whom it reaches, by which way, and when."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.interface import broadcast
from bot.dialogue.staff.broadcasts.draft import Draft, written

NAMED = 5  # names for each reason
FIRST_REASON = "unbound"


def numbered(context: Context, names: Sequence[str]) -> str:
    """The names as a list to choose from."""
    return "\n".join(context.say("broadcast.line", number=n, name=name) for n, name in enumerate(names, 1))


def preview(context: Context, draft: Draft) -> str:
    """What would go out, to whom, whom it would not reach and why; and the question who approves it. Where nobody may, the
    draft is over."""
    people = context.broadcasts.approvers()
    if not people:
        draft.clear()
        return context.say("broadcast.no_approvers")
    new = written(context, draft)
    seen = context.broadcasts.preview(new)
    draft["people"], draft["needed"] = seen.people, seen.approvals_needed
    mass = "\n" + _mass(context, seen.mass) if seen.mass else ""
    sms = (
        "\n" + context.say("broadcast.preview_sms", text=seen.sms_text, items=seen.sms_items) if seen.sms_items else ""
    )
    return context.say(
        "broadcast.preview", kind=context.say(f"broadcast.kind.{new.kind}"), audience=draft["named"], number=seen.people,
        unreached=unreached(context, seen.not_reached), title=new.title, body=new.body + context.broadcasts.held(new.details), mass=mass, sms=sms,
        send_at=when_sent(context, draft), two=context.say("broadcast.two_wanted") if seen.approvals_needed > 1 else "",
        approvers=numbered(context, [name for _, name in people]),
    )  # fmt: skip


def _mass(context: Context, of: broadcast.MassSend) -> str:
    return context.say("broadcast.preview_mass", number=of.people, turn=of.turn, most=of.most)


def unreached(context: Context, missed: Sequence[broadcast.NotReached]) -> str:
    """A sentence for each reason; who has no account comes first."""
    in_order = sorted(missed, key=lambda each: each.reason != FIRST_REASON)
    return "".join(_reason(context, each) for each in in_order)


def _reason(context: Context, missed: broadcast.NotReached) -> str:
    names = "、".join(missed.names[:NAMED]) + (context.say("broadcast.and_more") if missed.number > NAMED else "")
    key = f"broadcast.unreached.{missed.reason}"
    return context.say(key, number=missed.number, names=context.say("broadcast.names", names=names) if names else "")


def when_sent(context: Context, draft: Draft) -> str:
    said = draft.get("send_at")
    if not said:
        return context.say("broadcast.at_once")
    return context.say("broadcast.at", at=context.broadcasts.local(datetime.fromisoformat(said)))
