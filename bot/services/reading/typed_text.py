"""Reads every text that people type, for danger and for what is restricted, before it becomes part of an order.

Restricted words never stand in an ordinary order, its history or its notices: they become a matter of their own in the
sealed box, with all that was said around them. What was asked besides them stays an ordinary request.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.messages import LONGEST
from bot.orders import restricted as policy
from bot.orders.note import Note
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.services.reading.pieces import Pieces
from bot.understanding import Speaker, Understanding
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

_RULES = Rules("restricted")
_FORM = "\n"  # between the fields of a form
BLAMES = 0.7  # confidence from which a reason that names somebody in office is a report
ANSWERED = "answer"  # to something that waits, not to a question of the conversation


def own_words(text: str | None) -> Note | None:
    """A note in the service's words, which nobody typed."""
    return Note(text) if text else None


def note(
    office: Office, order: Order, text: str | None, *, of_office: bool = False
) -> tuple[Note | None, Understanding | None]:
    """(what may stand with the order, the reading of what must be a matter of its own): the words are one or the other.
    With a restricted order anything may stand: its notes are in the box. `of_office`: staff tell the resident where it goes
    or why; then naming an office (转介 纪委) is no report, who does what is."""
    if not text:
        return None, None
    if is_restricted(order):
        return Note(text), None
    if of_office and _blames(office, text):
        return None, replace(
            office.understand(text[:LONGEST]), text=text, lane=policy.RESTRICTED, category=policy.REPORT, command=None,
            request_count=1, parts=(), rival=None,
        )  # fmt: skip
    who = (
        Speaker(asked=ANSWERED) if of_office else Speaker()
    )  # what staff write to a resident is surer of danger where it is
    if of_office and not _tells_of_wrong(office, text) and _danger_told(office, text, who) is None:
        return Note(text), None
    apart = policy.must_be_set_aside if order.danger == policy.PERSONAL else _stands_apart
    meant = office.understand(text[:LONGEST], who)
    of_helper = not is_of_neighbours(order)
    found = office.readings.once
    own = found((apart, of_helper), meant, lambda: _own(office, meant, apart, of_order=of_helper))
    return (Note(text), None) if own is None else (None, replace(own, text=text))


def _blames(office: Office, text: str) -> bool:
    """Whether a reason that staff write for the resident says that somebody in office, or who knows one, is the reason: that is
    a report, and where to go with one (请打12388, 已转纪委) is none."""
    plain = simplify(text).text
    if not _RULES.in_office.search(plain):
        return False
    if _RULES.influence.search(plain):
        return True
    read = office.understand(text[:LONGEST])
    return read.category == policy.REPORT and read.confidence >= BLAMES and not _RULES.sends.search(plain)


def is_of_neighbours(order: Order) -> bool:
    """Whether he and she are those whom the order is about: it is of neighbours, and nobody has been sent."""
    about = order.lane == "mediation" or order.category in _RULES.words["of_neighbours"]
    return about and order.handler_id is None


def is_manner(order: Order, meant: Understanding) -> bool:
    """Whether words that are read as a complaint about staff only say how a neighbour of the order behaves (他态度特别差)."""
    complains = meant.category == policy.COMPLAINT and meant.danger is None and meant.command is None
    said = "".join(filter(str.isalnum, simplify(meant.text).text))
    return complains and is_of_neighbours(order) and _RULES.manner.search(said) is not None


def tells_of_nobody(office: Office, text: str, *, of_text: bool = False) -> bool:
    """Whether words that staff write in their work tell neither of danger nor of what somebody does: what they name then
    (购物卡, 举报) is what a text shall hold or what is asked, and no report. `of_text`: they are about a text that lies before the
    speaker; then a deed of nobody (吃拿卡要也要讲) is what it shall hold, too."""
    if _danger_told(office, text, Speaker()) is not None:
        return False
    nobody = of_text and not (names_somebody(office, text) or _RULES.people.search(text))
    return nobody or not _tells_of_wrong(office, text)


def _danger_told(office: Office, text: str, who: Speaker) -> Understanding | None:
    return danger_in(office, office.understand(text[:LONGEST], who))


def _tells_of_wrong(office: Office, text: str) -> bool:
    return office.reader.tells_of_wrong(text, of_order=True) is not None


def matter_of_its_own(office: Office, meant: Understanding) -> Understanding | None:
    """The reading under which these words go into the box; None where they may stand in an ordinary order.

    Nothing is read a second time unless something in the words speaks for a restricted matter or for danger.
    """
    complains = is_restricted(meant)  # what is more than a complaint may still stand in it
    apart = _stands_apart if complains else partial(_must_be_sealed, office)
    return office.readings.once(matter_of_its_own, meant, lambda: _own(office, meant, apart))


def _own(
    office: Office, meant: Understanding, must_be_sealed: Callable[[Understanding], bool], *, of_order: bool = False
) -> Understanding | None:
    if policy.must_be_set_aside(meant):
        return meant
    told = office.reader.tells_of_wrong(meant.text, of_order=of_order)
    if told is not None:
        return replace(
            meant, lane=policy.RESTRICTED, category=told, command=None, request_count=1, parts=(), rival=None
        )
    if meant.danger == policy.PERSONAL and must_be_sealed(meant):
        return meant
    pieces = Pieces(office, meant)
    told_of = (read for read in pieces if read.text == meant.text or not _RULES.announces.search(read.text))
    found = next(
        (read for read in told_of if must_be_sealed(read) and (is_restricted(read) or meant.danger is None)), None
    )
    if found is None and not pieces.complete and meant.sensitive:
        found = replace(meant, lane=policy.RESTRICTED, category=policy.COMPLAINT)  # nobody has read all of it
    if found is None:
        return None
    danger = found if meant.danger is None else meant
    return replace(
        meant, lane=found.lane, category=found.category, intent=found.intent, urgency=danger.urgency, danger=danger.danger,
        danger_role=danger.danger_role, command=None, request_count=1, parts=(), rival=None,
    )  # fmt: skip


def danger_in(office: Office, meant: Understanding) -> Understanding | None:
    """The reading of the words, or of the first of their parts, that tells of danger to life; None where none does."""
    return office.readings.once(danger_in, meant, lambda: _danger_in(office, meant))


def _danger_in(office: Office, meant: Understanding) -> Understanding | None:
    behind = (office.understand(meant.command.rest[:LONGEST]),) if meant.command and meant.command.rest else ()
    read = (each for whole in (meant, *behind) for each in (whole, *Pieces(office, whole)))
    return next((each for each in read if each.urgency == "U0"), None)


def read_ahead(office: Office, meant: Understanding) -> None:
    """Read now what the other functions will ask for, so that it is remembered then."""
    danger_in(office, meant)
    matter_of_its_own(office, meant)


def sealed_as_a_whole(office: Office, meant: Understanding) -> Understanding:
    """As it was read; where anything in it is restricted, so is the whole."""
    return meant if is_restricted(meant) else matter_of_its_own(office, meant) or meant


def of_form(office: Office, text: str, fields: Sequence[str]) -> Understanding:
    """The reading of a text with the fields that were typed beside it. As a rule the text alone is what was said. Where a
    field, or all of it together, tells of danger or of something restricted, or the text is restricted, so that it counts
    whom a field names, everything is one text."""
    meant = sealed_as_a_whole(office, office.understand(text))
    everything = _FORM.join((text, *fields))
    if not fields or is_restricted(meant):
        return replace(meant, text=everything)
    read = [*map(office.understand, fields), office.understand(everything[:LONGEST])]
    sealed = next(filter(None, (matter_of_its_own(office, each) for each in read)), None)
    endangered = next(filter(None, (danger_in(office, each) for each in (meant, *read))), None)
    if sealed is None and (endangered is None or meant.urgency == "U0"):
        return meant
    danger, of = endangered or meant, sealed or endangered or meant
    return replace(
        read[-1], text=everything, masked=office.reader.mask(everything), lane=of.lane, category=of.category, intent=of.intent,
        urgency=danger.urgency, danger=danger.danger, danger_role=danger.danger_role, command=None, request_count=1, parts=(), rival=None,
    )  # fmt: skip


def tells(office: Office, text: str) -> bool:
    """Whether anything in the text is a matter of its own, or tells of danger."""
    meant = office.understand(text[:LONGEST])
    return matter_of_its_own(office, meant) is not None or danger_in(office, meant) is not None


def accuses(office: Office, text: str) -> bool:
    """Whether a text that may speak of restricted matters in general, as an answer of the book, says who does wrong: by
    name, or in words that do not ask what to do then."""
    if office.reader.accusations.by_name(text[:LONGEST]):
        return True
    return office.reader.tells_of_wrong(text) is not None and not _RULES.asks_how.search(text)


def is_sealed(office: Office, text: str) -> bool:
    """Whether anything in the text is restricted."""
    return is_restricted(sealed_as_a_whole(office, office.understand(text[:LONGEST])))


def _stands_apart(read: Understanding) -> bool:
    """Whether words said about an order are a matter of their own, which whoever handles the order does not read."""
    return policy.must_be_set_aside(read) or (
        read.danger == policy.PERSONAL and _RULES.against.search(read.text) is not None
    )


def _must_be_sealed(office: Office, read: Understanding) -> bool:
    """A report, a danger, a matter of violence, self-harm or a child; a complaint where it names somebody."""
    if _stands_apart(read):
        return True
    return is_restricted(read) and read.category == policy.COMPLAINT and names_somebody(office, read.text)


def names_somebody(office: Office, text: str) -> bool:
    """Whether the words speak of an official, or of anybody by name."""
    officials: Sequence[str] = office.texts.sentences["accused"]["officials"]
    known = any(word in text for word in officials) or bool(office.reader.names.find(text))
    known = known or office.reader.accusations.names_somebody(text)
    return known or _RULES.spoken_of.search(text) is not None
