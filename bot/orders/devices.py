"""What a device that was just bound to somebody of the roster may not see yet."""

from datetime import datetime
from typing import Protocol


class Moved(Protocol):
    """A person, and since when bound to another device that no administrator has confirmed."""

    @property
    def moved_at(self) -> datetime | None: ...


class Made(Protocol):
    """An order, and when it was placed."""

    @property
    def created_at(self) -> datetime: ...


def hides_contact(person: Moved, order: Made) -> bool:
    """Whether place and contact of the order are hidden from this person's device: it is older than the binding."""
    return person.moved_at is not None and order.created_at < person.moved_at
