"""The form as it is first shown: empty, of a template, of a draft, or of what was sent before."""

from dataclasses import replace

from bot.broadcasts.life import LIFE, State
from bot.errors import NotAllowed, NotFound
from bot.services.console.broadcasts import typed
from bot.services.console.broadcasts.progress import seen_by
from bot.services.console.broadcasts.typed import Typed
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.broadcasts import lists
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx


def new(office: Office, seat: Seat, *, template: str, occasion: str, copy: str) -> Typed:
    """`template`, `occasion`: their keys; `copy`: the number of one whose words are used again.
    NotFound where that is not this person's to see."""
    if copy.isdecimal() and len(copy) < 16:
        with office.db.reading() as tx:
            again = _of(office, tx, seen_by(tx, seat, int(copy)))
        return replace(
            again, number=None, version=None, occasion="", when=typed.NOW, send_at="", at="", until="", asked=""
        )
    return with_template(office, Typed(template=template, occasion=occasion))


def with_template(office: Office, given: Typed) -> Typed:
    """With the words of the template that was chosen; as it is where none was."""
    template = office.templates.by_key.get(given.template)
    return typed.with_template(given, template) if template is not None else replace(given, template="")


def change(office: Office, seat: Seat, number: int) -> Typed:
    """Of one's own draft. NotFound for another person's; NotAllowed once it is approved."""
    with office.db.reading() as tx:
        row = seen_by(tx, seat, number)
        if row.author_id not in (None, seat.person_id):
            raise NotFound("broadcast.no_such", number=number)
        if (State(row.state), "change") not in LIFE:
            raise NotAllowed("broadcast.not_now.change", number=number)
        return _of(office, tx, row)


def _of(office: Office, tx: Tx, row: Broadcast) -> Typed:
    known = {name: {value for value, _ in each} for name, each in lists.groups(tx).items()}
    return typed.of_row(row, office.calendar.zone, known)
