"""A broadcast written in the chat: step by step, or in one sentence; each step may be taken back or corrected."""

import re

from bot.broadcasts.life import KINDS, MEETING
from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts import audience, handing_over, steps
from bot.dialogue.staff.broadcasts.draft import Draft, forget, next_step, step_back
from bot.dialogue.staff.broadcasts.draft import said as text_of
from bot.dialogue.staff.broadcasts.words import match, raw
from bot.dialogue.staff.words import said

FREE = frozenset({"text", "blank", "where"})
"""Steps in which any words are the answer."""
CORRECTED = ("audience", "text", "where", "held", "kind")
"""Steps that staff correct by name (改一下人：…)."""
QUESTION = "broadcast"
"""The session's name for a question of a draft."""


def remind(context: Context, code: str | None, rest: str) -> str:
    """提醒, alone or with the text behind it."""
    draft: Draft = {}
    return _go_on(context, draft, start(context, rest, draft))


def natural(context: Context) -> str | None:
    """给全体党员发个提醒：…: a reminder written in one sentence."""
    found = said.in_raw(context, "broadcast") or _notify(context)
    if found is None:
        return None
    of_meeting = context.reader.matches("about_meeting", "named", context.reader.read(found["text"]))
    kind = context.broadcasts.kind_words().get(found.groupdict().get("kind", ""), MEETING if of_meeting else KINDS[0])
    draft: Draft = {}
    return _go_on(context, draft, whole(context, kind, found["audience"], found["text"], draft))


def _notify(context: Context) -> re.Match[str] | None:
    """通知王强和赵敏明天来开会: to people of the roster; who else is to be told something is no audience."""
    found = said.in_raw(context, "notify")
    return found if found is not None and audience.is_one(context, found["audience"]) else None


def answered(context: Context) -> str | None:
    """The answer to the draft's question; None where an older version of the service asked it."""
    draft = dict(context.session.question.get("draft", {}))
    if not draft:
        return None
    step, before = draft["step"], text_of(context, draft)
    reply = answer(context, context.meant.text, draft)
    is_text = step in {"kind", *FREE} or text_of(context, draft) != before
    return _go_on(context, draft, reply, taken=is_text or context.reader.tells_of_nobody(context.meant.text))


def claims(context: Context) -> bool:
    """Whether the words are about the draft that is being written, though they are a command elsewhere (改时间, 撤销, 退回)."""
    command = context.meant.command
    if context.session.asked != QUESTION or command is None or command.code is not None:
        return False
    names = ("stop", "back", *(f"change_{step}" for step in CORRECTED))
    return any(match(name, context, context.meant.text) is not None for name in names)


def _go_on(context: Context, draft: Draft, reply: str, *, taken: bool = True) -> str:
    """`taken`: the words are a text for many, which somebody else reads before it goes out: nobody's report."""
    context.outcome.taken = taken
    if draft:
        context.session.ask(QUESTION, context.now, draft=draft)
    else:
        context.session.settle()
    return reply


def start(context: Context, rest: str, draft: Draft) -> str:
    """The first question, or what follows from words behind 提醒. An empty draft afterwards means that nothing is asked."""
    draft.clear()
    draft["step"] = "kind"
    return answer(context, rest, draft) if rest.strip() else steps.ask("kind", context, draft)


def whole(context: Context, kind: str, to: str, text: str, draft: Draft) -> str:
    """Kind, text and audience said in one message. Of a meeting that does not say when and where it is, that is asked first."""
    draft.clear()
    draft.update(kind=kind, step="text")
    reply = answer(context, text, draft)
    if draft.get("step") == "audience":
        return answer(context, to, draft)
    if "body" in draft:
        steps.TAKE["audience"](context, to, draft)  # what is wrong with it is said once it is asked
    return reply


def answer(context: Context, text: str, draft: Draft) -> str:
    """The answer to the draft's present question; the draft is empty when it is finished."""
    if match("stop", context, text):
        draft.clear()
        return context.say("chat.cancelled")
    if match("back", context, text):
        step_back(draft)
        return _ask_next(context, draft)
    step = draft["step"]
    corrected = _reworded(context, text, draft) or _added(context, text, draft) or _corrected(context, text, draft)
    if corrected is not None:
        return corrected
    if step not in steps.TAKE:
        return handing_over.take(context, text, draft)
    wrong = steps.TAKE[step](context, text, draft)
    if wrong is not None:
        return wrong
    draft["trail"] = [*draft.get("trail", []), step]
    return _ask_next(context, draft)


def _ask_next(context: Context, draft: Draft) -> str:
    draft["step"] = next_step(context, draft)
    return steps.ask(draft["step"], context, draft)


def _reworded(context: Context, text: str, draft: Draft) -> str | None:
    """把“红包”改成“红包、购物卡”, of words that stand in the text; None for anything else."""
    found = match("change_words", context, text)
    old, new = (raw(found, name, text) for name in ("old", "new")) if found is not None else ("", "")
    if draft["step"] in FREE or not old or not new or old not in draft.get("body", ""):
        return None
    before = dict(draft)
    wrong = steps.TAKE["text"](context, draft["body"].replace(old, new), draft)
    if wrong is not None:
        return wrong
    draft["title"] = before["title"]
    return _ask_next(context, draft)


def _added(context: Context, text: str, draft: Draft) -> str | None:
    """还有，加一句，…: the words at the end of the text; None for anything else."""
    found = match("add_text", context, text) if draft["step"] not in FREE and draft.get("body") else None
    if found is None:
        return None
    title, held = draft["title"], {name: draft[name] for name in ("at", "until", "place") if name in draft}
    body = f"{draft['body'].rstrip('。.；; ')}。{raw(found, 'words', text)}"
    wrong = steps.TAKE["text"](context, body, draft)
    draft.update(title=title, **held)
    return wrong or _ask_next(context, draft)


def _corrected(context: Context, text: str, draft: Draft) -> str | None:
    """改一下人：…, 内容改成…, 改时间: that step again, with the words behind it. None where the words correct nothing; where any
    words are the answer, those that name a step and say nothing else do."""
    for name in CORRECTED:
        found = match(f"change_{name}", context, text)
        if found is None or ("kind" not in draft and name != "kind"):
            continue
        words, step = raw(found, "words", text), _meant(name, draft)
        if draft["step"] in FREE and words:
            continue
        return _once_more(context, words, step, draft)
    return None


def _meant(step: str, draft: Draft) -> str:
    """改时间 of what is no meeting is about when it goes out."""
    return "send_at" if step == "held" and draft["kind"] != MEETING else step


def _once_more(context: Context, words: str, step: str, draft: Draft) -> str:
    """Ask this step again, or take the words that came with it; what was wrong with them leaves the draft as it was."""
    before = dict(draft)
    forget(draft, step)
    if step == "held" and before.get("place"):
        draft["place"] = before["place"]  # another time, in the same place unless another one is named
    if not words:
        draft["step"] = step
        return steps.ask(step, context, draft)
    wrong = steps.TAKE[step](context, words, draft)
    if wrong is None:
        steps.put_right(context, step, before, words, draft)
        return _ask_next(context, draft)
    draft.clear()
    draft.update(before)
    return wrong
