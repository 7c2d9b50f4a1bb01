"""What somebody types about a matter, in a form or in a row of a file, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from bot.characters import clean, clean_line
from bot.orders.restricted import is_restricted
from bot.services import intake
from bot.services.console.seat import Seat
from bot.services.intake import Matter
from bot.services.office import Office
from bot.services.settings import phone_numbers

LONGEST: Mapping[str, int] = {
    "text": intake.LONGEST_TEXT, "community": 32, "place": intake.LONGEST_PLACE, "name": intake.LONGEST_WORD,
    "phone": intake.LONGEST_PHONE, "when": intake.LONGEST_WHEN, "number": intake.LONGEST_WORD, "due": 40,
}  # fmt: skip
"""Characters of each field."""
QUOTED = 16  # characters of what was typed that a sentence about it repeats
FORMULA = ("=", "+", "@")
_TELEPHONE = re.compile(intake.TELEPHONE)


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields as they were typed; empty where nothing was. `number`: of the other system."""

    text: str = ""
    community: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    when: str = ""
    number: str = ""
    due: str = ""


def tidied(typed: Mapping[str, str]) -> Entered:
    """The fields without characters that nothing can carry and without blanks around them; nothing is cut."""
    plain = {each.name: clean_line(typed.get(each.name, "")).strip() for each in fields(Entered)}
    return Entered(**{**plain, "text": clean(typed.get("text", "")).strip()})


def matter(entered: Entered, *, system: str, source: str, external_id: str | None, due_at: datetime | None) -> Matter:
    """As the service takes it in."""
    return Matter(
        text=entered.text, community=entered.community or None, place=entered.place or None,
        contact_name=entered.name or None, contact_phone=phone_numbers.folded(entered.phone) or None, external_id=external_id, due_at=due_at,
        system=system, wanted_when=entered.when or None, source=source,
    )  # fmt: skip


def faults(office: Office, seat: Seat, entered: Entered) -> dict[str, str]:
    """By field, the sentence about what is wrong with it; empty where nothing is."""
    found = {
        name: _too_long(office, name, most) for name, most in LONGEST.items() if len(getattr(entered, name)) > most
    }
    if not entered.text:
        found["text"] = office.say("console_intake.fault.no_text")
    if not _TELEPHONE.match(phone_numbers.folded(entered.phone)):
        found.setdefault("phone", office.say("console_intake.fault.phone", value=quoted(entered.phone)))
    if entered.community and not is_own(office, seat, entered.community):
        said = (
            "console_intake.fault.not_yours"
            if entered.community in office.reader.communities()
            else "console_intake.fault.community"
        )
        found.setdefault("community", office.say(said, value=quoted(entered.community)))
    return found or _elsewhere(office, seat, entered)


def doubts(office: Office, entered: Entered) -> Sequence[str]:
    """What looks wrong and is taken in all the same: a number that nobody can call back, a formula of a spreadsheet, an address
    that is not in the list of places."""
    found = []
    if entered.phone and not phone_numbers.is_callable(entered.phone):
        found.append(office.say("console_intake.doubt.phone", value=quoted(entered.phone)))
    if entered.text.startswith(FORMULA):
        found.append(office.say("console_intake.doubt.formula"))
    if entered.place and office.readings.find_place(entered.place).community is None:
        found.append(office.say("console_intake.doubt.place", value=quoted(entered.place)))
    return found


def _too_long(office: Office, name: str, most: int) -> str:
    return office.say("console_intake.fault.long", field=office.say(f"console_intake.field.{name}"), most=most)


def is_own(office: Office, seat: Seat, community: str) -> bool:
    """Whether the person enters orders for this community."""
    return community in office.reader.communities() and seat.rights.answers_for(community)


def _elsewhere(office: Office, seat: Seat, entered: Entered) -> dict[str, str]:
    """Where no community was chosen the words decide; they may not name one of others. Danger and what is restricted is
    taken from everybody."""
    if entered.community:
        return {}
    meant = intake.read(
        office, matter(replace(entered, due=""), system="", source=intake.STAFF, external_id=None, due_at=None)
    )
    named = meant.place.community
    if named is None or is_own(office, seat, named) or meant.urgency == "U0" or is_restricted(meant):
        return {}
    return {"community": office.say("console_intake.fault.elsewhere", value=named)}


def quoted(value: str) -> str:
    """The beginning of what was typed."""
    return value if len(value) <= QUOTED else f"{value[: QUOTED - 1]}…"
