"""The last step of writing a broadcast: a preview, when it goes out, and who is asked to approve it."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.interface import broadcast
from bot.dialogue.staff.broadcasts.draft import Draft, written
from bot.dialogue.staff.broadcasts.words import match
from bot.understanding.extract import moment
from bot.understanding.normalize import simplify

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
        send_at=_send_at(context, draft), two=context.say("broadcast.two_wanted") if seen.approvals_needed > 1 else "",
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


def _send_at(context: Context, draft: Draft) -> str:
    said = draft.get("send_at")
    if not said:
        return context.say("broadcast.at_once")
    return context.say("broadcast.at", at=context.broadcasts.local(datetime.fromisoformat(said)))


def take(context: Context, text: str, draft: Draft) -> str:
    """A time, an approver, or both; the draft is empty when it was handed over."""
    found = moment.find(text, context.broadcasts.local(context.now))
    if found is not None and found.at <= context.now:
        return context.say("broadcast.send_past", at=found.at)
    now = match("at_once", context, text)
    if found is not None:
        draft["send_at"] = found.at.isoformat()
    elif now is not None:
        draft.pop("send_at", None)
    approver = _approver(context, text if found is None else found.rest)
    if approver is not None:
        return _hand_over(context, draft, *approver)
    if found is not None or now is not None:
        return preview(context, draft)
    return context.say("broadcast.choose_approver", most=len(context.broadcasts.approvers()))


def _approver(context: Context, text: str) -> tuple[int, str] | None:
    """Who is named by number or name; None where it is nobody, or several."""
    people = context.broadcasts.approvers()
    number = choices.picked(text, [name for _, name in people])
    if number is not None:
        return people[number - 1] if 1 <= number <= len(people) else None
    names = context.broadcasts.names_in(simplify(text).text)  # 请李主任审
    chosen = [person for person in people if person[1] == text.strip() or person[1] in names]
    return chosen[0] if len(chosen) == 1 else None


def _hand_over(context: Context, draft: Draft, approver_id: int, name: str) -> str:
    number = context.broadcasts.create(written(context, draft), approver_id)
    key = "broadcast.handed_over_to_two" if draft["needed"] > 1 else "broadcast.handed_over"
    reply = context.say(key, approver=name, number=number, people=draft["people"], send_at=_send_at(context, draft))
    draft.clear()
    return reply
