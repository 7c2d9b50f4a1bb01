"""By which channel each recipient of a broadcast would be told first: asked of the functions by which it is sent."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from bot.broadcasts.written import Written
from bot.services.notices.reach import REACHES, choosing, mass
from bot.services.notices.words.letter import Letter
from bot.services.notices.words.sample import sample
from bot.services.office import Office
from bot.store.broadcasts import audience
from bot.store.database import Tx
from bot.store.sending.mass_sends import FEWEST
from bot.store.sending.notices import BROADCAST

UNBOUND, LEFT, UNREACHABLE, NO_WAY = "unbound", "left", "unreachable", "no_card"
"""Why somebody is not reached: no account; does not follow; refuses; nothing fits, and no conversation is open."""
OPEN = timedelta(minutes=1)  # that a window is open is all that is known of it


@dataclass(frozen=True, slots=True)
class Found:
    """`ways`: how many people by each channel. `missed`: the situations of those whom none reaches, by the reason. `turn`: the
    how manieth mass message of the month it is for whoever had most of them; 0 where it is for nobody."""

    ways: Mapping[str, int]
    missed: Mapping[str, Sequence[Any]]
    turn: int

    @property
    def people(self) -> int:
        return sum(self.ways.values()) + sum(int(row.number) for rows in self.missed.values() for row in rows)


def found_ways(office: Office, tx: Tx, new: Written, now: datetime) -> Found:
    """As it is now: who speaks, refuses or is told something meanwhile may be told by another channel."""
    letter, month = sample(office, tx, new, now), mass.month_of(now)
    rows = audience.situations(tx, new.audience, new.kind, now, month)
    letters = [(row, _to(letter, row, new, now, month)) for row in rows]
    resting = office.resting.now()
    found = _sorted(office, letters, now, resting)
    if found.ways.get(mass.NAME, 0) < FEWEST:  # the platform takes no list of one
        return _sorted(office, letters, now, {*resting, mass.NAME})
    return found


def _sorted(
    office: Office, letters: Sequence[tuple[Any, Letter]], now: datetime, resting: Collection[str]
) -> Found:  # fmt: skip
    ways, missed, turn = dict.fromkeys(REACHES, 0), dict[str, list[Any]](), 0
    for row, letter in letters:
        channel = choosing.first(office.ways, letter, now, resting=resting)
        if channel is None:
            missed.setdefault(_why_not(row), []).append(row)
            continue
        ways[channel] += row.number
        turn = max(turn, row.mass_count + 1) if channel == mass.NAME else turn
    return Found({channel: number for channel, number in ways.items() if number}, missed, turn)


def _why_not(row: Any) -> str:
    if not row.bound:
        return UNBOUND
    if not row.subscribed:
        return LEFT
    return UNREACHABLE if row.refuses else NO_WAY


def _to(letter: Letter, row: Any, new: Written, now: datetime, month: int) -> Letter:
    """The broadcast to somebody in this situation, as a worker would have it in hand."""
    until, number = now + OPEN, b"." if row.has_phone else None  # whether there is one is all that is asked
    person = SimpleNamespace(
        openid="o" if row.bound else None, subscribed=row.subscribed, unreachable=UNREACHABLE if row.refuses else None,
        channels=row.channels, chat_until=until, chat_left=row.chat_left, click_until=until, click_left=row.click_left,
        refused_templates=json.loads(row.refused_templates or "null"), phone_index="" if row.has_phone else None,
        phone_sealed=number, branch=row.branch, mass_month=month, mass_count=row.mass_count, priority=BROADCAST,
        order_lane=None, order_person_id=None, contact_sealed=None, broadcast_audience=new.columns()["audience"],
    )  # fmt: skip
    known = SimpleNamespace(**{**vars(letter.row), **vars(person)})
    return replace(letter, openid=person.openid, row=cast(Any, known))
