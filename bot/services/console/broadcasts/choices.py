"""What the form offers: templates, the groups of the roster with their numbers, and who may approve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.broadcasts.audience import RESIDENT, Audience
from bot.broadcasts.life import KINDS, State
from bot.broadcasts.templates import Template, places
from bot.services.broadcasts.drafts import approving
from bot.services.console.broadcasts import moments, wording
from bot.services.console.broadcasts.typed import Typed
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.broadcasts import audience, lists, written


@dataclass(frozen=True, slots=True)
class Box:
    """One of a group: its value, its name, how many people."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Choices:
    """`templates`: by kind. `places`: of the form's words, with a word of help and what the office knows already."""

    templates: Mapping[str, Sequence[Template]]
    groups: Mapping[str, Sequence[Box]]
    approvers: Sequence[tuple[str, str]]
    places: Sequence[tuple[str, str, str]]
    hours: str
    in_review: bool


def of(office: Office, seat: Seat, typed: Typed) -> Choices:
    """For this form."""
    with office.db.reading() as tx:
        found, possible = lists.groups(tx), approving.possible(tx, seat.person_id)
        row = written.by_id(tx, typed.number) if typed.number is not None else None
        residents = audience.count(tx, Audience(role=(RESIDENT,)), "service")
    words = wording.role_words(office)
    numbers = {**dict(found["role"]), RESIDENT: residents}
    groups = {name: [Box(value, value, number) for value, number in each] for name, each in found.items()}
    groups["role"] = [Box(role, word, numbers[role]) for role, word in words.items() if numbers.get(role)]
    templates = {kind: [each for each in office.templates.by_key.values() if each.kind == kind] for kind in KINDS}
    return Choices(
        templates, groups, [(str(person), name) for person, name in possible], _places(office, typed),
        moments.open_hours(office), row is not None and row.state == State.REVIEW,
    )  # fmt: skip


def _places(office: Office, typed: Typed) -> Sequence[tuple[str, str, str]]:
    """(name, help, value): what is still in braces, and what was typed for it."""
    given: Mapping[str, str] = office.texts.sentences["console_broadcasts"]["given"]
    names = dict.fromkeys(places(typed.title + typed.body))
    return [
        (name, office.templates.hints.get(name, ""), typed.values.get(name, office.phones.get(given.get(name, ""), "")))
        for name in names
    ]  # fmt: skip
