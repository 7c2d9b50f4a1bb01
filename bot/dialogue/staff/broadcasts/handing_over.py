"""The last step of writing a broadcast: who is asked to approve it."""

from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts.draft import Draft, written
from bot.dialogue.staff.broadcasts.previewing import preview, when_sent
from bot.dialogue.staff.broadcasts.words import match
from bot.understanding.extract import moment
from bot.understanding.normalize import simplify


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
    reply = context.say(key, approver=name, number=number, people=draft["people"], send_at=when_sent(context, draft))
    draft.clear()
    return reply
