"""What handlers and the service tell each other about broadcasts that somebody gets."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Received:
    """A broadcast as one of its recipients sees it. `heading`: a bulletin's has its number of the year. `when`, `place`: of a
    meeting. `asks`: whether it asks for an acknowledgement; `coming`: None without an answer."""

    number: int
    kind: str
    heading: str
    body: str
    when: str
    place: str
    held: str  # both, to stand after the body
    asks: bool
    is_acked: bool
    coming: bool | None
    reason: str
    sent_at: datetime
    is_over: bool  # of a meeting
    is_recalled: bool
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wishes to get. `muted`: kinds that do not come."""

    muted: frozenset[str]
    digest: bool
    service: bool
