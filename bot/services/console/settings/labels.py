"""What the things that an administrator may change are called, and their values in words."""

from bot.orders.time_limits import limit_changes
from bot.services.notices.words import wording
from bot.services.office import Office
from bot.services.settings.adjustable import CHANNELS, DAYS, DUTY, LIMITS, PHONES, PLACES, SEPARATOR, TEXT
from bot.store.persons import people


def of(office: Office, part: str, name: str) -> str:
    """One thing of a part."""
    if part == LIMITS:
        return _limit(office, name)
    if part == PHONES:
        return office.say(f"console_settings.phone.{name}")
    if part == DUTY:
        return _name(office, name)
    if part == CHANNELS:
        return office.say("console_settings.part.channels")
    if part == PLACES:
        kind, _, rest = name.partition(" ")
        return f"{office.say('console_settings.place_kind.' + kind)} {rest}"
    if part.startswith(DAYS):
        return office.say("console_settings.provisional") if name == "provisional" else name
    return of_text(office, name)


def of_part(office: Office, part: str) -> str:
    """The part as a whole."""
    if part in (LIMITS, PHONES, DUTY, CHANNELS, PLACES):
        return office.say(f"console_settings.part.{part}")
    if part.startswith(DAYS):
        return office.say("console_settings.part_days", year=part.removeprefix(DAYS))
    return of_text(office, part.removeprefix(TEXT))


def of_text(office: Office, key: str) -> str:
    """A sentence by its key."""
    name = f"console_settings.texts.{key}"
    return office.say(name) if office.texts.has(name) else key


def value(office: Office, part: str, name: str, given: str) -> str:
    """A value as a change of it is told."""
    if part == LIMITS:
        bound = limit_changes.bounds(office.adjustable.files.limits).get(name)
        unit = office.say(f"console_settings.unit.{bound.unit}") if bound is not None else ""
        return f"{given} {unit}".strip()
    if part == CHANNELS:
        return SEPARATOR.join(wording.way(office.texts, each) for each in given.split(SEPARATOR) if each)
    if part == DUTY:
        return office.say("console_settings.on_duty" if given else "console_settings.off_duty")
    if part.startswith(DAYS):
        key = f"console_settings.kind.{given or 'none'}"
        return office.say(key) if office.texts.has(key) else given
    return given


def _name(office: Office, person_id: str) -> str:
    """Of somebody who is put on duty; the number where the person is deleted."""
    with office.db.reading() as tx:
        return people.by_id(tx, int(person_id)).name or person_id


def _limit(office: Office, name: str) -> str:
    group, _, rest = name.partition(".")
    key = f"console_settings.limit.{name}"
    if not rest:
        return office.say(key) if office.texts.has(key) else name
    if group == "matter":
        key = f"console_settings.matter.{rest}"
        return office.say(key) if office.texts.has(key) else name
    state, _, urgency = rest.partition(".")
    which = office.say("console_settings.other_urgency") if urgency == "*" else office.say(f"urgency.{urgency}")
    return office.say("console_settings.step", state=office.say(f"state.{state}"), urgency=which)
