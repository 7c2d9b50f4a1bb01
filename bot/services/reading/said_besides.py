"""What may be dealt with apart from the restricted words of a message: what it surely asks for besides.

What tells more of a report, or of what somebody does, is never split off: whoever is meant may be the one that handles it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from bot.orders.restricted import ABOUT_STAFF, PERSONAL, is_restricted
from bot.services.office import Office
from bot.services.reading.harmless import is_harmless_matter
from bot.services.reading.pieces import BUDGET, PIECES
from bot.services.reading.typed_text import names_somebody, sealed_as_a_whole
from bot.understanding import Understanding
from bot.understanding.extract import clauses
from bot.understanding.lexicon import Rules

_RULES = Rules("restricted")


def besides(office: Office, meant: Understanding) -> Understanding | None:
    """What a message with restricted words asks for besides: its clear requests, which speak of nobody. What stands behind the
    restricted words, without a word for something further, tells more about them, and stays in the box, unless it endangers
    whoever comes by. A danger to life beside anything but a report stays with it: whoever is harmed may be the same."""
    sections = clauses.sections(meant.text)
    kept, left = list[Understanding](), BUDGET
    for section in sections:
        pieces = clauses.by_marks(section)[:PIECES]
        left -= len(pieces)
        kept += _kept(office, pieces, announced=len(sections) > 1) if left >= 0 else ()
    if not kept:
        return None
    read = office.understand("，".join(each.text for each in kept))
    if read.urgency == "U0":
        allowed = sealed_as_a_whole(office, meant).category in ABOUT_STAFF and _is_hazard(office, read)
    else:
        allowed = _is_hazard(office, read) or is_harmless_matter(office, read)
    if not allowed:
        return None
    place = read.place if read.place.said else meant.place
    return replace(read, place=place, phone=read.phone or meant.phone, request_count=1, parts=())


def _kept(office: Office, pieces: Sequence[str], *, announced: bool) -> Iterator[Understanding]:
    """The requests of a section, given by its pieces. Where it is announced as another matter and tells nothing restricted, its reading decides.
    What stands before the restricted words of the same section may be what is reported, unless it soon endangers somebody,
    asks for help or is broken."""
    before = list(takewhile(partial(_tells_nothing_more, office), pieces))
    apart = announced and len(before) == len(pieces)
    for read in map(office.understand, before):
        own = apart or read.soon is not None or _RULES.own_request.search(read.text)
        if own and is_harmless_matter(office, read) and not _RULES.goes_on.match(read.text):
            yield read
    yield from (read for read in map(office.understand, pieces[len(before) :]) if _is_hazard(office, read))


def _is_hazard(office: Office, read: Understanding) -> bool:
    """Whether a piece tells what endangers whoever comes by, and not who is to blame for it."""
    endangers = read.soon is not None or (read.danger is not None and read.danger != PERSONAL)
    told = read.sensitive or is_restricted(read) or office.reader.tells_of_wrong(read.text, of_order=True) is not None
    return endangers and not (told or _RULES.to_blame.search(read.text) or names_somebody(office, read.text))


def _tells_nothing_more(office: Office, text: str) -> bool:
    """Whether a piece is not itself of what is restricted: a person may be named in it."""
    read = office.understand(text)
    told = read.urgency == "U0" or read.sensitive or is_restricted(read)
    return not told and office.reader.tells_of_wrong(text, of_order=True) is None
