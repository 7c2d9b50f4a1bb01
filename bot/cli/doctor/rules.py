"""Whether the office's rules and telephone numbers are entered."""

from collections.abc import Iterator
from pathlib import Path

from bot.cli.doctor.finding import Asked, Finding, good, wrong
from bot.services.settings.phone_numbers import is_example, is_number
from bot.understanding.lexicon import FOLDER, LexiconError, check_rules


def phones(asked: Asked) -> Iterator[Finding]:
    """Residents in danger are told these numbers."""
    settings = asked.office.settings
    told = [("DUTY_PHONES", phone) for phone in settings.duty_phones]
    told += [
        ("GAS_PHONE", settings.gas_phone),
        ("WATER_PHONE", settings.water_phone),
        ("POWER_PHONE", settings.power_phone),
    ]
    bad = [(name, phone) for name, phone in told if not is_number(phone) or is_example(phone)]
    for name, phone in bad:
        yield wrong("phone", name=name, phone=phone)
    if not bad:
        yield good("phones", phones="、".join(phone for _, phone in told))


def rules(_asked: Asked) -> Iterator[Finding]:
    """Expressions are compiled when a message first needs them."""
    yield from rules_of(FOLDER)


def rules_of(folder: Path) -> Iterator[Finding]:
    """Whether every expression in a folder of rules is one."""
    try:
        check_rules(folder)
    except LexiconError as error:
        yield wrong("rule", what=error)
    else:
        yield good("rules")
