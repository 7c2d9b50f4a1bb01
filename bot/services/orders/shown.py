"""What is shown of an order: the only place where its words, notes, place and contact are taken out to be read by people.

Every list, card, history, notice and answer of the API takes them from here, by the reader's `Visibility`.
"""

import re

from bot.orders.effects import NOTE_SHOWN
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.rows import ShownLine
from bot.store.sealed import columns
from bot.understanding import Place
from bot.understanding.extract import accounts
from bot.understanding.extract.masking import mask
from bot.understanding.normalize import simplify

STARS, HAN = re.compile(r"\*{2,}"), re.compile(r"[\u4e00-\u9fff]{2,}")


def words(office: Office, order: Order, visible: Visibility, tx: Tx | None = None) -> str:
    """The words of an order; empty where nothing may be read, and for every restricted matter. With `tx` a helper reads
    what was said; without it what staff read."""
    if is_restricted(order) or visible is Visibility.NOTHING:
        return ""
    if visible is Visibility.NEED:
        return office.reader.masks.before_accepting(order.text)
    if visible is Visibility.HELPER and tx is not None:
        return office.reader.masks.for_helper(said(tx, order), known_names(office, tx, order))
    return order.text


def said(tx: Tx, order: Order) -> str:
    """What was said, unmasked: only to find out who is named in it, never to be shown."""
    return columns.text(tx.vault, "orders", "text_sealed", order) or ""


def note(line: ShownLine, visible: Visibility) -> str:
    """The note of a line of history where it is meant for the resident and the reader has promised to come or decides."""
    return line.note if line.note and line.action in NOTE_SHOWN and visible > Visibility.NEED else ""


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
    """Community, estate and building; never the unit, the room or words of the resident's own."""
    said = columns.text(office.db.vault, "orders", "place_sealed", order)
    building = office.reader.gazetteer.find(simplify(said)).building if said else None
    return f"{order.community or ''}{Place(estate=order.estate, building=building).describe()}" or None


def outside(office: Office, text: str | None) -> str | None:
    """Masked words or a note as another system may read them: without positions, too."""
    if not text:
        return text
    plain = simplify(text)
    return mask(plain, accounts.positions(plain.text))
