"""亮身份: six fields of a member's card. The member alone opens a field; an administrator may put words right, and closes it by that.

A resident reads what is open on the page of an order that this member has in hand, and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound, NotUnderstood
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.rights import ADMIN, MEMBER
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.database import Tx
from bot.store.persons import member_cards, people
from bot.store.persons.member_cards import Field
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

FIELDS = ("identity", "promise", "duty", "post", "standard", "deeds")
LONGEST = 60  # characters of a field
AT_HAND = (State.ACCEPTED, State.DONE)


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name in the locale, its words, and whether residents read it."""

    name: str
    text: str
    is_open: bool


def own(office: Office, seat: Seat) -> Sequence[Line]:
    """All six, of the member who looks. NotFound for who is none."""
    if not seat.rights.holds(MEMBER):
        raise NotFound("refused.no_such_order", code="")
    with office.db.reading() as tx:
        return _lines(tx, seat.person_id)


def of_member(office: Office, seat: Seat, person_id: int) -> Sequence[Line]:
    """All six, for an administrator. NotFound for anybody else, and of who is no member."""
    with office.db.reading() as tx:
        _require_member(tx, seat, person_id)
        return _lines(tx, person_id)


def shown(tx: Tx, order: Order) -> Sequence[tuple[str, str]]:
    """(name, words) of what the resident may read of who helps; empty unless a member has the order in hand."""
    if order.state not in AT_HAND or order.handler_id is None or order.handler_id == order.person_id:
        return ()
    if not people.rights_of(tx, order.handler_id).holds(MEMBER):
        return ()
    return [(line.name, line.text) for line in _lines(tx, order.handler_id) if line.is_open and line.text]


def write(office: Office, seat: Seat, lines: Sequence[Line], now: datetime) -> None:
    """The member's own word, also about what is open. NotFound as of `own`; NotUnderstood for words that may not stand there."""
    if not seat.rights.holds(MEMBER):
        raise NotFound("refused.no_such_order", code="")
    checked = _checked(office, {line.name: Field(line.text, line.is_open) for line in lines})
    with office.db.transaction() as tx:
        for name, field in checked.items():
            member_cards.put(tx, seat.person_id, name, field, now)
        audit.write(tx, now, Entry(Act.CARD, seat.source, seat.person_id, seat.person_id, detail=_open_names(checked)))


def put_right(office: Office, seat: Seat, person_id: int, given: Mapping[str, str], now: datetime) -> None:
    """An administrator's words. A field that changes is closed until the member opens it again. NotFound, NotUnderstood."""
    checked = _checked(office, {name: Field(text, is_open=False) for name, text in given.items()})
    with office.db.transaction() as tx:
        _require_member(tx, seat, person_id)
        known = member_cards.of(tx, person_id)
        changed = {
            name: field for name, field in checked.items() if field.text != known.get(name, Field("", False)).text
        }
        for name, field in changed.items():
            member_cards.put(tx, person_id, name, field, now)
        if changed:
            audit.write(tx, now, Entry(Act.CARD, seat.source, seat.person_id, person_id, detail=" ".join(changed)))


def _require_member(tx: Tx, seat: Seat, person_id: int) -> None:
    if not seat.rights.holds(ADMIN) or not people.rights_of(tx, person_id).holds(MEMBER):
        raise NotFound("console_people.nobody")


def _lines(tx: Tx, person_id: int) -> list[Line]:
    known = member_cards.of(tx, person_id)
    return [Line(name, *known.get(name, Field("", is_open=False))) for name in FIELDS]


def _checked(office: Office, given: Mapping[str, Field]) -> Mapping[str, Field]:
    """NotUnderstood for what is too long, holds numbers or places of people, or tells something that is for the box."""
    found = {name: Field(" ".join(given[name].text.split()), given[name].is_open) for name in FIELDS if name in given}
    for name, field in found.items():
        label = office.say(f"card_fields.{name}")
        if len(field.text) > LONGEST:
            raise NotUnderstood("card_fields.too_long", field=label, most=LONGEST)
        if field.text and (
            office.reader.masks.before_accepting(field.text) != field.text or typed_text.tells(office, field.text)
        ):
            raise NotUnderstood("card_fields.no_contact", field=label)
    return found


def _open_names(fields: Mapping[str, Field]) -> str:
    return " ".join(name for name, field in fields.items() if field.is_open and field.text)
