"""Reads every text that people type, for danger and for what is restricted, before it becomes part of an order.

Restricted words never stand in an ordinary order, its history or its notices: they become a matter of their own in the
sealed box, with all that was said around them. What was asked besides them stays an ordinary request.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot.messages import LONGEST
from bot.orders import restricted as policy
from bot.orders.note import Note
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses

PIECES = 24  # of one text; what is cut finer is not read piece by piece
WIDTHS = (2, 3)  # neighbours that tell only together what is restricted
CUTS = (2, 3, 4, 1)  # the same of pieces without marks between them
TELLS = 7  # characters of a piece that tells something although no rule knows its words
OF_PEOPLE = frozenset("他她")  # a piece that speaks of somebody may go with what is restricted


def own_words(text: str | None) -> Note | None:
    """A note in the service's words, which nobody typed."""
    return Note(text) if text else None


def note(office: Office, order: Order, text: str | None) -> tuple[Note | None, Understanding | None]:
    """(what may stand with the order, the reading of what must be a matter of its own): the words are one or the other.
    With a restricted order anything may stand: its notes are in the box."""
    if not text:
        return None, None
    if is_restricted(order):
        return Note(text), None
    own = _own(office, office.understand(text[:LONGEST]), policy.must_be_set_aside)
    return (Note(text), None) if own is None else (None, replace(own, text=text))


def matter_of_its_own(office: Office, meant: Understanding) -> Understanding | None:
    """The reading under which these words go into the box; None where they may stand in an ordinary order.

    Nothing is read a second time unless something in the words speaks for a restricted matter or for danger.
    """
    complains = is_restricted(meant)  # what is more than a complaint may still stand in it
    return _own(office, meant, policy.must_be_set_aside if complains else partial(_must_be_sealed, office))


def _own(office: Office, meant: Understanding, must_be_sealed: Callable[[Understanding], bool]) -> Understanding | None:
    if policy.must_be_set_aside(meant):
        return meant
    if not (meant.sensitive or meant.in_a_part) and meant.request_count < 2:
        return None
    found = next((read for read in _pieces(office, meant) if must_be_sealed(read)), None)
    if found is None:
        return None
    danger = found if meant.danger is None else meant
    return replace(
        meant, lane=found.lane, category=found.category, intent=found.intent, urgency=danger.urgency, danger=danger.danger,
        danger_role=danger.danger_role, command=None, request_count=1, parts=(), rival=None,
    )  # fmt: skip


def danger_in(office: Office, meant: Understanding) -> Understanding | None:
    """The reading of the words, or of the first of their requests, that tells of danger to life; None where none does."""
    return next((read for read in (meant, *map(office.understand, meant.parts)) if read.urgency == "U0"), None)


def sealed_as_a_whole(office: Office, meant: Understanding) -> Understanding:
    """As it was read; where anything in it is restricted, so is the whole."""
    return meant if is_restricted(meant) else matter_of_its_own(office, meant) or meant


def is_sealed(office: Office, text: str) -> bool:
    """Whether anything in the text is restricted."""
    return is_restricted(sealed_as_a_whole(office, office.understand(text[:LONGEST])))


def besides(office: Office, meant: Understanding) -> Understanding | None:
    """What a message with restricted words asks for besides: its clear requests, which speak of nobody."""
    kept = [
        read for read in map(office.understand, clauses.by_marks(meant.text)[:PIECES]) if _is_harmless_request(read)
    ]
    if not kept:
        return None
    read = office.understand("，".join(each.text for each in kept))
    if not _is_harmless_request(read):
        return None
    place = read.place if read.place.said else meant.place
    return replace(read, place=place, phone=read.phone or meant.phone, request_count=1, parts=())


def _is_harmless_request(read: Understanding) -> bool:
    clear = read.intent == "request" and read.category != UNKNOWN and read.urgency != "U0"
    return (
        clear and not (read.sensitive or read.in_a_part) and not is_restricted(read) and OF_PEOPLE.isdisjoint(read.text)
    )


def _must_be_sealed(office: Office, read: Understanding) -> bool:
    """A report, a danger, a matter of violence, self-harm or a child; a complaint where it names somebody."""
    if policy.must_be_set_aside(read):
        return True
    return is_restricted(read) and read.category == policy.COMPLAINT and _names_somebody(office, read.text)


def _names_somebody(office: Office, text: str) -> bool:
    officials: Sequence[str] = office.texts.sentences["accused"]["officials"]
    return any(word in text for word in officials) or bool(office.reader.names.find(text))


def _pieces(office: Office, meant: Understanding) -> Iterator[Understanding]:
    """The readings of the parts of a text: its requests, the pieces between its marks, neighbours of these where no piece
    alone tells anything, and what stands without marks in a piece that does."""
    read = office.understand
    yield from map(read, meant.parts)
    if not (meant.sensitive or meant.in_a_part):
        return
    marked = clauses.by_marks(meant.text[:LONGEST])[:PIECES]
    found = [read(piece) for piece in marked] if len(marked) > 1 else [meant]
    yield from (each for each in found if each.sensitive or len(each.text) >= TELLS)
    telling = [each.text for each in found if each.sensitive]
    for width in WIDTHS if meant.sensitive and not telling and len(marked) > 1 else ():
        yield from map(read, clauses.runs(marked, width))
    for piece in telling:
        cut = clauses.by_subjects(piece)[:PIECES]
        for width in CUTS if len(cut) > 1 else ():
            yield from map(read, clauses.runs(cut, width))
