"""The policy of restricted matters: complaints, reports, petitions and dangers at home that must not become known.

What is asked about a restricted matter is asked here. Its words are kept in the sealed box alone (`bot.services.restricted`);
the common tables hold an envelope without content. It is never listed, never published, never sent to volunteers and
never asked about in the chat, since somebody else may hold the telephone.
"""

from typing import Protocol

from bot.orders.rights import DISCIPLINE, Rights

RESTRICTED = "restricted"  # the lane's name in tables and configuration
EMERGENCY = "emergency"
PERSONAL = "crime"  # the danger that comes from a person, who may be the one that handles an order or that is reported

COMPLAINT, REPORT, PETITION = "1603", "1604", "1605"  # categories
PREYED_ON = "1005"  # the category of harm to those who cannot speak for themselves
NEUTRAL = COMPLAINT  # the category of every envelope, so that it says nothing; the real one is in the box
ABOUT_STAFF = frozenset({COMPLAINT, REPORT})  # categories that are about staff also where the words name no title
DOORS = {COMPLAINT: "complaint", REPORT: "report", PETITION: "petition"}  # where to go with it; all others call first
READERS = DISCIPLINE  # the role of those who answer for restricted matters


class InLane(Protocol):
    """An order, a reading or a category: whatever is in a lane."""

    @property
    def lane(self) -> str: ...


class Said(InLane, Protocol):
    """A reading of a resident's words."""

    @property
    def danger(self) -> str | None: ...
    @property
    def category(self) -> str: ...


class Owned(Protocol):
    """An order with its resident."""

    @property
    def person_id(self) -> int: ...


class Graded(InLane, Protocol):
    """An order or a reading with its urgency."""

    @property
    def urgency(self) -> str: ...


def is_restricted(matter: InLane) -> bool:
    """Whether the matter is in the restricted lane."""
    return matter.lane == RESTRICTED


def is_restricted_lane(lane: str | None) -> bool:
    """As `is_restricted`, of a lane's name; None is no lane."""
    return lane == RESTRICTED


def must_be_set_aside(said: Said) -> bool:
    """Whether words said about an ordinary order are a restricted matter of their own: a report, a danger, violence,
    self-harm, a child. A complaint or a petition may well be why somebody is not satisfied, and stays a reason."""
    return is_restricted(said) and (said.danger is not None or said.category not in (COMPLAINT, PETITION))


def comes_from_somebody(said: Said) -> bool:
    """Whether a danger is, or may be, what a person does to another one or to herself; gas and fire are not."""
    return is_restricted(said) or said.danger == PERSONAL


def answers_for(order: Owned, person_id: int, rights: Rights) -> bool:
    """Whether somebody may answer for a restricted order, unless the matter is about that person: of the discipline
    staff, and nobody decides on a matter of one's own."""
    return person_id != order.person_id and rights.holds(READERS)


def stays_inside(matter: Graded) -> bool:
    """Whether a matter goes to staff alone, never to volunteers: restricted, an emergency or a danger to life."""
    return is_restricted(matter) or matter.lane == EMERGENCY or matter.urgency == "U0"
