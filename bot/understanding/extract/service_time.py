"""How long somebody helped, as it is said with the work's end."""

from bot.understanding.extract.numerals import to_digits
from bot.understanding.lexicon import Rules

_RULES = Rules("service_time")
HALF = 30


def minutes(text: str) -> int | None:
    """Minutes; None where nothing is said of it, or nothing that can be true."""
    found = _RULES.spent.search(text)
    if found is None:
        return None
    try:
        if found["half"]:
            number = HALF
        elif found["minutes"]:
            number = int(to_digits(found["minutes"]))
        else:
            hours = float(to_digits(found["hours"]))
            number = round(hours * 60) + (HALF if found["more"] or found["rest"] else 0)
    except ValueError:
        return None
    return number if 0 < number <= _RULES.words["longest"] else None
