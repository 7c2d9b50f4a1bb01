"""A broadcast while it is written in the chat: what is known of it already, and which question comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts import templates
from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.dialogue.context import Context
from bot.dialogue.interface.broadcast import TextTemplate

Draft = dict[str, Any]
"""As a session keeps it; empty where nothing is asked. `step`: what is asked now. `trail`: what was answered before."""
Take = Callable[[Context, str, Draft], str | None]
"""Takes an answer; what is wrong with it, or None where it was taken."""

SLOTS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "browse"), "text": ("title", "body"),
    "template": ("template", "values", "browse"), "blank": ("values",), "held": ("at", "until", "place"), "where": ("place",),
    "audience": ("audience", "named"), "send_at": ("send_at",), "approver": (),
}  # fmt: skip
"""The steps, and what each of them learns."""


@dataclass(frozen=True, slots=True)
class Said:
    """Title and text as they stand now."""

    title: str
    body: str


def template(context: Context, draft: Draft) -> TextTemplate | None:
    """The template that it is written from; None for free text."""
    key = draft.get("template")
    return next((each for each in context.broadcasts.templates(None) if each.key == key), None) if key else None


def blanks(context: Context, draft: Draft) -> list[tuple[str, str]]:
    """What is still to be filled in, each with a word of help."""
    chosen = template(context, draft)
    filled = draft.get("values", {})
    return [blank for blank in chosen.lacking if blank[0] not in filled] if chosen is not None else []


def said(context: Context, draft: Draft) -> Said:
    """What would be sent now."""
    chosen = template(context, draft)
    if chosen is None:
        return Said(draft.get("title", ""), draft.get("body", ""))
    values = draft.get("values", {})
    return Said(templates.filled(chosen.title, values), templates.filled(chosen.body, values))


def written(context: Context, draft: Draft) -> Written:
    """The broadcast of a draft that lacks nothing."""
    words, chosen = said(context, draft), template(context, draft)
    details = {name: draft[name] for name in ("at", "until", "place") if draft.get(name)}
    send_at = draft.get("send_at")
    return Written(
        draft["kind"], words.title, words.body, Audience.of(draft["audience"]),
        datetime.fromisoformat(send_at) if send_at else None, details if draft["kind"] == "meeting" else None,
        chosen.key if chosen is not None else None, chosen.version if chosen is not None else None,
    )  # fmt: skip


def next_step(context: Context, draft: Draft) -> str:
    """What is asked next: the first thing that is not known."""
    if "kind" not in draft and not draft.get("browse"):
        return "kind"
    if "body" not in draft and "template" not in draft:
        return "template" if draft.get("browse") else "text"
    if blanks(context, draft):
        return "blank"
    if draft["kind"] == "meeting" and not draft.get("at"):
        return "held"
    if draft["kind"] == "meeting" and not draft.get("place"):
        return "where"
    return "approver" if "audience" in draft else "audience"


def forget(draft: Draft, step: str) -> None:
    """What this step learned is asked again."""
    if step == "blank" and draft.get("values"):
        draft["values"] = dict(list(draft["values"].items())[:-1])
        return
    for name in SLOTS[step]:
        draft.pop(name, None)
    if step == "text":
        for name in SLOTS["template"]:
            draft.pop(name, None)


def step_back(draft: Draft) -> None:
    """To the question before this one; at the first one nothing changes."""
    trail = draft.get("trail", [])
    if trail:
        forget(draft, trail[-1])
        draft["trail"] = trail[:-1]
