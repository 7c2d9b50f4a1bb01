"""The chat side of reminders: write one step by step, hand it to an approver, approve it, watch it."""

import re
from typing import Any

from bot.broadcasts.audience import parse
from bot.broadcasts.life import State
from bot.dialogue.context import Context
from bot.errors import NotUnderstood
from bot.understanding.normalize import simplify

MOST = 1000  # characters of a reminder
TITLE = 30  # characters of a first line that serves as title

Draft = dict[str, Any]


def start(context: Context, rest: str, draft: Draft) -> str:
    """提醒, alone or with the text behind it. An empty draft afterwards means that nothing is asked."""
    draft.clear()
    if rest.strip():
        return _take_text(context, rest, draft)
    draft["step"] = "text"
    return context.say("broadcast.ask_text")


def whole(context: Context, audience: str, text: str, draft: Draft) -> str:
    """Text and audience said in one message."""
    draft.clear()
    asked = _take_text(context, text, draft)
    return _take_audience(context, audience, draft) if draft["step"] == "audience" else asked


def answer(context: Context, text: str, draft: Draft) -> str:
    """The answer to the draft's present question; the draft is empty when it is finished."""
    steps = {"text": _take_text, "audience": _take_audience, "approver": _take_approver}
    return steps[draft["step"]](context, text, draft)


def _take_text(context: Context, text: str, draft: Draft) -> str:
    body = text.strip()
    if not body or len(body) > MOST:
        draft["step"] = "text"
        return (
            context.say("broadcast.too_long", most=MOST, length=len(body))
            if body
            else context.say("broadcast.ask_text")
        )
    draft.update(step="audience", body=body)
    return context.say("broadcast.ask_audience")


def _take_audience(context: Context, text: str, draft: Draft) -> str:
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    names = context.broadcasts.names_in(plain)
    try:
        audience = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, names)
    except NotUnderstood as refusal:
        return context.say(refusal.key, **refusal.facts)
    number = context.broadcasts.count_audience(audience)
    if not number and "names" in audience:  # 王强和赵敏; but 李和平 is one name
        audience |= {"names": [part for name in audience["names"] for part in re.split(words["and"], name) if part]}
        number = context.broadcasts.count_audience(audience)
    if not number:
        return context.say("broadcast.audience_empty", audience=text.strip())
    people = context.broadcasts.approvers()
    if not people:
        draft.clear()
        return context.say("broadcast.no_approvers")
    draft.update(step="approver", audience=audience, people=number)
    lines = [context.say("broadcast.approver_line", number=n, name=name) for n, (_, name) in enumerate(people, 1)]
    return context.say(
        "broadcast.preview", audience=text.strip(), number=number, body=draft["body"], approvers="\n".join(lines),
        unbound=_unbound(context, context.broadcasts.count_unbound(audience)),
    )  # fmt: skip


def is_audience(context: Context, text: str) -> bool:
    """Whether the text names people or groups of the roster and nothing else."""
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    known = context.broadcasts.names_in(plain)
    try:
        found = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, known)
    except NotUnderstood:
        return False
    return set(found.get("names", ())) <= set(known)


def _unbound(context: Context, number: object) -> str:
    """How many cannot be reached because they have bound no account; nothing where there are none."""
    return context.say("broadcast.unbound", number=number) if number else ""


def _take_approver(context: Context, text: str, draft: Draft) -> str:
    people = context.broadcasts.approvers()
    said = text.strip()
    if said.isdecimal() and 1 <= int(said) <= len(people):
        chosen = [people[int(said) - 1]]
    else:
        names = context.broadcasts.names_in(simplify(said).text)  # 请李主任审
        chosen = [person for person in people if person[1] == said or person[1] in names]
    if len(chosen) != 1:
        return context.say("broadcast.choose_approver", most=len(people))
    approver_id, name = chosen[0]
    number = context.broadcasts.create(*_title_and_body(context, draft["body"]), draft["audience"], approver_id)
    key = (
        "broadcast.handed_over_to_two"
        if context.broadcasts.approvals_needed(draft["audience"]) > 1
        else "broadcast.handed_over"
    )
    reply = context.say(key, approver=name, number=number, people=draft["people"])
    draft.clear()
    return reply


def _title_and_body(context: Context, text: str) -> tuple[str, str]:
    """A short first line is the title of what follows; a text without one gets the office's usual title."""
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= TITLE:
        return first.strip(), rest.strip()
    return context.say("broadcast.title"), text


def approve(context: Context, rest: str) -> str:
    """批准 N."""
    number, _ = _numbered(rest, "approve")
    context.broadcasts.approve(number)
    figures = context.broadcasts.figures(number)
    if figures["state"] == State.REVIEW:
        return context.say("broadcast.approved_first", number=number, people=figures["recipients"])
    unbound, later = _unbound(context, figures["unbound"]), figures["state"] == State.SCHEDULED
    key = "broadcast.approved_for_later" if later else "broadcast.approved"
    return context.say(key, number=number, people=figures["recipients"], unbound=unbound)


def reject(context: Context, rest: str) -> str:
    """不批准 N reason; the author reads the reason, so there must be one."""
    number, note = _numbered(rest, "reject")
    if not note:
        raise NotUnderstood("broadcast.why", number=number)
    context.broadcasts.reject(number, note)
    return context.say("broadcast.rejected", number=number)


def report(context: Context, rest: str) -> str:
    """查看提醒 N: sent, delivered, waiting, failed, acknowledged, and who cannot be reached."""
    number, _ = _numbered(rest, "report")
    figures = dict(context.broadcasts.figures(number))
    state = context.say(f"broadcast.state.{figures.pop('state')}")
    figures["unbound"] = _unbound(context, figures["unbound"])
    return context.say("broadcast.report", **{**figures, "number": number, "state": state})


def _numbered(rest: str, command: str) -> tuple[int, str]:
    """The number and the words after it."""
    found = re.match(r"\s*(\d{1,15})(?!\d)[\s,，:：、]*(.*)", rest, re.DOTALL)
    if found is None:
        raise NotUnderstood(f"broadcast.which_{command}")
    return int(found[1]), found[2].strip()
