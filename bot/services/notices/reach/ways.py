"""What a channel is before anything is sent: whether it reaches a notice's person now, and how much it says there.

Sending and the preview of a broadcast ask the same functions, so no preview promises what sending would not do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from bot.services.notices.reach import fields
from bot.services.notices.words.letter import Letter
from config.settings import Settings, Template
from config.sms_settings import SmsTemplate


class Share(IntEnum):
    """How much of a notice's body a channel brings."""

    NOTHING = 0
    PART = 1
    WHOLE = 2


@dataclass(frozen=True, slots=True)
class Ways:
    """What the office can reach people with. `order`: in which the channels are tried, as it is now; one that is not in it
    is switched off."""

    order: Callable[[], Sequence[str]]
    templates: Mapping[str, Template] = field(default_factory=dict)
    sms_templates: Mapping[str, SmsTemplate] = field(default_factory=dict)  # empty: short messages are off
    robots: Mapping[str, str] = field(default_factory=dict)  # of WeCom groups, by branch


@dataclass(frozen=True, slots=True)
class Reach:
    """`fits`: whether the letter can go this way now. `says`: how much of its body the person reads there."""

    fits: Callable[[Ways, Letter, datetime], bool]
    says: Callable[[Ways, Letter], Share]
    needs_window: bool = False  # works only after the person spoke, so also for one who refuses everything else
    needs_account: bool = True  # reaches only who is known on the platform
    is_scarce: bool = False  # only where nothing else brings any of the words


def ways_of(settings: Settings, order: Callable[[], Sequence[str]]) -> Ways:
    """Those of this installation."""
    sms = settings.sms_templates if settings.sms_provider else {}
    return Ways(order, settings.wechat_templates, sms, settings.wecom_robots)


def template_for(ways: Ways, letter: Letter, kind: Literal["template", "subscribe"]) -> Template | None:
    """The letter's template, if it is of this kind and carries at least one fact of the notice.

    `*` is only for notices that have no template of their own.
    """
    found = ways.templates.get(letter.kind) or ways.templates.get("*")
    return found if found is not None and found.kind == kind and fields.carried(found, letter) else None


def template_share(ways: Ways, letter: Letter, kind: Literal["template", "subscribe"]) -> Share:
    """How much of the body stands in a field of the letter's template of this kind."""
    template = template_for(ways, letter, kind)
    if template is None or "body" not in fields.carried(template, letter):
        return Share.NOTHING
    if letter.is_digest:
        return Share.PART  # the card names them
    return Share.WHOLE if fields.holds_body(template, letter) else Share.PART
