"""What a correction puts right, and nothing besides: the place that it names in part, and the words that it takes back."""

import re
from dataclasses import replace

from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.orders.told.addition import UNTOUCHED, Addition
from bot.store.database import Tx
from bot.understanding import Place

SHORTEST = 2  # characters of words that are put right
ROOM = re.compile(r"[A-Za-z]?\d{3,4}[A-Za-z]?")  # a bare number in the place of a room that is known


def place(office: Office, known: Place, words: str, added: Addition) -> Place:
    """The place as it is by now; what the correction does not name stays as it is known. `words`: those of the known place."""
    said = added.meant.place
    if said.said:
        return known.joined(said, corrects=True)
    instead = _instead(words, added.wrong or "", added.meant.text)
    if instead is not None:
        return replace(office.readings.find_place(instead), raw=None)
    right = added.meant.text.strip()
    return replace(known, room=right) if known.room and ROOM.fullmatch(right) else known


def reworded(office: Office, tx: Tx, row: Order, added: Addition, place: str | None) -> str | None:
    """The order's words with what is right in the place of what was wrong, so that nobody reads both; the correction itself stands in
    the history. `place`: the place that the correction brought about. None where nothing in them was wrong, and once somebody works
    on the matter."""
    if added.wrong is None or row.state not in UNTOUCHED:
        return None
    told = shown.said(tx, row)
    instead = _instead(told, added.wrong, added.meant.text)
    if instead is not None or place is None:
        return instead
    return _instead(told, office.readings.find_place(told).raw or "", place)


def _instead(text: str, wrong: str, right: str) -> str | None:
    """The text with the right words for the wrong ones; None where those do not stand in it. A number is no part of a longer one, and one
    character (我, 他) may stand for anything."""
    if len(wrong) < SHORTEST and not wrong.isdecimal():
        return None
    found = re.search(rf"(?<!\d){re.escape(wrong)}(?!\d)" if wrong.isdecimal() else re.escape(wrong), text)
    return f"{text[: found.start()]}{right}{text[found.end() :]}" if found is not None else None
