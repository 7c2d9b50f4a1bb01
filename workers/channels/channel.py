"""What every channel is: whether it could take a letter, and how it sends one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.services.notices.outbox import Letter
from config.settings import Template
from workers.channels import fields
from workers.platform import Platform


@dataclass(frozen=True, slots=True)
class Means:
    """What channels send with."""

    platform: Platform
    templates: Mapping[str, Template]
    nothing: str  # stands where a template's field would be empty


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform said when it took a letter."""

    message_id: str | None = None
    spent: Literal["chat", "click"] | None = None  # the window one message of which was used


@dataclass(frozen=True, slots=True)
class Channel:
    """`fits`: whether the letter can go this way now. `says_body`: whether its body is part of what the person reads.
    `send` raises ChannelError."""

    fits: Callable[[Means, Letter, datetime], bool]
    says_body: Callable[[Means, Letter], bool]
    send: Callable[[Means, Letter, datetime], Sent]
    needs_window: bool  # works only after the person spoke, so also for one who refuses everything else


def template_for(means: Means, letter: Letter, kind: Literal["template", "subscribe"]) -> Template | None:
    """The letter's template, if it is of this kind and carries at least one fact of the notice.

    `*` is only for notices that have no template of their own.
    """
    found = means.templates.get(letter.kind) or means.templates.get("*")
    return found if found is not None and found.kind == kind and fields.carried(found, letter) else None


def template_says_body(means: Means, letter: Letter, kind: Literal["template", "subscribe"]) -> bool:
    """Whether the letter's template of this kind has a field that carries the body."""
    template = template_for(means, letter, kind)
    return template is not None and "body" in fields.carried(template, letter)
