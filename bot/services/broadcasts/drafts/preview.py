"""Before a broadcast is approved: how many it would reach by which way, who cannot be reached and why, and what SMS would cost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import APPROVERS
from bot.broadcasts.written import Written
from bot.dialogue.interface.broadcast import MassSend, NotReached, Preview
from bot.errors import NotFound
from bot.orders.rights import STAFF, Rights
from bot.services.broadcasts.drafts import admitting
from bot.services.broadcasts.drafts.found_ways import Found, found_ways
from bot.services.broadcasts.drafts.short import short
from bot.services.notices.reach.mass import NAME, month_of
from bot.services.notices.rules import rules
from bot.services.notices.words.sample import sample
from bot.services.office import Office
from bot.store.broadcasts import audience
from bot.store.database import Tx

MUTED = "muted"
"""Does not want this kind, and so is no recipient."""
NAMED = 20  # names for each reason


def count_audience(tx: Tx, meant: Audience, kind: str = "reminder") -> int:
    """How many persons fit every condition of the audience."""
    return audience.count(tx, meant, kind)


def read_roles(office: Office, words: Sequence[str]) -> list[str]:
    """The roles meant by these words, Chinese or English. NotFound for a word that is no role."""
    known: dict[str, str] = office.texts.sentences["broadcast"]["roles"]
    for word in words:
        if word not in known and word not in known.values():
            raise NotFound("broadcast.no_such_role", word=word, roles="、".join(known))
    return [known.get(word, word) for word in words]


def named_to(rights: Rights) -> frozenset[str] | None:
    """The communities whose people are named to this author; None: all."""
    return None if rights.holds(*APPROVERS) else rights.communities(STAFF)


def preview(
    office: Office, tx: Tx, new: Written, now: datetime, *, within: frozenset[str] | None = None
) -> Preview:  # fmt: skip
    """Of a text and audience as they are now. `within`: the communities whose people are named to its author; None: all. Whom
    the author names are named too."""
    found, text, of = found_ways(office, tx, new, now), short(office, sample(office, tx, new, now)), new.audience
    may_name = within is None or bool(of.names) or (bool(of.community) and set(of.community) <= within)
    missed = [
        NotReached(reason, sum(row.number for row in rows), _names(tx, new, now, rows) if may_name else ())
        for reason, rows in found.missed.items()
    ]
    muted = audience.count_muted(tx, of, new.kind)
    if muted:  # what somebody wishes to get is nobody else's business
        missed.append(NotReached(MUTED, muted, ()))
    return Preview(
        people=found.people, ways=found.ways, not_reached=missed, sms_text=text.text if text is not None else "",
        sms_items=found.ways.get("sms", 0) * (text.items if text is not None else 0), mass=_mass(found),
        approvals_needed=admitting.approvals_needed(office, tx, of),
    )  # fmt: skip


def _names(tx: Tx, new: Written, now: datetime, rows: Sequence[Any]) -> Sequence[str]:
    """Of the first of those in these situations; some of them are enough to ask for."""
    return audience.names_in(tx, new.audience, new.kind, now, month_of(now), rows[:NAMED], NAMED)


def mass(office: Office, tx: Tx, new: Written, now: datetime) -> MassSend | None:
    """Whether some of its people would be told by a mass send now; None too where the office uses none."""
    return _mass(found_ways(office, tx, new, now)) if NAME in office.ways.order() else None


def mass_line(office: Office, tx: Tx, new: Written, now: datetime) -> str:
    """The same as a line for whoever approves it; empty where there is none."""
    of = mass(office, tx, new, now)
    return "\n" + office.say("broadcast.preview_mass", number=of.people, turn=of.turn, most=of.most) if of else ""


def _mass(found: Found) -> MassSend | None:
    number = found.ways.get(NAME, 0)
    return MassSend(number, found.turn, rules()["mass"]["month"]) if number else None
