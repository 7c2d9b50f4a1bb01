"""What every channel is: whether it could take a letter, and how it sends one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal

from bot.broadcasts.life import CORRECTION
from bot.orders.lifecycle import Told
from bot.orders.restricted import is_restricted_lane
from bot.services.notices.outbox import Letter, rules
from config.settings import Template
from workers.channels import fields
from workers.groups import Groups
from workers.platform import Platform
from workers.sms.account import Account

HAVE_PAGES = frozenset({Told.RESIDENT, Told.HANDLER, Told.INVITEE, Told.MEMBERS})
"""By the end of an event: who finds the notice's order on a page of ours."""


@dataclass(frozen=True, slots=True)
class Means:
    """What channels send with."""

    platform: Platform
    templates: Mapping[str, Template]
    nothing: str  # stands where a template's field would be empty
    more: str = ""  # ends a customer-service message whose rest the next reply tells
    sms: Account | None = None  # None: the channel is off
    groups: Groups | None = None  # None: no robot is known
    pages: str = ""  # the address of the pages inside WeChat, with a slash; empty: notices link nowhere
    order: Callable[[], Sequence[str]] = lambda: rules()["order"]  # in which the channels are tried, as it is now


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform said when it took a letter."""

    message_id: str | None = None
    spent: Literal["chat", "click"] | None = None  # the window of which messages were used
    messages: int = 1  # how many
    whole: bool = True  # whether all the words went; else the next reply tells them
    points: bool = False  # it only said where to read: the next reply tells the words, whatever they are


class Share(IntEnum):
    """How much of a notice's body a channel brings."""

    NOTHING = 0
    PART = 1
    WHOLE = 2


@dataclass(frozen=True, slots=True)
class Channel:
    """`fits`: whether the letter can go this way now. `says`: how much of its body the person reads there.
    `send` raises ChannelError."""

    fits: Callable[[Means, Letter, datetime], bool]
    says: Callable[[Means, Letter], Share]
    send: Callable[[Means, Letter, datetime], Sent]
    needs_window: bool  # works only after the person spoke, so also for one who refuses everything else
    needs_account: bool = True  # reaches only who is known on the platform


def page_of(means: Means, letter: Letter) -> str | None:
    """The page that shows the notice's broadcast, or its order, to whoever gets the notice: of an order its resident, and who
    helps or may. None where there is none for that person, and for restricted matters."""
    row = letter.row
    if means.pages and letter.is_digest:
        return f"{means.pages}broadcasts"
    if means.pages and row.broadcast_id is not None:  # a correction stands on no page
        return f"{means.pages}broadcasts/{row.broadcast_id}" if row.round < CORRECTION else None
    if not means.pages or row.order_code is None or is_restricted_lane(row.order_lane):
        return None
    return f"{means.pages}orders/{row.order_code}" if row.event.rsplit("_", 1)[-1] in HAVE_PAGES else None


def template_for(means: Means, letter: Letter, kind: Literal["template", "subscribe"]) -> Template | None:
    """The letter's template, if it is of this kind and carries at least one fact of the notice.

    `*` is only for notices that have no template of their own.
    """
    found = means.templates.get(letter.kind) or means.templates.get("*")
    return found if found is not None and found.kind == kind and fields.carried(found, letter) else None


def template_share(means: Means, letter: Letter, kind: Literal["template", "subscribe"]) -> Share:
    """How much of the body stands in a field of the letter's template of this kind."""
    template = template_for(means, letter, kind)
    if template is None or "body" not in fields.carried(template, letter):
        return Share.NOTHING
    if letter.is_digest:
        return Share.PART  # the card names them
    whole = any(fields.holds(field, letter.facts["body"]) for field, fact in template.fields.items() if fact == "body")
    return Share.WHOLE if whole else Share.PART
