"""One order by form, for a walk-in or a caller."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from bot.errors import NotFound
from bot.services import intake
from bot.services.console.intake import entered, receipts
from bot.services.console.intake.entered import Entered
from bot.services.console.intake.receipts import Receipt
from bot.services.console.seat import Seat, heard
from bot.services.office import Office

SYSTEM = "console"
"""The system that the forms' external ids belong to."""


class Faulty(Exception):
    """The order was not taken in. `faults`: by field, what is wrong with it. `door`: what became of danger or of what is
    restricted in the words."""

    def __init__(self, faults: Mapping[str, str], door: str) -> None:
        super().__init__(", ".join(faults))
        self.faults, self.door = faults, door


def new_form() -> str:
    """What names one form, so that its order is not taken in twice."""
    return secrets.token_hex(8)


def communities(office: Office, seat: Seat) -> Sequence[str]:
    """For which this person enters orders."""
    return [name for name in office.reader.communities() if seat.rights.answers_for(name)]


def enter(office: Office, seat: Seat, typed: Entered, form: str, now: datetime) -> Receipt:
    """The order; the same form with the same words again: the same order. Faulty; NotFound for a community that the form does
    not offer."""
    if typed.community and not entered.is_own(office, seat, typed.community):
        raise NotFound("console.error.404")
    found = entered.faults(office, seat, typed)
    if found:
        raise Faulty(found, heard(office, seat, now, typed.text))
    once = office.db.vault.index(json.dumps([seat.person_id, form, asdict(typed)])) if form else None
    given = entered.matter(typed, system=SYSTEM, source=intake.STAFF, external_id=once, due_at=None)
    code, _ = intake.take(office, given, now, told_by=seat.doer)
    return receipts.receipt(office, seat, code, given, now)
