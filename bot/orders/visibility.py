"""How much of an order a person may read, by what the person is to it: one scale that every list, card and notice uses."""

from collections.abc import Collection
from enum import IntEnum

from bot.orders.lifecycle import Actor, State, Told
from bot.orders.rights import DISCIPLINE, MEMBER, Rights


class Visibility(IntEnum):
    """Each degree holds what the ones below it hold. The words of restricted matters are in none (see `orders.restricted`)."""

    NOTHING = 0  # as if there were no such order
    NEED = 1  # category, community, the need in words without names, numbers, building, unit, codes and positions; no notes
    STAFF = 2  # for staff who decide, and other systems: masked words with building and unit, masked notes
    HELPER = 3  # for whoever has promised to come: room, codes and plates too, full place and contact
    OWN = 4  # the resident's own order


HELPS = frozenset({State.ACCEPTED, State.DONE})
"""While an order is in one of these, its handler needs to know where and whom to call."""

OF_TOLD = {
    Told.RESIDENT: Visibility.OWN, Told.HANDLER: Visibility.HELPER, Told.STAFF: Visibility.STAFF, Told.LEADERS: Visibility.STAFF,
    Told.FORMER: Visibility.NEED, Told.INVITEE: Visibility.NEED, Told.MEMBERS: Visibility.NEED, Told.FOLLOWERS: Visibility.NEED,
}  # fmt: skip
"""Of a notice, by whom it goes to. Who was invited is among the former ones; a follower reads of another one's order."""


def visibility(state: str, actors: Collection[Actor]) -> Visibility:
    """What somebody who is all of this to an order in this state may read of it."""
    if Actor.RESIDENT in actors:
        return Visibility.OWN
    if Actor.HANDLER in actors and state in HELPS:
        return Visibility.HELPER
    if Actor.STAFF in actors:
        return Visibility.STAFF
    if Actor.HANDLER in actors or Actor.INVITEE in actors:
        return Visibility.NEED
    return Visibility.NEED if Actor.MEMBER in actors and state == State.OPEN else Visibility.NOTHING


def before_look(state: str, actors: Collection[Actor]) -> Visibility:
    """What a page shows at once. Room, codes, contact and files of another one's order are opened by a look that is recorded
    first: at a page by a button, in the chat by the command that asks for them."""
    seen = visibility(state, actors)
    if seen is not Visibility.HELPER:
        return seen
    return Visibility.STAFF if Actor.STAFF in actors else Visibility.NEED


def opens_contact(state: str, actors: Collection[Actor]) -> bool:
    """Whether somebody may have place and contact of an order shown at the console, where each look is recorded: who
    decides on it, who helps while it lasts, and its resident."""
    return Actor.STAFF in actors or visibility(state, actors) >= Visibility.HELPER


def names_of_reader(person_id: int, rights: Rights) -> frozenset[str]:
    """The names under which an order can be kept from somebody: the person, and each unit that the person works for."""
    units = {right.community or right.role for right in rights.held if right.role != MEMBER}
    if rights.holds(DISCIPLINE):
        units.add(DISCIPLINE)
    return names_of_excluded({person_id}, units)


def names_of_excluded(persons: Collection[int], units: Collection[str]) -> frozenset[str]:
    """The same of persons and units whom an order is about."""
    return frozenset({*(f"person:{person}" for person in persons), *(f"unit:{unit}" for unit in units)})
