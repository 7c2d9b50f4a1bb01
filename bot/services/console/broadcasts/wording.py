"""Roles and audiences of broadcasts in words."""

from collections.abc import Mapping, Sequence

from bot.broadcasts.audience import Audience
from bot.services.office import Office
from bot.store.broadcasts.lists import GROUPS

LISTED = "、"
SHOWN = 12  # names that a sentence holds


def role_words(office: Office) -> Mapping[str, str]:
    """By role, its name."""
    known: Mapping[str, str] = office.texts.sentences["broadcast"]["roles"]
    return {role: word for word, role in known.items()}


def audience(office: Office, meant: Audience) -> str:
    """Whom it is for, part by part."""
    words = role_words(office)
    values: dict[str, Sequence[str]] = {name: getattr(meant, name) for name in (*GROUPS, "names")}
    values["role"] = [words.get(role, role) for role in meant.role]
    parts = [_some(office, each) for each in values.values() if each]
    said = office.say("console_broadcasts.and").join(parts) or office.say("console_broadcasts.everybody")
    return (
        office.say("console_broadcasts.except", audience=said, names=_some(office, meant.exclude))
        if meant.exclude
        else said
    )


def _some(office: Office, values: Sequence[str]) -> str:
    said = LISTED.join(values[:SHOWN])
    more = len(values) > SHOWN
    return office.say("console_broadcasts.and_more", names=said, number=len(values)) if more else said


DAY = 24 * 60  # minutes
