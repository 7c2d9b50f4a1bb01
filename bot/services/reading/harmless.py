"""Which words are surely a request or a hazard that tells of nobody."""

from functools import partial
from itertools import takewhile

from bot.messages import LONGEST
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.services.reading.pieces import PIECES
from bot.services.reading.typed_text import names_somebody
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses
from bot.understanding.lexicon import Rules

_RULES = Rules("restricted")


BY_NATURE = "mediation"  # the lane whose matters are about somebody


def is_harmless_request(office: Office, meant: Understanding) -> bool:
    """Whether a message, said while the talk is of a restricted matter, is surely nothing but a request of its own."""
    pieces = clauses.by_marks(meant.text[:LONGEST])
    return is_harmless_matter(office, meant) and all(_is_harmless(office, each) for each in pieces[:PIECES])


def harmless_in(office: Office, meant: Understanding) -> str:
    """What stands before the restricted words of a message, and may answer a question about an ordinary order. What stands
    behind them may tell more about them."""
    pieces = clauses.by_marks(meant.text[:LONGEST])[:PIECES]
    return "，".join(takewhile(partial(_is_harmless, office), pieces if len(pieces) > 1 else ()))


def is_harmless_matter(office: Office, read: Understanding) -> bool:
    clear = read.intent == "request" and read.category != UNKNOWN and read.lane != BY_NATURE
    return clear and _is_harmless(office, read.text)


def _is_harmless(office: Office, text: str) -> bool:
    """Whether these words tell of no danger and of nothing restricted, and speak of nobody."""
    read = office.understand(text)
    told = read.urgency == "U0" or read.sensitive or (read.in_a_part and read.soon is None) or is_restricted(read)
    told = told or office.reader.tells_of_wrong(text, of_order=True) is not None
    return not (told or _RULES.people.search(text) or _RULES.grievance.search(text) or names_somebody(office, text))
