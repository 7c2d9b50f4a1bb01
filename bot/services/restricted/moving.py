"""A matter comes into the sealed box, or leaves it."""

from datetime import timedelta

from bot.orders.order import Order
from bot.services.office import Office
from bot.services.restricted.box import emptied, excluded_within, note
from bot.services.restricted.knowing import keep_from
from bot.store import orders
from bot.store.database import Tx
from bot.store.sealed import box as store
from bot.store.sealed import columns, identity, reseal
from bot.store.sealed.box import Matter


def put_away(office: Office, tx: Tx, order: Order) -> Order:
    """An order that has become a restricted one: everything that was said in it leaves the common tables."""
    envelope, words = emptied(tx, order._asdict())
    before = store.matter(tx, order.id) if order.left_box else Matter()  # what stayed there counts
    words = {**words, **before.words}
    excluded = excluded_within(office, tx, order, words, words["text"] or "") | before.excluded
    store.put(tx, order.id, Matter(words, excluded))
    for line in orders.history_of(tx, order.id):
        said = columns.text(tx.vault, "history", "note_sealed", line) or line.note
        if said:
            note(office, tx, order, line.id, line.action, said)
    orders.change_notes(tx, order.id, {})
    orders.forget_who_spoke(tx, order)
    reseal.around(tx, order.id)
    since = order.created_at - timedelta(minutes=office.limits.belongs_minutes)
    reseal.messages_of(tx, order.person_id, since)
    return orders.change(tx, order.id, **envelope, left_box=None)


def release(office: Office, tx: Tx, order: Order) -> Order:
    """The discipline staff have decided that it is no restricted matter: it is dealt with like any other. Its words and
    notes stay in the box, and whom they may be about neither sees nor gets it. Whoever helps learns where and whom to call."""
    matter = store.matter(tx, order.id)
    words = matter.words
    text = office.say("order.left_box")

    def sealed(column: str, value: str | None) -> bytes | None:
        return tx.vault.seal(value, identity.of("orders", column, order.code))

    place = office.reader.find_place(words.get("place") or "").describe()
    values = {
        "text": text, "text_sealed": sealed("text_sealed", text), "place_sealed": sealed("place_sealed", place or None),
        "contact_sealed": sealed("contact_sealed", words.get("contact")), "community": words.get("community"),
        "grid": words.get("grid"), "estate": words.get("estate"), "left_box": True,
    }  # fmt: skip
    return keep_from(tx, orders.change(tx, order.id, **values), matter.excluded)
