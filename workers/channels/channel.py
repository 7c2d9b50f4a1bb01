"""What the channels send with, what they answer, and the page that a card links to. Whom they reach: `bot.services.notices.reach`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.broadcasts.life import CORRECTION
from bot.orders.lifecycle import Told
from bot.orders.restricted import is_restricted_lane
from bot.services.notices.reach.ways import Ways
from bot.services.notices.words.letter import Letter
from workers.sending.groups import Groups
from workers.sending.mass import Mass
from workers.sms.account import Account
from workers.wechat.platform import Platform

HAVE_PAGES = frozenset({Told.RESIDENT, Told.HANDLER, Told.INVITEE, Told.MEMBERS})
"""By the end of an event: who finds the notice's order on a page of ours."""


@dataclass(frozen=True, slots=True)
class Means:
    """What channels send with."""

    platform: Platform
    ways: Ways
    nothing: str  # stands where a template's field would be empty
    more: str = ""  # ends a customer-service message whose rest the next reply tells
    sms: Account | None = None  # None: the channel is off
    groups: Groups | None = None  # None: no robot is known
    mass: Mass | None = None
    pages: str = ""  # the address of the pages inside WeChat, with a slash; empty: notices link nowhere


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform said when it took a letter."""

    message_id: str | None = None
    spent: Literal["chat", "click"] | None = None  # the window of which messages were used
    messages: int = 1  # how many
    whole: bool = True  # whether all the words went; else the next reply tells them
    points: bool = False  # it only said where to read: the next reply tells the words, whatever they are


Send = Callable[[Means, Letter, datetime], Sent]
"""Sends a letter that the channel reaches. Raises ChannelError."""


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
