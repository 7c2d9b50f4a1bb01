"""What is shown of an order: the only place where its words, notes, place and contact are taken out to be read by people.

Every list, card, history, notice and answer of the API takes them from here, by the reader's `Visibility`.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from bot.orders.effects import NOTE_SHOWN
from bot.orders.lifecycle import MAY, Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx
from bot.store.rows import HistoryLine, ShownLine
from bot.store.sealed import columns
from bot.understanding import Place
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract.people.masking import mask, spans
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

log = logging.getLogger(__name__)

_RULES = Rules("lists")

FIRST_STARS = re.compile(r"^\*{2,}\W*")
STARS, HAN = re.compile(r"\*{2,}"), re.compile(r"[\u4e00-\u9fff]{2,}")
CLAUSE = re.compile(r"[，。！？；,.!?;\n]")
PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z]+")  # no stars, numbers or names of things in brackets
BY_STAFF = frozenset(action for action in NOTE_SHOWN if Actor.STAFF in MAY[action])
ADDED = frozenset({"append", "detail", "reschedule", "reopen"})
THANKS = frozenset({"confirm", "rate"})
MEANS_SOMETHING, FEW_WORDS = 4, 14  # characters


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, and the line that holds what was said with it."""

    line: HistoryLine
    words: HistoryLine


def story(tx: Tx, order_id: int) -> Sequence[Step]:
    """The lines of history, the oldest first. An answer that confirms and rates in one is one step."""
    steps: list[Step] = []
    for line in orders.history_of(tx, order_id):
        before = steps[-1].line if steps else None
        if before is not None and line.action == "rate" and (before.action, before.at) == ("confirm", line.at):
            steps[-1] = Step(before, line)
        else:
            steps.append(Step(line, line))
    return steps


def words(office: Office, order: Order, visible: Visibility, tx: Tx | None = None) -> str:
    """The words of an order; empty where nothing may be read, and for every restricted matter. With `tx` a helper reads
    what was said; without it what staff read."""
    if is_restricted(order) or visible is Visibility.NOTHING:
        return ""
    if visible is Visibility.NEED:
        return _RULES.left_over.sub("", office.readings.need(order.text)).lstrip(_RULES.words["between"])
    if visible is Visibility.OWN and tx is not None:
        return office.reader.masks.for_owner(said(tx, order))
    if visible is Visibility.HELPER and tx is not None:
        shown = office.reader.masks.for_helper(said(tx, order), known_names(office, tx, order))
        return _RULES.left_number.sub("", shown)  # the number stands on the card
    return order.text


def added(office: Office, tx: Tx, order: Order, visible: Visibility) -> str:
    """What its resident has said since, for who helps, whoever that was when it was said. Empty where nothing was, and where the place
    and the number on the card say it all."""
    if is_restricted(order) or visible is not Visibility.HELPER:
        return ""
    lines = [line for line in orders.history_of(tx, order.id) if line.action in ADDED and line.by_id == order.person_id]
    names = known_names(office, tx, order) if lines else frozenset[str]()
    texts = [columns.text(tx.vault, "history", "note_sealed", line) or "" for line in lines]
    return "；".join(filter(None, (_besides_card(office, text, order, names) for text in texts)))


def _besides_card(office: Office, text: str, order: Order, names: frozenset[str]) -> str:
    """The words as who helps may read them; empty where nothing but a place, a number or the present time stands in them."""
    masked = FIRST_STARS.sub("", _RULES.left_number.sub("", office.reader.masks.for_helper(text, names)).strip())
    place = office.readings.find_place(text).raw
    rest = masked.replace(place, "") if place else masked
    says = rest != order.wanted_when and any(char.isalpha() for char in STARS.sub("", rest))
    return masked if says else ""


def own_note(office: Office, tx: Tx, line: HistoryLine) -> str:
    """As `note`, for the resident: what staff wrote as they wrote it, all else without numbers of people alone."""
    if not note(line, Visibility.OWN):
        return ""
    text = columns.text(tx.vault, "history", "note_sealed", line) or line.note or ""
    return text if line.action in BY_STAFF else office.reader.masks.for_owner(text)


def everyday(office: Office, order: Order) -> str:
    """What the order is about in a resident's few words, never the catalogue's title: the everyday name of its category.

    Where that says little, the clause that says what is wanted; of what nobody has sorted yet the first clause. Only clauses
    without stars, numbers and marks.
    """
    if is_restricted(order):
        return office.texts.say("lane.own_restricted")
    category = office.reader.category(order.category)
    name = category.called(simplify(order.text).text) if category.particular else category.everyday
    if category.code != UNKNOWN and not (category.in_own_words and name == category.everyday):
        return name
    clauses = [clause.strip() for clause in CLAUSE.split(order.text.strip())]
    chosen = clauses[:1] if category.code == UNKNOWN else [each for each in clauses if _RULES.wanted.search(each)]
    return next((each for each in chosen if _says_enough(each)), name)


def _says_enough(clause: str) -> bool:
    return MEANS_SOMETHING <= len(clause) <= FEW_WORDS and PLAIN.fullmatch(clause) is not None


def state(office: Office, order: Order, *, is_own: bool) -> str:
    """How it stands, in words; `is_own`: for its resident, whose confirmation one that is done waits for."""
    if order.state == State.CLOSED and order.outcome:
        return office.say(f"outcome.{order.outcome}")
    to_others = order.state == State.DONE and not is_own
    return office.say("state.done_to_others" if to_others else f"state.{order.state}")


def said(tx: Tx, order: Order) -> str:
    """What was said, unmasked: only to find out who is named in it or who speaks, never to be shown."""
    return columns.text(tx.vault, "orders", "text_sealed", order) or ""


def note(line: ShownLine, visible: Visibility) -> str:
    """The note of a line of history where it is meant for the resident and the reader has promised to come or decides."""
    return line.note if line.note and line.action in NOTE_SHOWN and visible > Visibility.NEED else ""


def thanks(line: ShownLine) -> str:
    """What the resident said of the help, without names and numbers, for who helped."""
    return line.note if line.note and line.action in THANKS else ""


def known_names(office: Office, tx: Tx, order: Order) -> frozenset[str]:
    """Names that are known from the order's own contact and words, so that they are masked also where nothing announces
    them."""
    contact = columns.text(tx.vault, "orders", "contact_sealed", order) or ""
    named = {part for part in contact.split() if not any(map(str.isdigit, part))}
    return frozenset(named | _masked(office, tx, order))


def _masked(office: Office, tx: Tx, order: Order) -> set[str]:
    """The names that were masked in the order's own words: there stars stand, character by character, unless words were
    added."""
    if "**" not in order.text:
        return set()
    unmasked = said(tx, order)
    if len(unmasked) != len(order.text):
        return set(office.reader.masks.names_in(unmasked))
    hidden = (unmasked[stars.start() : stars.end()] for stars in STARS.finditer(order.text))
    return {name for part in hidden for name in HAN.findall(part)}


def area(order: Order) -> str:
    """Community and estate."""
    return "".join(part for part in (order.community, order.estate) if part)


def spot(tx: Tx, order: Order, visible: Visibility) -> str:
    """The full place, for the resident and who helps."""
    return _for_helper(tx, order, "place_sealed", visible)


def contact(tx: Tx, order: Order, visible: Visibility) -> str:
    """The telephone number and, of orders from other systems, the name; for the resident and who helps."""
    return _for_helper(tx, order, "contact_sealed", visible)


def _for_helper(tx: Tx, order: Order, column: str, visible: Visibility) -> str:
    may_read = visible >= Visibility.HELPER and not is_restricted(order)
    return (columns.text(tx.vault, "orders", column, order) or "") if may_read else ""


def house(office: Office, order: Order) -> str | None:
    """Community, estate or road, and building; never the unit, the room or words of the resident's own. Without the community where the
    estate lies in another one than the order's."""
    said = given(office, order)
    place = office.readings.find_place(said) if said else Place()
    road = place.road if not order.estate else None
    community = order.community if place.community in (None, order.community) else None
    return f"{community or ''}{Place(estate=order.estate, road=road, building=place.building).describe()}" or None


def given(office: Office, order: Order) -> str:
    """The place as it was given, to compare with what is searched, never to be shown. A place that no key opens counts as
    unsaid: it must not take a whole list with it."""
    try:
        return columns.text(office.db.vault, "orders", "place_sealed", order) or ""
    except InvalidTag:
        log.error("the place of order %s cannot be opened", order.code)
        return ""


def outside(text: str | None) -> str | None:
    """Masked words or a note as another system may read them: without positions, too."""
    if not text:
        return text
    plain = simplify(text)
    return mask(plain, spans(plain.text, "positions"))
