"""Before a broadcast is approved: how many it would reach by which way, who cannot be reached and why, and what SMS would cost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import APPROVERS
from bot.broadcasts.written import Written
from bot.dialogue.broadcast import NotReached, Preview
from bot.errors import NotFound
from bot.orders.rights import STAFF, Rights
from bot.services.broadcasts import admitting
from bot.services.office import Office
from bot.store.broadcasts import audience
from bot.store.database import Tx
from config.settings import Settings

WECHAT, CARD, SMS = "wechat", "card", "sms"
"""Ways: words in an open conversation; a template; a short message."""
UNBOUND, LEFT, UNREACHABLE, NO_CARD, MUTED = "unbound", "left", "unreachable", "no_card", "muted"
"""Why somebody is not reached: no account; does not follow; refuses; no template, and no conversation; does not want it."""
NAMED = 20  # names for each reason


class Short(Protocol):
    """A short message as the provider sends it."""

    @property
    def text(self) -> str: ...
    @property
    def items(self) -> int: ...


def count_audience(tx: Tx, meant: Audience, kind: str = "reminder") -> int:
    """How many persons fit every condition of the audience."""
    return audience.count(tx, meant, kind)


def count_unbound(tx: Tx, meant: Audience, kind: str = "reminder") -> int:
    """How many of them cannot be reached, because they have not bound their account."""
    return audience.count(tx, meant, kind, unbound=True)


def read_roles(office: Office, words: Sequence[str]) -> list[str]:
    """The roles meant by these words, Chinese or English. NotFound for a word that is no role."""
    known: dict[str, str] = office.texts.sentences["broadcast"]["roles"]
    for word in words:
        if word not in known and word not in known.values():
            raise NotFound("broadcast.no_such_role", word=word, roles="、".join(known))
    return [known.get(word, word) for word in words]


def preview(office: Office, new: Written, now: datetime, *, short: Short | None = None) -> Preview:
    """Of a text and audience as they are now. `short`: the short message that it would be; None where SMS is off."""
    with office.db.reading() as tx:
        return preview_within(office, tx, new, now, short=short)


def named_to(rights: Rights) -> frozenset[str] | None:
    """The communities whose people are named to this author; None: all."""
    return None if rights.holds(*APPROVERS) else rights.communities(STAFF)


def preview_within(
    office: Office, tx: Tx, new: Written, now: datetime, *, short: Short | None = None, within: frozenset[str] | None = None
) -> Preview:  # fmt: skip
    """`preview` inside a transaction that is open already. `within`: the communities whose people are named to its author;
    None: all. Whom the author names are named too."""
    ways: dict[str, int] = {}
    not_reached: dict[str, int] = {}
    has_card = _has_card(office.settings, new.kind)
    for row in audience.ways(tx, new.audience, new.kind, now):
        way = _way(row.way, has_card, short is not None and row.has_phone)
        known = ways if way in (WECHAT, CARD, SMS) else not_reached
        known[way] = known.get(way, 0) + row.number
    people = sum(ways.values()) + sum(number for reason, number in not_reached.items() if reason != MUTED)

    of = new.audience
    may_name = within is None or bool(of.names) or (bool(of.community) and set(of.community) <= within)

    def names(reason: str) -> Sequence[str]:
        if reason == MUTED or not may_name:  # what somebody wishes to get is nobody else's business
            return ()
        way, by_phone = _stored(reason), short is not None
        return audience.of_way(tx, new.audience, new.kind, now, way, NAMED, without_phone=by_phone)

    return Preview(
        people=people,
        ways=ways,
        not_reached=[NotReached(reason, number, names(reason)) for reason, number in not_reached.items() if number],
        sms_text=short.text if short is not None else "",
        sms_items=ways.get(SMS, 0) * (short.items if short is not None else 0),
        approvals_needed=admitting.approvals_needed(office, tx, new.audience),
    )


def _way(of_account: str, has_card: bool, has_sms: bool) -> str:
    """The first way that reaches them, or why none does."""
    if of_account == "open":
        return WECHAT
    if of_account == "cards" and has_card:
        return CARD
    if has_sms and of_account != MUTED:
        return SMS
    return NO_CARD if of_account == "cards" else of_account


def _stored(reason: str) -> str:
    return "cards" if reason == NO_CARD else reason


def _has_card(settings: Settings, kind: str) -> bool:
    """Whether the account has a template for this kind."""
    return (kind == "reminder" and "reminder" in settings.wechat_templates) or "*" in settings.wechat_templates
