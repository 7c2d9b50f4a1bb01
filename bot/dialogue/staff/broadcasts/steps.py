"""The questions while a broadcast is written in the chat: how each is asked, and how its answer is taken."""

from collections.abc import Callable, Mapping

from bot.broadcasts.life import KINDS
from bot.broadcasts.templates import places
from bot.broadcasts.written import LONGEST
from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.interface.broadcast import TextTemplate
from bot.dialogue.staff.broadcasts import audience, previewing
from bot.dialogue.staff.broadcasts.draft import Draft, Take, blanks
from bot.dialogue.staff.broadcasts.words import match, raw
from bot.errors import NotFound, NotUnderstood
from bot.understanding.extract import moment
from bot.understanding.normalize import fold

MOST = LONGEST["body"]  # characters of a text
TITLE = 30  # characters of a first line that serves as title
VALUE = 60  # characters of what is filled in, and of a place


def _take_kind(context: Context, text: str, draft: Draft) -> str | None:
    kinds = context.broadcasts.kind_words()
    number = choices.number(text)
    named = kinds.get(fold(text)) or (KINDS[number - 1] if number is not None and 1 <= number <= len(KINDS) else None)
    if named is not None:
        draft["kind"] = named
        return None
    if match("browse", context, text):
        draft["browse"] = True
        return None
    draft["kind"] = KINDS[0]
    wrong = _take_text(context, text, draft)
    if wrong is not None:
        del draft["kind"]
    return wrong


def _take_text(context: Context, text: str, draft: Draft) -> str | None:
    body = text.strip()
    if match("only_send", context, body):
        return ask("text", context, draft)
    if match("browse", context, body):
        draft["browse"] = True
        return None
    if not body or len(body) > MOST:
        return context.say("broadcast.too_long", most=MOST, length=len(body)) if body else ask("text", context, draft)
    if unfilled := places(body):
        return context.say("broadcast.fault.places", names="、".join(unfilled))
    first, _, rest = body.partition("\n")
    has_title = bool(rest.strip()) and len(first) <= TITLE
    title = first.strip() if has_title else context.say(f"broadcast.title.{draft['kind']}")
    draft.update(title=title, body=rest.strip() if has_title else body)
    if draft["kind"] == "meeting":
        _find_held(context, body, draft)
    return None


def _find_held(context: Context, text: str, draft: Draft) -> None:
    """明天下午三点在三楼会议室开会: time and place that stand in the text itself, where both do."""
    found, where = moment.find(text, context.broadcasts.local(context.now)), match("held_at", context, text)
    if found is not None and where is not None and found.at > context.now:
        _keep_held(draft, found, where["place"])


def _keep_held(draft: Draft, found: moment.Moment, place: str) -> None:
    draft["at"] = found.at.isoformat()
    draft["until"] = found.until.isoformat() if found.until is not None else ""
    if place:
        draft["place"] = place[:VALUE]


def put_right(context: Context, step: str, before: Draft, words: str, draft: Draft) -> None:
    """Where the text itself says the place or begins with the time that was corrected, it says the new one."""
    body = draft.get("body", "")
    if step == "where" and before.get("place"):
        draft["body"] = body.replace(before["place"], draft["place"])
    elif step == "held" and body:
        found = moment.find(body, context.broadcasts.local(context.now))
        if found is not None and found.rest and body.endswith(found.rest):
            draft["body"] = words.strip() + found.rest


def offered(context: Context, draft: Draft) -> list[TextTemplate]:
    return list(context.broadcasts.templates(draft.get("kind")))


def _take_template(context: Context, text: str, draft: Draft) -> str | None:
    known = offered(context, draft)
    number = choices.picked(text, [each.name for each in known])
    if number is None or not 1 <= number <= len(known):
        return context.say("broadcast.choose_template", most=len(known))
    chosen = known[number - 1]
    draft.update(kind=chosen.kind, template=chosen.key, values={})
    return None


def _take_blank(context: Context, text: str, draft: Draft) -> str | None:
    value = text.strip()
    if not value or len(value) > VALUE:
        return context.say("broadcast.blank_too_long", most=VALUE, length=len(value))
    name, _ = blanks(context, draft)[0]
    draft["values"] = {**draft["values"], name: value}
    return None


def _take_held(context: Context, text: str, draft: Draft) -> str | None:
    found = moment.find(text, context.broadcasts.local(context.now))
    if found is None:
        return context.say("broadcast.held_unclear")
    if found.at <= context.now:
        return context.say("broadcast.held_past", at=found.at)
    place = match("held_rest", context, found.rest)
    _keep_held(draft, found, place["place"].strip() if place is not None else "")
    return None


def _take_where(context: Context, text: str, draft: Draft) -> str | None:
    place = text.strip()
    if not place or len(place) > VALUE:
        return context.say("broadcast.blank_too_long", most=VALUE, length=len(place))
    draft["place"] = place
    return None


def _take_audience(context: Context, text: str, draft: Draft) -> str | None:
    try:
        found, number = audience.read(context, text, draft["kind"])
    except (NotUnderstood, NotFound) as refusal:
        return context.say(refusal.key, **refusal.facts)
    if not number:
        return context.say("broadcast.audience_empty", audience=text.strip())
    said = match("named", context, text)
    draft.update(audience=found, named=raw(said, "words", text) if said is not None else text.strip())
    return None


def _take_send_at(context: Context, text: str, draft: Draft) -> str | None:
    """Asked only where staff wish another time; else it goes out once it is approved."""
    found = moment.find(text, context.broadcasts.local(context.now))
    if found is None:
        return None if match("at_once", context, text) else context.say("broadcast.send_at_unclear")
    if found.at <= context.now:
        return context.say("broadcast.send_past", at=found.at)
    draft["send_at"] = found.at.isoformat()
    return None


TAKE: Mapping[str, Take] = {
    "kind": _take_kind, "text": _take_text, "template": _take_template, "blank": _take_blank, "held": _take_held,
    "where": _take_where, "audience": _take_audience, "send_at": _take_send_at,
}  # fmt: skip
"""What the last step, approver, does stands in `handing_over`."""


def ask(step: str, context: Context, draft: Draft) -> str:
    """The question of this step."""
    return ASK[step](context, draft)


def _ask_template(context: Context, draft: Draft) -> str:
    names = [each.name for each in offered(context, draft)]
    return context.say("broadcast.ask_template", templates=previewing.numbered(context, names))


def _ask_text(context: Context, draft: Draft) -> str:
    return context.say(f"broadcast.ask_text.{draft['kind']}")


def _ask_blank(context: Context, draft: Draft) -> str:
    name, hint = blanks(context, draft)[0]
    return context.say("broadcast.ask_blank", name=name, hint=hint, left=len(blanks(context, draft)))


ASK: Mapping[str, Callable[[Context, Draft], str]] = {
    "kind": lambda context, _: context.say("broadcast.ask_kind"),
    "text": _ask_text,
    "template": _ask_template,
    "blank": _ask_blank,
    "held": lambda context, _: context.say("broadcast.ask_held"),
    "where": lambda context, _: context.say("broadcast.ask_where"),
    "audience": lambda context, _: context.say("broadcast.ask_audience"),
    "send_at": lambda context, _: context.say("broadcast.ask_send_at"),
    "approver": previewing.preview,
}
