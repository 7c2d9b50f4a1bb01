"""What a person wishes to get: kinds that are no duty may be muted, or come in one message a day; residents agree to service
notices."""

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.life import NO_DUTY
from bot.errors import NotAllowed
from bot.store.broadcasts import preferences
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Preferences:
    """`muted`: kinds that do not come. `digest`: the rest of what is no duty in one message a day. `service`: agreed to service
    notices, as a resident."""

    muted: frozenset[str] = frozenset()
    digest: bool = False
    service: bool = False


def of(tx: Tx, person_id: int) -> Preferences:
    row = preferences.of(tx, person_id)
    return Preferences(frozenset(row.muted), row.digest, row.service) if row is not None else Preferences()


def mute(tx: Tx, person_id: int, kind: str, *, muted: bool) -> Preferences:
    """This kind comes no more, or again. NotAllowed for a kind that is a duty."""
    if kind not in NO_DUTY:
        raise NotAllowed("broadcast.is_duty")
    now = of(tx, person_id).muted
    preferences.put(tx, person_id, muted=sorted(now | {kind} if muted else now - {kind}))
    return of(tx, person_id)


def collect(tx: Tx, person_id: int, *, digest: bool) -> Preferences:
    """What is no duty comes in one message a day, or as it is sent."""
    preferences.put(tx, person_id, digest=digest)
    return of(tx, person_id)


def agree(tx: Tx, person_id: int, now: datetime, *, agreed: bool) -> Preferences:
    """Service notices to a resident, or none any more. When it was agreed stays on record."""
    preferences.put(tx, person_id, service=agreed, **({"service_at": now} if agreed else {}))
    return of(tx, person_id)
