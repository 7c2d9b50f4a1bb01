"""The sealed box in use: what goes into it, and what is changed in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.messages import LONGEST
from bot.orders import restricted as policy
from bot.orders.effects import SAID_BY_RESIDENT
from bot.orders.order import Order
from bot.services.office import Office
from bot.services.restricted import accused
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import box as store
from bot.store.sealed import identity
from bot.store.sealed.box import Matter, Words
from bot.store.sending import withdrawals

PIECE = 12
"""Characters of a note that may be a piece of a name."""


def place(office: Office, tx: Tx, values: Mapping[str, Any]) -> Order | None:
    """A new restricted order: its envelope in the common table, its words in the box. None where its code is taken."""
    envelope, words = emptied(tx, values)
    order = orders.add(tx, **{**values, **envelope})
    if order is None:
        return None
    found = excluded_within(office, tx, order, words, words["text"] or "")
    store.put(tx, order.id, Matter(words, found))
    return order


def emptied(tx: Tx, values: Mapping[str, Any]) -> tuple[dict[str, Any], Words]:
    """The columns of an order that make it a bare envelope, and the words they held. Whom to alert in danger depends
    on the community, so that an emergency keeps it."""
    words: Words = {
        "text": _opened(tx, values, "text_sealed"), "category": values["category"], "when": values["wanted_when"],
        "place": _opened(tx, values, "place_sealed"), "contact": _opened(tx, values, "contact_sealed"),
        "community": values["community"], "grid": values["grid"], "estate": values["estate"],
    }  # fmt: skip
    envelope = {
        "text": "", "text_sealed": tx.vault.seal("", identity.of("orders", "text_sealed", values["code"])), "category": policy.NEUTRAL, "wanted_when": None, "place_sealed": None,
        "contact_sealed": None, "grid": None, "estate": None,
        "community": values["community"] if values["urgency"] == "U0" else None,
    }  # fmt: skip
    return envelope, words


def _opened(tx: Tx, values: Mapping[str, Any], column: str) -> str | None:
    """A column of a stored order, or of a new one, whose values are not sealed yet."""
    value = values[column]
    return tx.vault.open(value, identity.of("orders", column, values["code"])) if isinstance(value, bytes) else value


def note(office: Office, tx: Tx, order: Order, line: int, action: str, words: str) -> None:
    """The words of one line of history. Whom the resident names in them hears no more of it from now on."""
    store.add_note(tx, order.id, line, words)
    if action not in SAID_BY_RESIDENT:
        return
    matter = store.matter(tx, order.id)
    for text in dict.fromkeys((words, *_together(tx, order, matter))):
        _exclude(tx, order, excluded_within(office, tx, order, matter.words, text))


def exclude(tx: Tx, order: Order, persons: frozenset[int]) -> None:
    """These persons hear no more of the matter and do not see it, but for its own resident."""
    _exclude(tx, order, store.Excluded(persons - {order.person_id}))


def _exclude(tx: Tx, order: Order, found: store.Excluded) -> None:
    matter = store.matter(tx, order.id)
    exclude = matter.excluded | found
    if exclude != matter.excluded:
        store.put(tx, order.id, replace(matter, excluded=exclude))
        told = withdrawals.on_their_way(tx, order.id)
        withdrawals.withhold(tx, order.id, [one for one in told if accused.is_excluded(tx, one, exclude)])


def _together(tx: Tx, order: Order, matter: Matter) -> Iterator[str]:
    """What the resident has said of it last in one, and the short parts of that: a name may come in pieces, with other words
    between. What was said before it has been looked at."""
    notes = [text for line, text in store.notes_of(tx, order.id) if line.action in SAID_BY_RESIDENT]
    yield "\n".join((matter.words.get("text") or "", *notes))[-LONGEST:]
    yield "\n".join(text for text in notes if len(text) <= PIECE)[-LONGEST:]


def excluded_within(office: Office, tx: Tx, order: Order, words: Words, text: str) -> store.Excluded:
    own = words.get("community") or people.by_id(tx, order.person_id).community
    found = accused.find(office, tx, text, words.get("category") or "", own)
    return replace(found, persons=found.persons - {order.person_id})


def category(tx: Tx, order_id: int) -> str:
    """The real category; the envelope's where the matter was forgotten."""
    return store.matter(tx, order_id).words.get("category") or policy.NEUTRAL


def change_words(tx: Tx, order_id: int, **words: str | None) -> None:
    matter = store.matter(tx, order_id)
    store.put(tx, order_id, replace(matter, words={**matter.words, **words}))


def forget_contact(tx: Tx, person_id: int) -> None:
    """As `orders.forget_contact`, in the box."""
    for order_id in store.closed_of(tx, person_id):
        if store.matter(tx, order_id).words:
            change_words(tx, order_id, place=None, contact=None)
